import { nearestQuotient } from '../number/nearest-double.js';
import { type Rational, rational } from '../number/rational.js';

/** A probability as it was written: num/den, which may have common factors. */
export interface WrittenProbability {
  readonly num: bigint;
  readonly den: bigint;
  /** of its value in the table; -1 until a row needs it */
  index: number;
}

/** The distinct exact probabilities of a model with their nearest doubles, found by what is written and by value. */
export interface ProbabilityTable {
  readonly values: Rational[];
  readonly doubles: number[];
  readonly byText: Map<string, WrittenProbability>;
  /** double -> indices of the values that are nearest to it */
  readonly byDouble: Map<number, number[]>;
}

/** Index of 0 and of 1 in every table. */
export const ZERO_INDEX = 0;
export const ONE_INDEX = 1;

export function probabilityTable(): ProbabilityTable {
  const table: ProbabilityTable = { values: [], doubles: [], byText: new Map(), byDouble: new Map() };
  table.byText.set('0', { num: 0n, den: 1n, index: valueIndex(table, 0n, 1n) });
  table.byText.set('1', { num: 1n, den: 1n, index: valueIndex(table, 1n, 1n) });
  return table;
}

/** The index of the exact value num/den, which is added if it is new. */
export function valueIndex(table: ProbabilityTable, num: bigint, den: bigint): number {
  const { values, doubles, byDouble } = table;
  const double = nearestQuotient(num, den);
  const candidates = byDouble.get(double);
  for (const index of candidates ?? []) {
    const { n, d } = values[index]!;
    if (num * d === n * den) return index;
  }
  if (candidates === undefined) byDouble.set(double, [values.length]);
  else candidates.push(values.length);
  values.push(rational(num, den));
  doubles.push(double);
  return values.length - 1;
}

/** The index of a written probability. */
export function writtenIndex(table: ProbabilityTable, written: WrittenProbability): number {
  if (written.index < 0) written.index = valueIndex(table, written.num, written.den);
  return written.index;
}
