import { type Rational, rational } from './rational.js';

/**
 * The solution X of A X = B over the rationals, by fraction-free elimination (Bareiss 1968, Math. Comp. 22): rows are
 * scaled to integers and stay integers, every division is exact. O(n²·(n+m)) operations on integers that grow to the size
 * of n×n minors; zeros are skipped.
 *
 * @param augmented (A | B): n rows of n + m entries
 * @returns X: n rows of m entries
 * @throws {RangeError} A is singular
 */
export function solveRationalSystem(augmented: readonly (readonly Rational[])[]): Rational[][] {
  const size = augmented.length;
  const rows = augmented.map(integerRow);
  let previous = 1n;
  for (let k = 0; k < size; k++) {
    const pivotRow = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow < 0) throw new RangeError('the system has no unique solution');
    [rows[k], rows[pivotRow]] = [rows[pivotRow]!, rows[k]!];
    const top = rows[k]!;
    const pivot = top[k]!;
    rows.forEach((row, i) => {
      if (i !== k) eliminate(row, top, k, previous);
    });
    previous = pivot;
  }
  return rows.map((row, i) => row.slice(size).map((entry) => rational(entry, row[i]!)));
}

/**
 * Some solution x of A x = b over the rationals, for a square or wide or tall A: unknowns that are left free are 0.
 *
 * @param augmented (A | b): n rows of m + 1 entries
 * @returns x: m entries
 * @throws {RangeError} there is none
 */
export function someRationalSolution(augmented: readonly (readonly Rational[])[]): Rational[] {
  const rows = augmented.map(integerRow);
  const width = rows[0]!.length - 1;
  const pivots: number[] = [];
  let previous = 1n;
  for (let k = 0; k < width; k++) {
    const rank = pivots.length;
    const pivotRow = rows.findIndex((row, i) => i >= rank && row[k] !== 0n);
    if (pivotRow < 0) continue;
    [rows[rank], rows[pivotRow]] = [rows[pivotRow]!, rows[rank]!];
    const top = rows[rank]!;
    const pivot = top[k]!;
    rows.forEach((row, i) => {
      if (i !== rank) eliminate(row, top, k, previous);
    });
    previous = pivot;
    pivots.push(k);
  }
  if (rows.some((row, i) => i >= pivots.length && row[width] !== 0n))
    throw new RangeError('the system has no solution');
  const solution = Array.from({ length: width }, () => rational(0n));
  pivots.forEach((k, i) => {
    solution[k] = rational(rows[i]![width]!, rows[i]![k]!);
  });
  return solution;
}

/** row ← (pivot·row − row[k]·top) / previous, which clears row[k]. */
function eliminate(row: bigint[], top: readonly bigint[], k: number, previous: bigint): void {
  const pivot = top[k]!;
  const factor = row[k]!;
  for (let j = 0; j < row.length; j++) {
    const [own, above] = [row[j]!, top[j]!];
    if (own === 0n && (factor === 0n || above === 0n)) continue;
    const reduced = factor === 0n || above === 0n ? pivot * own : pivot * own - factor * above;
    row[j] = previous === 1n ? reduced : reduced / previous;
  }
}

/** The least positive integer that makes all of them integers when multiplied. */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let common = 1n;
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
