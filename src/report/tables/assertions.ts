import type { AssertionRow } from '../../power/result.js';
import type { Parameters } from '../document.js';
import { formatNumber, formatPercent } from '../format.js';
import type { Cell, Table } from '../table.js';

/** What was asserted, and whether it is so. */
export function assertionTable(rows: readonly AssertionRow[], { confidence }: Parameters): Table {
  const sampled = rows.some(({ basis }) => basis === 'sampled');
  const proved = rows.some(({ basis }) => basis === 'proved');
  const exact = rows.some((row) => row.basis === 'exact');
  const theorems = rows.filter(({ basis }) => basis === 'theorem');
  return {
    title: 'Assertions',
    columns: [
      { header: 'claim', align: 'left' },
      { header: 'γ', align: 'left' },
      { header: 'outcome', align: 'left' },
      { header: 'by', align: 'left' },
      { header: 'left − right', align: 'right' },
    ],
    rows: rows.map((row): Cell[] => [
      row.claim,
      row.gamma ?? '',
      row.outcome,
      row.basis === 'theorem' ? 'certificate' : row.basis,
      differenceOf(row),
    ]),
    notes: [
      ...(sampled
        ? [
            `± or [low, high] is a ${formatPercent(confidence ?? 0.95)} interval for all assertions at once (Bonferroni), from ` +
              'paired samples: both sides saw the same reward functions. A claim is undecided if its interval allows both answers.',
          ]
        : []),
      ...(proved
        ? ['Proved: the difference follows from equal rows or symmetry, whatever the numbers are.']
        : []),
      ...(exact ? ['Exact: compared without sampling.'] : []),
      ...theorems.map(({ claim, evidence }) => `${claim}: ${evidence}.`),
    ],
  };
}

function differenceOf({ basis, difference, low, high, exact }: AssertionRow): Cell {
  if (difference === null) return '';
  return basis === 'proved' ? formatNumber(difference) : { value: difference, low, high, exact };
}
