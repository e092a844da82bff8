import { type Rational, rationalOfDouble } from '../../src/number/rational.js';
import type { RewardBlock } from '../../src/solve/solution.js';

/** A block whose rewards are the doubles given: columns[b][s]. */
export function blockOfDoubles(columns: readonly (readonly number[])[]): RewardBlock {
  const values = stateMajor(columns);
  return {
    columns: columns.length,
    values,
    exactColumn: (b) => columns[b]!.map(rationalOfDouble),
    rounded: false,
  };
}

/** A block of exact rewards, columns[b][s], with the nearest doubles beside them. */
export function blockOfRationals(columns: readonly (readonly Rational[])[]): RewardBlock {
  return {
    columns: columns.length,
    values: stateMajor(
      columns.map((column) => column.map(({ s, n, d }) => (Number(s) * Number(n)) / Number(d))),
    ),
    exactColumn: (b) => columns[b]!,
    rounded: true,
  };
}

function stateMajor(columns: readonly (readonly number[])[]): Float64Array {
  const stateCount = columns[0]?.length ?? 0;
  const values = new Float64Array(stateCount * columns.length);
  columns.forEach((column, b) => {
    column.forEach((reward, s) => {
      values[s * columns.length + b] = reward;
    });
  });
  return values;
}
