import { nearestQuotient } from '../number/nearest-double.js';
import { pushQuotient, type Quotients, quotientAt, quotientList } from './quotients.js';

/** A probability as it was written: num/den, which may have common factors. */
export interface WrittenProbability {
  readonly num: bigint;
  readonly den: bigint;
  /** the nearest double, where reading the text gave it at once */
  readonly double?: number;
  /** of its value in the table; -1 until a row needs it */
  index: number;
}

/** The distinct exact probabilities of a model with their nearest doubles, found by what is written and by value. */
export interface ProbabilityTable {
  readonly values: Quotients;
  readonly doubles: number[];
  readonly byText: Map<string, WrittenProbability>;
  /** double -> index of the value that is nearest to it, or indices, where there are several */
  readonly byDouble: Map<number, number | number[]>;
}

/** Index of 0 and of 1 in every table. */
export const ZERO_INDEX = 0;
export const ONE_INDEX = 1;

export function probabilityTable(): ProbabilityTable {
  const table: ProbabilityTable = {
    values: quotientList(),
    doubles: [],
    byText: new Map(),
    byDouble: new Map(),
  };
  table.byText.set('0', { num: 0n, den: 1n, index: valueIndex(table, 0n, 1n) });
  table.byText.set('1', { num: 1n, den: 1n, index: valueIndex(table, 1n, 1n) });
  return table;
}

/** The index of the exact value num/den, which is added if it is new. */
export function valueIndex(
  table: ProbabilityTable,
  num: bigint,
  den: bigint,
  double: number = nearestQuotient(num, den),
): number {
  const { values, doubles, byDouble } = table;
  const next = values.length;
  const candidates = byDouble.get(double);
  if (candidates === undefined) {
    byDouble.set(double, next);
  } else {
    const list = typeof candidates === 'number' ? [candidates] : candidates;
    for (const index of list) {
      const known = quotientAt(values, index);
      if (num * known.den === known.num * den) return index;
    }
    list.push(next);
    byDouble.set(double, list);
  }
  pushQuotient(values, num, den);
  doubles.push(double);
  return next;
}

/** The index of a written probability. */
export function writtenIndex(table: ProbabilityTable, written: WrittenProbability): number {
  if (written.index < 0) written.index = valueIndex(table, written.num, written.den, written.double);
  return written.index;
}
