import { lcm } from '../../number/integer.js';
import { type Ratio, ratio } from '../../number/ratio.js';

/**
 * The solution of a square system with a right-hand side, each row given as [a_1, …, a_n, b]: fraction-free elimination
 * over the integers (Bareiss 1968), so that numbers stay as small as the minors of the matrix.
 *
 * @throws {RangeError} the matrix is singular
 */
export function solveLinear(system: readonly (readonly Ratio[])[]): Ratio[] {
  const n = system.length;
  const rows = system.map((row) => {
    const denominator = lcm(row.map((value) => value.d));
    return row.map((value) => value.n * (denominator / value.d));
  });
  let previous = 1n;
  for (let k = 0; k < n; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) throw new RangeError('the matrix is singular');
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const p = rows[k]![k]!;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const row = rows[i]!;
      const factor = row[k]!;
      for (let j = 0; j <= n; j++) if (j !== k) row[j] = (row[j]! * p - factor * rows[k]![j]!) / previous;
      row[k] = 0n;
    }
    previous = p;
  }
  return rows.map((row, i) => ratio(row[n]!, row[i]!));
}
