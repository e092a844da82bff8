import { harmless } from '../../errors.js';
import type { ResultDocument } from '../document.js';
import { formatEstimate } from '../format.js';
import { largest } from '../largest.js';
import { displayWidth, pad, shorten, wrap } from '../layout.js';
import { POWER_TITLE } from './chart.js';
import { subtitle } from './subtitle.js';

/** The bar is not wider, however wide the terminal. */
const WIDEST_BAR = 50;
const WIDEST_LABEL = 30;

/** The states under each other: POWER as a point on a line between its limits, and as a number. */
export function terminalForest(document: ResultDocument, width: number): string {
  const rows = document.power ?? [];
  const several = new Set(rows.map(({ gamma }) => gamma)).size > 1;
  const labels = rows.map(({ state, gamma }) => harmless(several ? `${state}, γ = ${gamma}` : state));
  const texts = rows.map(({ power, low, high, exact }) => formatEstimate({ value: power, low, high, exact }));
  const labelWidth = Math.min(largest(labels.map(displayWidth)), WIDEST_LABEL);
  const room = width - labelWidth - largest(texts.map(displayWidth)) - 6;
  const columns = Math.max(10, Math.min(WIDEST_BAR, room));
  const low = rows.reduce((least, row) => Math.min(least, row.low ?? row.power), Number.POSITIVE_INFINITY);
  const high = largest(rows.map((row) => row.high ?? row.power));
  const columnOf = (power: number): number =>
    high > low ? Math.round(((power - low) / (high - low)) * (columns - 1)) : 0;
  const bar = (index: number): string => {
    const row = rows[index]!;
    const line = new Array<string>(columns).fill(' ');
    line.fill('─', columnOf(row.low ?? row.power), columnOf(row.high ?? row.power) + 1);
    line[columnOf(row.power)] = '●';
    return line.join('');
  };
  const axis = `${low.toFixed(3)}${high.toFixed(3).padStart(columns - 5)}`;
  const indent = ' '.repeat(labelWidth + 2);
  const title = `POWER of ${document.model.name}${several || rows.length === 0 ? '' : ` at γ = ${rows[0]!.gamma}`}`;
  return [
    ...wrap(harmless(title), width),
    ...subtitle(document).flatMap((line) => wrap(harmless(line), width)),
    '',
    `${indent}${POWER_TITLE}`.slice(0, width),
    ...labels.map(
      (label, index) =>
        `${pad(shorten(label, labelWidth), labelWidth, 'left')} │${bar(index)}│ ${texts[index]}`,
    ),
    `${' '.repeat(labelWidth)} └${'─'.repeat(columns)}┘`,
    `${indent}${axis}`,
    '',
  ].join('\n');
}
