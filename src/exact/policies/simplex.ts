import { largest, magnitude } from '../../number/integer.js';
import { type Ratio, ratio } from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';

/**
 * Whether a point is in the convex hull of others, decided in exact integers, with the proof either way: the weights of a
 * convex combination, or a functional that is greater at the point than at every other one (Farkas' lemma).
 */
export type HullAnswer =
  | { readonly inside: true; readonly weights: readonly Ratio[] }
  | { readonly inside: false; readonly functional: readonly Ratio[] };

/** A point over the integers: coordinates x/w, w > 0. */
export interface IntegerPoint {
  readonly x: readonly bigint[];
  readonly w: bigint;
}

/**
 * Decides whether Σ_j λ_j·others[j] = point, Σ λ_j = 1, λ ≥ 0 has a solution, as Σ_j μ_j·(x_j, w_j) = (x, w), μ ≥ 0, with
 * λ_j = μ_j·w_j/w: phase one of the simplex method on an integer tableau (Edmonds' fraction-free pivots), with Bland's rule
 * (1977), which cannot cycle.
 *
 * @returns weights aligned with `others`, or the separating functional, scaled so that its greatest entry is ±1
 * @throws {ExactRefusal} more work than the budget allows
 */
export function inConvexHull(
  point: IntegerPoint,
  others: readonly IntegerPoint[],
  budget: Budget,
): HullAnswer {
  const target = [...point.x, point.w];
  const m = target.length;
  const n = others.length;
  const { tableau, cost, basis, scale, flipped } = phaseOne(
    target,
    others.map(({ x, w }) => [...x, w]),
    budget,
  );
  if (cost[n + m] === 0n) {
    const weights: Ratio[] = new Array(n).fill({ n: 0n, d: 1n });
    basis.forEach((j, i) => {
      if (j < n) weights[j] = ratio(tableau[i]![n + m]! * others[j]!.w, scale * point.w);
    });
    return { inside: true, weights };
  }
  // Dual prices y_i = 1 − reduced cost of artificial i (over `scale`): y·b > 0 ≥ y·a_j for every j.
  const prices = point.x.map((_, i) => {
    const y = scale - cost[n + i]!;
    return flipped[i] ? -y : y;
  });
  const greatest = largest([0n, ...prices.map(magnitude)]);
  return { inside: false, functional: prices.map((y) => ratio(y, greatest === 0n ? 1n : greatest)) };
}

/** Whether Σ_j μ_j·columns[j] = target has a solution μ ≥ 0: the target is in the cone. @throws {ExactRefusal} too much work */
export function inCone(
  target: readonly bigint[],
  columns: readonly (readonly bigint[])[],
  budget: Budget,
): boolean {
  return phaseOne(target, columns, budget).cost.at(-1) === 0n;
}

interface Tableau {
  readonly tableau: readonly bigint[][];
  readonly cost: readonly bigint[];
  readonly basis: readonly number[];
  readonly scale: bigint;
  readonly flipped: readonly boolean[];
}

/** The last tableau of phase one; its last cost is 0 iff there is a solution. */
function phaseOne(
  target: readonly bigint[],
  columns: readonly (readonly bigint[])[],
  budget: Budget,
): Tableau {
  const m = target.length;
  const n = columns.length;
  // Row i: Σ_j a_ij μ_j + artificial_i = b_i with b ≥ 0. Columns: μ, artificials, b.
  const flipped = target.map((b) => b < 0n);
  const tableau: bigint[][] = target.map((b, i) => {
    const entries = columns.map((column) => (flipped[i] ? -column[i]! : column[i]!));
    const artificial = target.map((_, k) => (k === i ? 1n : 0n));
    return [...entries, ...artificial, flipped[i] ? -b : b];
  });
  // Cost row of the sum of artificials, reduced: minus the sum of the rows on the μ columns, 0 on the artificials.
  const cost: bigint[] = Array.from({ length: n + m + 1 }, (_, j) =>
    j >= n && j < n + m ? 0n : -tableau.reduce((sum, row) => sum + row[j]!, 0n),
  );
  const basis = target.map((_, i) => n + i);
  let scale = 1n;
  for (;;) {
    const enter = cost.findIndex((c, j) => j < n && c < 0n);
    if (enter < 0) break;
    spend(budget, (m + 1) * (n + m + 1), 'a linear program');
    const leave = ratioTest(tableau, basis, enter, n + m);
    scale = pivot([...tableau, cost], leave, enter, scale);
    basis[leave] = enter;
  }
  return { tableau, cost, basis, scale, flipped };
}

/** The row that leaves: least b/a over a > 0, ties by the least basic column (Bland). */
function ratioTest(
  tableau: readonly bigint[][],
  basis: readonly number[],
  enter: number,
  last: number,
): number {
  let best = -1;
  tableau.forEach((row, i) => {
    if (row[enter]! <= 0n) return;
    if (best < 0) {
      best = i;
      return;
    }
    const order = row[last]! * tableau[best]![enter]! - tableau[best]![last]! * row[enter]!;
    if (order < 0n || (order === 0n && basis[i]! < basis[best]!)) best = i;
  });
  return best;
}

/** One fraction-free pivot: every entry stays an integer over the new common denominator, which is returned. */
function pivot(rows: readonly bigint[][], leave: number, enter: number, scale: bigint): bigint {
  const source = rows[leave]!;
  const p = source[enter]!;
  rows.forEach((row, i) => {
    if (i === leave) return;
    const factor = row[enter]!;
    for (let j = 0; j < row.length; j++) row[j] = (row[j]! * p - factor * source[j]!) / scale;
  });
  return p;
}
