import { harmless } from '../../errors.js';
import { orbitAnswers } from '../blocks/orbit.js';
import type { ResultDocument } from '../document.js';
import { largest } from '../largest.js';
import { displayWidth, pad, shorten, wrap } from '../layout.js';
import { choiceSeries } from './optimality-series.js';
import { subtitle } from './subtitle.js';

const WIDEST_BAR = 50;
/** A bar of eighths of a column. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

interface Group {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly share: number }[];
}

/** Shares as bars, a group for each discount: of the actions of a state, or of the sides of an orbit. */
export function terminalBars(
  kind: 'optimality' | 'orbit',
  document: ResultDocument,
  state: string,
  width: number,
): string {
  const groups = kind === 'orbit' ? orbitGroups(document) : optimalityGroups(document, state);
  const title =
    kind === 'orbit'
      ? `Permutations of a reward on ${document.model.name}`
      : `Optimal actions in ${state}, shares of reward functions (ties are shared)`;
  const labels = groups.flatMap(({ bars }) => bars.map(({ label }) => displayWidth(harmless(label))));
  const labelWidth = Math.min(largest(labels), Math.floor(width / 2), Math.max(6, width - 22));
  const columns = Math.max(10, Math.min(WIDEST_BAR, width - labelWidth - 12));
  return [
    ...wrap(harmless(title), width),
    ...subtitle(document).flatMap((line) => wrap(harmless(line), width)),
    ...groups.flatMap((group) => [
      '',
      harmless(group.title),
      ...group.bars.map(({ label, share }) => {
        const name = pad(shorten(harmless(label), labelWidth), labelWidth, 'left');
        return `  ${name} │${pad(barOf(share * columns), columns, 'left')} ${(100 * share).toFixed(1).padStart(5)}%`;
      }),
    ]),
    '',
  ].join('\n');
}

function barOf(columns: number): string {
  const eighths = Math.round(columns * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + PARTS[eighths % 8]!;
}

function optimalityGroups(document: ResultDocument, state: string): Group[] {
  const series = choiceSeries(document.optimality ?? [], state);
  return (series[0]?.rows ?? []).map(({ gamma }, index) => ({
    title: `γ = ${gamma}`,
    bars: series.map(({ label, rows }) => ({ label, share: rows[index]!.fractional })),
  }));
}

function orbitGroups(document: ResultDocument): Group[] {
  return (document.orbit ?? []).map((row) => {
    const { greater, equal, less } = orbitAnswers(row);
    const bars = [
      { label: greater, share: row.greater / row.elements },
      { label: equal, share: row.equal / row.elements },
      { label: less, share: row.less / row.elements },
    ];
    const undecided = { label: 'undecided', share: row.undecided / row.elements };
    return {
      title: row.gamma === 'average' ? 'average reward' : `γ = ${row.gamma}`,
      bars: row.undecided > 0 ? [...bars, undecided] : bars,
    };
  });
}
