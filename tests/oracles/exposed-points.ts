import { Matrix, solve } from 'ml-matrix';

/**
 * Oracle: which points of a finite set are the only best for some linear reward: those that are not in the convex hull of
 * the others, by nonnegative least squares in doubles (Lawson & Hanson 1974, ch. 23). All points have the same positive sum
 * of coordinates, so that the cone and the hull of the others agree. In small models the exposed points are apart from the
 * hull by far more than 1e-6.
 */
export function exposedPoints(points: readonly (readonly number[])[]): boolean[] {
  return points.map((point, i) => {
    const others = points.filter((_, j) => j !== i);
    return others.length === 0 || distanceToCone(others, point) > 1e-6;
  });
}

function distanceToCone(columns: readonly (readonly number[])[], target: readonly number[]): number {
  const weights = new Array<number>(columns.length).fill(0);
  let active: number[] = [];
  const residual = (): number[] =>
    target.map((value, x) => value - columns.reduce((sum, column, j) => sum + weights[j]! * column[x]!, 0));
  for (let round = 0; round < 1000; round++) {
    const left = residual();
    const gains = columns.map((column) => column.reduce((sum, value, x) => sum + value * left[x]!, 0));
    const enter = columns.reduce((best, _, j) => {
      if (active.includes(j)) return best;
      return best < 0 || gains[j]! > gains[best]! ? j : best;
    }, -1);
    if (enter < 0 || gains[enter]! < 1e-11) return Math.hypot(...left);
    active.push(enter);
    for (;;) {
      const solution = leastSquares(
        active.map((j) => columns[j]!),
        target,
      );
      if (solution.every((value) => value > 0)) {
        active.forEach((j, k) => {
          weights[j] = solution[k]!;
        });
        break;
      }
      // Go towards the solution as far as no weight becomes negative.
      const step = Math.min(
        ...active.map((j, k) => (solution[k]! > 0 ? 1 : weights[j]! / (weights[j]! - solution[k]!))),
      );
      active.forEach((j, k) => {
        weights[j] = weights[j]! + step * (solution[k]! - weights[j]!);
      });
      for (const j of active) if (weights[j]! < 1e-13) weights[j] = 0;
      active = active.filter((j) => weights[j]! > 0);
    }
  }
  throw new Error('nonnegative least squares did not end');
}

function leastSquares(columns: readonly (readonly number[])[], target: readonly number[]): number[] {
  const matrix = new Matrix(target.map((_, x) => columns.map((column) => column[x]!)));
  return solve(matrix, Matrix.columnVector([...target]), true).to1DArray();
}
