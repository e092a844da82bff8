import { ONE, type Rational, rational, ZERO } from './rational.js';

/**
 * The solution x of A x = b over the rationals, by fraction-free elimination (Bareiss 1968, Math. Comp. 22): rows are
 * scaled to integers and stay integers, every division is exact. O(n³) operations on integers that grow to the size of
 * n×n minors; zeros are skipped.
 *
 * @param augmented (A | b): n rows of n+1 entries
 * @throws {RangeError} A is singular
 */
export function solveRationalSystem(augmented: readonly (readonly Rational[])[]): Rational[] {
  const size = augmented.length;
  const rows = augmented.map(integerRow);
  let previous = 1n;
  for (let k = 0; k < size; k++) {
    const pivotRow = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow < 0) throw new RangeError('the system has no unique solution');
    [rows[k], rows[pivotRow]] = [rows[pivotRow]!, rows[k]!];
    const top = rows[k]!;
    const pivot = top[k]!;
    for (let i = k + 1; i < size; i++) {
      const row = rows[i]!;
      const factor = row[k]!;
      for (let j = k + 1; j <= size; j++) {
        const product = factor === 0n ? 0n : factor * top[j]!;
        row[j] = (pivot * row[j]! - product) / previous;
      }
      row[k] = 0n;
    }
    previous = pivot;
  }
  const solution = new Array<Rational>(size).fill(ZERO);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i]!;
    let right = rational(row[size]!);
    for (let j = i + 1; j < size; j++) {
      if (row[j] !== 0n) right = right.sub(solution[j]!.mul(rational(row[j]!)));
    }
    solution[i] = right.div(rational(row[i]!));
  }
  return solution;
}

/** The least positive integer that makes all of them integers when multiplied. */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let common = ONE.d;
  for (const { d } of values) {
    let [a, b] = [common, d];
    while (b !== 0n) [a, b] = [b, a % b];
    common = (common / a) * d;
  }
  return common;
}

/** The integer value·factor; factor is a multiple of the denominator. */
export function scaledInteger(value: Rational, factor: bigint): bigint {
  return value.s * value.n * (factor / value.d);
}

function integerRow(row: readonly Rational[]): bigint[] {
  const factor = commonDenominator(row);
  return row.map((value) => scaledInteger(value, factor));
}
