import type { OptimalityRow } from '../../power/result.js';
import type { Parameters } from '../document.js';
import { formatCount } from '../format.js';
import { exceptionTexts, intervalText, mostSamples } from '../interval-text.js';
import { nameList } from '../name-list.js';
import type { Table } from '../table.js';
import { gammaTable } from './gamma-table.js';
import { confidenceText, exactNote } from './power.js';

/** Probability that an action is optimal, state and action by discounts, where there is something to choose. */
export function optimalityTable(rows: readonly OptimalityRow[], parameters: Parameters): Table {
  const { open, forced } = byChoice(rows);
  return {
    title: 'Optimality probability',
    ...gammaTable(
      open,
      [
        ['state', (row) => row.state],
        ['action', (row) => row.action],
      ],
      ({ probability, low, high, exact }) => ({ value: probability, low, high, exact }),
    ),
    notes: [...openNotes(open, parameters), ...forcedNotes(forced)],
  };
}

/** Average-optimal actions at gamma 1 beside Blackwell-optimal ones, where there is something to choose; else null. */
export function averageTable(rows: readonly OptimalityRow[]): Table | null {
  const { open } = byChoice(rows);
  const atOne = open.filter((row) => row.averageProbability !== undefined);
  if (atOne.length === 0) return null;
  return {
    title: 'Optimality probability at γ = 1, in both senses',
    columns: [
      { header: 'state', align: 'left' },
      { header: 'action', align: 'left' },
      { header: 'Blackwell', align: 'right' },
      { header: 'average', align: 'right' },
    ],
    rows: atOne.map((row) => [
      row.state,
      row.action,
      { value: row.probability, low: row.low, high: row.high, exact: row.exact },
      {
        value: row.averageProbability!,
        low: row.averageLow!,
        high: row.averageHigh!,
        exact: row.averageExact ?? null,
      },
    ]),
    notes: [
      'Blackwell: some policy that stays optimal for all γ near 1 takes the action; average: some policy of greatest ' +
        'long-run average reward takes it, whatever it costs on the way.',
    ],
  };
}

/** Where ties or open decisions make a difference: weak, strict and fractional shares side by side; else null. */
export function tiesTable(rows: readonly OptimalityRow[]): Table | null {
  const { open } = byChoice(rows);
  if (open.every((row) => row.undecided === 0 && row.strict === row.probability)) return null;
  return {
    title: 'Ties',
    columns: [
      { header: 'state', align: 'left' },
      { header: 'action', align: 'left' },
      { header: 'γ', align: 'left' },
      { header: 'weak', align: 'right' },
      { header: 'strict', align: 'right' },
      { header: 'fractional', align: 'right' },
      { header: 'undecided', align: 'right' },
    ],
    rows: open.map((row) => [
      row.state,
      row.action,
      row.gamma,
      ...[row.probability, row.strict, row.fractional, row.undecided].map(share),
    ]),
    notes: [
      'weak: some optimal policy takes the action (ties count for each); strict: it alone is optimal; fractional: ' +
        'each reward function is shared among the tied actions.',
    ],
  };
}

function openNotes(open: readonly OptimalityRow[], parameters: Parameters): string[] {
  if (open.length === 0) return [];
  const sampled = open.filter((row) => row.method === 'sampled');
  if (sampled.length === 0) return [exactNote(open.map(({ exact }) => exact))];
  const interval = confidenceText(parameters.confidence, parameters.simultaneous);
  return [
    `Share of ${formatCount(mostSamples(sampled))} reward functions for which some optimal policy takes the action; ± or ` +
      `[low, high] is ${interval} (${intervalText(sampled, parameters)}).`,
    ...exceptionTexts(sampled),
  ];
}

function forcedNotes(forced: readonly string[]): string[] {
  if (forced.length === 0) return [];
  return [`Only one distinct choice, which is always optimal: ${nameList(forced)}.`];
}

/**
 * Rows of states with something to choose, and the states without. A state has one distinct choice exactly if every one of
 * its actions is the only optimal class in every sample.
 */
function byChoice(rows: readonly OptimalityRow[]): { open: OptimalityRow[]; forced: string[] } {
  const choosing = new Set(rows.filter((row) => row.strict < 1).map((row) => row.state));
  return {
    open: rows.filter((row) => choosing.has(row.state)),
    forced: [...new Set(rows.map((row) => row.state))].filter((state) => !choosing.has(state)),
  };
}

function share(value: number): string {
  return String(Number(value.toFixed(4)));
}
