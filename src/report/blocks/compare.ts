import type { DifferenceRow } from '../../power/compare.js';
import type { Block, Fact } from '../block.js';
import { facts, heading } from '../block.js';
import type { ComparedSource, ComparisonSummary, Parameters } from '../document.js';
import { formatPercent, formatQuantity, formatValue } from '../format.js';
import type { Cell, Table } from '../table.js';

/** What the limits of a difference rest on, for people. */
const METHODS: Readonly<Record<DifferenceRow['method'], string>> = {
  'same samples':
    'Both results solved the same reward functions of the same model, so that only the proved solver errors can differ; ± is their sum.',
  paired:
    'Both results used the same random numbers, batch by batch, so that their errors largely cancel: the limits are those of the paired differences of 32 or more batches (Student), or, where no batch differs, of the chance of a sample that does (Clopper-Pearson).',
  independent:
    'The seeds differ, so the two samples are independent: variances of POWER add up (Welch), probabilities have both Clopper-Pearson limits.',
  'any dependence':
    'Both results used the same seed, but have no common batches (other samplers or numbers of samples, or too many rows), or the batches hardly differ. How far their errors cancel is not known, so the standard errors are added: limits that hold for any dependence.',
  exact: 'A difference of two exact numbers has no ±.',
  none: 'A row without limits has no standard error in one of the files.',
};

/** Two results side by side: what was compared, the differences, the verdict. */
export function compareBlocks(comparison: ComparisonSummary, parameters: Parameters): Block[] {
  const { a, b, onlyA, onlyB, failOn } = comparison;
  const entries: (Fact | false)[] = [
    ['A', sourceText(a)],
    ['B', sourceText(b)],
    onlyA + onlyB > 0 && [
      'unmatched',
      `${formatQuantity(onlyA, 'row')} of A and ${formatQuantity(onlyB, 'row')} of B have no partner`,
    ],
    failOn !== null && [
      'fail on',
      `${failOn.condition}: ${formatQuantity(failOn.failing, 'row')} so, ${failOn.undecided} undecided`,
    ],
  ];
  return [
    heading(`${a.model.name} and ${b.model.name}`),
    facts(entries),
    { kind: 'table', table: differenceTable(comparison.rows, parameters) },
  ];
}

function sourceText({ source, model, reward, samples, seed }: ComparedSource): string {
  const how = samples === 0 ? 'exact' : `${formatQuantity(samples, 'sample')}, seed ${seed}`;
  return `${source}: ${model.name}, ${reward}, ${how}`;
}

function differenceTable(rows: readonly DifferenceRow[], { confidence }: Parameters): Table {
  const methods = [...new Set(rows.map(({ method }) => method))];
  const sampled = methods.some(
    (method) => method === 'paired' || method === 'independent' || method === 'any dependence',
  );
  return {
    title: 'Differences',
    columns: [
      { header: 'number', align: 'left' },
      { header: 'γ', align: 'left' },
      { header: 'A', align: 'right' },
      { header: 'B', align: 'right' },
      { header: 'B − A', align: 'right' },
    ],
    rows: rows.map((row): Cell[] => [
      `${row.quantity}(${row.action === null ? row.state : `${row.state}, ${row.action}`})`,
      row.gamma,
      formatValue({ value: row.a, low: row.aLow, high: row.aHigh }),
      formatValue({ value: row.b, low: row.bLow, high: row.bHigh }),
      { value: row.difference, low: row.low, high: row.high, exact: row.exact },
    ]),
    notes: [
      ...(sampled
        ? [
            `± or [low, high] is a ${formatPercent(confidence ?? 0.95)} interval for all rows at once (Bonferroni).`,
          ]
        : []),
      ...methods.map((method) => METHODS[method]),
    ],
  };
}
