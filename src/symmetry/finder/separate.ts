import { type Rational, rational } from '../../number/rational.js';

/** Either the target as a mixture of the columns, or a direction in which it is ahead of all of them. */
type Separation =
  | { readonly mix: ReadonlyMap<number, Rational>; readonly reward?: undefined }
  | { readonly mix?: undefined; readonly reward: readonly bigint[] };

/** Work that may still be done, counted in products of big integers (of the order of 100 ns each). */
export interface Work {
  left: number;
}

/**
 * Is a point in the convex hull of others? All have nonnegative integer coordinates with the same sum, so that weights
 * that give the point sum to 1. Phase 1 of the simplex method with Bland's rule and integer pivots (Edmonds 1967).
 * null: there was too much to do.
 */
export function separate(
  columns: readonly (readonly bigint[])[],
  target: readonly bigint[],
  work: Work,
): Separation | null {
  const [height, width] = [target.length, columns.length];
  // Columns, then one artificial variable for each row, then the right side. The last row is the sum of the others.
  const table = target.map((right, i) => [
    ...columns.map((column) => column[i]!),
    ...target.map((_, j) => (i === j ? 1n : 0n)),
    right,
  ]);
  const goal = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0n));
  const last = goal.length - 1;
  const basis = target.map((_, i) => width + i);
  let scale = 1n;
  for (;;) {
    const enter = goal.findIndex((worth, j) => j < width && worth > 0n);
    if (enter < 0) break;
    work.left -= 2 * height * last;
    if (work.left < 0) return null;
    let leave = -1;
    for (let i = 0; i < height; i++) {
      if (table[i]![enter]! <= 0n) continue;
      if (leave < 0) leave = i;
      else {
        const order = table[i]![last]! * table[leave]![enter]! - table[leave]![last]! * table[i]![enter]!;
        if (order < 0n || (order === 0n && basis[i]! < basis[leave]!)) leave = i;
      }
    }
    const top = table[leave]!;
    const pivot = top[enter]!;
    for (const row of [...table, goal]) {
      if (row === top) continue;
      const factor = row[enter]!;
      for (let j = 0; j <= last; j++) row[j] = (row[j]! * pivot - factor * top[j]!) / scale;
    }
    scale = pivot;
    basis[leave] = enter;
  }
  if (goal[last] !== 0n) return { reward: goal.slice(width, last) };
  const mix = new Map<number, Rational>();
  basis.forEach((column, i) => {
    const weight = table[i]![last]!;
    if (column < width && weight !== 0n) mix.set(column, rational(weight, scale));
  });
  return { mix };
}
