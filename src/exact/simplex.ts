import { largest, magnitude } from '../number/integer.js';
import { type Ratio, ratio } from '../number/ratio.js';

/**
 * Whether a point is in the convex hull of others, decided in exact integers, with the proof either way: the weights of a
 * convex combination, or a functional that is greater at the point than at every other one (Farkas' lemma).
 */
export type HullAnswer =
  | { readonly inside: true; readonly weights: readonly Ratio[] }
  | { readonly inside: false; readonly functional: readonly Ratio[] };

/**
 * Decides whether Σ_j λ_j·others[j] = point, Σ λ_j = 1, λ ≥ 0 has a solution: phase one of the simplex method on an
 * integer tableau (Edmonds' fraction-free pivots), with Bland's rule (1977), which cannot cycle.
 *
 * @param others points of the same dimension, as rationals over one common denominator: integer vectors
 * @returns weights aligned with `others`, or the separating functional, scaled so that its greatest entry is ±1
 */
export function inConvexHull(point: readonly bigint[], others: readonly (readonly bigint[])[]): HullAnswer {
  const m = point.length + 1;
  const n = others.length;
  // Row i: Σ_j a_ij λ_j + artificial_i = b_i with b ≥ 0; the last row is Σ λ_j = 1. Columns: λ, artificials, b.
  const tableau: bigint[][] = Array.from({ length: m }, (_, i) => {
    const b = i < m - 1 ? point[i]! : 1n;
    const sign = b < 0n ? -1n : 1n;
    const entries = others.map((other) => sign * (i < m - 1 ? other[i]! : 1n));
    const artificial = Array.from({ length: m }, (_, k) => (k === i ? 1n : 0n));
    return [...entries, ...artificial, sign * b];
  });
  const flipped = Array.from({ length: m }, (_, i) => i < m - 1 && point[i]! < 0n);
  // Cost row of the sum of artificials, reduced: minus the sum of the rows on the λ columns, 0 on the artificials.
  const cost: bigint[] = Array.from({ length: n + m + 1 }, (_, j) =>
    j >= n && j < n + m ? 0n : -tableau.reduce((sum, row) => sum + row[j]!, 0n),
  );
  const basis = Array.from({ length: m }, (_, i) => n + i);
  let scale = 1n;
  for (;;) {
    const enter = cost.findIndex((c, j) => j < n && c < 0n);
    if (enter < 0) break;
    const leave = ratioTest(tableau, basis, enter, n + m);
    scale = pivot([...tableau, cost], leave, enter, scale);
    basis[leave] = enter;
  }
  if (cost[n + m] === 0n) {
    const weights: Ratio[] = new Array(n).fill({ n: 0n, d: 1n });
    basis.forEach((j, i) => {
      if (j < n) weights[j] = ratio(tableau[i]![n + m]!, scale);
    });
    return { inside: true, weights };
  }
  // Dual prices y_i = 1 − reduced cost of artificial i (over `scale`): y·b > 0 ≥ y·a_j for every j.
  const prices = point.map((_, i) => {
    const y = scale - cost[n + i]!;
    return flipped[i] ? -y : y;
  });
  const greatest = largest([0n, ...prices.map(magnitude)]);
  return { inside: false, functional: prices.map((y) => ratio(y, greatest === 0n ? 1n : greatest)) };
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
