import type { CrossingPair, CrossingReport, CrossingRow } from '../../power/crossing-row.js';
import { formatCount, formatPercent, formatQuantity } from '../format.js';
import type { Cell, Table } from '../table.js';

/** Where two states or actions change order, a line for each change. */
export function crossingTable({ rows, pairs, confidence, comparisons }: CrossingReport): Table {
  const ofActions = pairs.some(({ action }) => action !== null);
  const polynomials = rows.some(isShort);
  return {
    title: ofActions ? 'Where optimality probabilities change order' : 'Where POWER changes order',
    columns: [
      ...(ofActions
        ? [
            { header: 'state', align: 'left' } as const,
            { header: 'action', align: 'left' } as const,
            { header: 'other', align: 'left' } as const,
          ]
        : [{ header: 'state', align: 'left' } as const, { header: 'other', align: 'left' } as const]),
      { header: 'γ', align: 'left' },
      { header: 'order', align: 'left' },
      ...(polynomials ? [{ header: 'γ is a root of', align: 'left' } as const] : []),
    ],
    rows: rows.map((row): Cell[] => [
      row.state,
      ...(ofActions ? [row.action] : []),
      row.other,
      placeOf(row),
      `${row.before} then ${row.after}`,
      ...(polynomials ? [isShort(row) ? row.polynomial : ''] : []),
    ]),
    notes: [
      `${formatQuantity(pairs.length, 'pair')}: ${summaryOf(pairs)}.`,
      ...(rows.some(({ method }) => method === 'exact')
        ? [
            'Exact orders come from functions of γ that were found from exact values at rational γ and met every further one tried.',
          ]
        : []),
      ...(confidence === null ? [] : [sampledNote(confidence, comparisons)]),
    ],
  };
}

/** True if there is a polynomial that fits into a table; the others are in the JSON form. */
function isShort({ polynomial }: CrossingRow): boolean {
  return polynomial !== null && polynomial.length <= 24;
}

/** A fraction, 12 digits of an algebraic number, or the ends of a bracket. */
function placeOf({ exact, method, low, high, gamma }: CrossingRow): string {
  if (exact !== null) return exact;
  return method === 'exact' ? `≈ ${gamma.toFixed(12)}` : `${low} to ${high}`;
}

function summaryOf(pairs: readonly CrossingPair[]): string {
  const count = (test: (pair: CrossingPair) => boolean): number => pairs.filter(test).length;
  const parts: [number, string][] = [
    [count(({ orders }) => orders.length > 1), 'order changes in'],
    [
      count(({ orders, method }) => orders.length === 1 && orders[0] !== '=' && method === 'exact'),
      'never in',
    ],
    [
      count(({ orders, method }) => orders.length === 1 && method === 'sampled'),
      'one order wherever it was shown in',
    ],
    [count(({ orders }) => orders.length === 1 && orders[0] === '='), 'equal at every γ in'],
    [count(({ orders }) => orders.length === 0), 'undecided in'],
  ];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, text]) => `${text} ${n}`)
    .join(', ');
}

function sampledNote(confidence: number, comparisons: number): string {
  return (
    `Sampled orders are shown at both ends of a bracket by paired samples, all at once with ${formatPercent(confidence)} confidence ` +
    `(Bonferroni over ${formatCount(comparisons)} comparisons: every pair at every multiple of 1/4096). A bracket holds at least one ` +
    'change; between γ that were looked at, two more changes could hide.'
  );
}
