import { ONE, type Rational, rational, ZERO } from './rational.js';
import { someRationalSolution } from './rational-system.js';

/** Transition matrix P of a finite chain, matrix[x][y] = P(x → y), that begins in its state 0. */
type Matrix = readonly (readonly Rational[])[];

/** (1−γ)·Σ_t γ^t P(state y at time t) for 0 ≤ γ < 1, from f = (1−γ)·e_0 + γ·fP. */
export function discountedVisits(matrix: Matrix, gamma: Rational): Rational[] {
  const system = lost(matrix, gamma).map((line, y) => [...line, y === 0 ? ONE.sub(gamma) : ZERO]);
  return someRationalSolution(system);
}

/**
 * The limit d of the discounted visits for γ → 1, by what determines it: d = dP, and e_0 − d = h − hP for some h, as the null
 * space and the range of I − P share 0 alone and make up the whole (Puterman 2005, appendix A). It lies on the closed classes.
 */
export function limitDistribution(matrix: Matrix): Rational[] {
  const next = matrix.map((row) => row.findIndex((p) => p.equals(ONE)));
  if (!next.includes(-1)) return cycleFrom(next);
  const lines = lost(matrix, ONE);
  const stays = lines.map((line) => [...line, ...line.map(() => ZERO), ZERO]);
  const flows = lines.map((line, y) => [
    ...line.map((_, x) => (x === y ? ONE : ZERO)),
    ...line,
    y === 0 ? ONE : ZERO,
  ]);
  return someRationalSolution([...stays, ...flows]).slice(0, matrix.length);
}

/** Uniform on the cycle that a map leads to from 0. */
function cycleFrom(next: readonly number[]): Rational[] {
  const path = new Set<number>();
  let end = 0;
  for (; !path.has(end); end = next[end]!) path.add(end);
  const cycle = [...path].slice([...path].indexOf(end));
  return next.map((_, x) => (cycle.includes(x) ? rational(1n, cycle.length) : ZERO));
}

/** The transpose of I − γP. */
function lost(matrix: Matrix, gamma: Rational): Rational[][] {
  return matrix.map((_, y) => matrix.map((row, x) => (x === y ? ONE : ZERO).sub(gamma.mul(row[y]!))));
}
