import type { AssertionRow } from '../../power/result.js';
import type { Parameters } from '../document.js';
import { formatNumber, formatPercent } from '../format.js';
import type { Cell, Table } from '../table.js';

/** What was asserted, and whether it is so. */
export function assertionTable(rows: readonly AssertionRow[], { confidence }: Parameters): Table {
  const sampled = rows.some(({ basis }) => basis === 'sampled');
  const proved = rows.some(({ basis }) => basis === 'proved');
  return {
    title: 'Assertions',
    columns: [
      { header: 'claim', align: 'left' },
      { header: 'γ', align: 'left' },
      { header: 'outcome', align: 'left' },
      { header: 'left − right', align: 'right' },
    ],
    rows: rows.map((row): Cell[] => [row.claim, row.gamma ?? '', row.outcome, differenceOf(row)]),
    notes: [
      ...(sampled
        ? [
            `± or [low, high] is a ${formatPercent(confidence ?? 0.95)} interval for all assertions at once (Bonferroni), from ` +
              'paired samples: both sides saw the same reward functions. A claim is undecided if its interval allows both answers.',
          ]
        : []),
      ...(proved ? ['A difference without interval is exact: proved by equal rows or symmetry.'] : []),
    ],
  };
}

function differenceOf({ basis, difference, low, high }: AssertionRow): Cell {
  return basis === 'proved' ? formatNumber(difference) : { value: difference, low, high };
}
