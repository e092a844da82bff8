import { largest, lcm, magnitude } from '../../number/integer.js';
import { type Ratio, ratio } from '../../number/ratio.js';
import { type Budget, newBudget } from '../budget.js';
import { type IntegerPoint, inConvexHull } from './simplex.js';

/** What is proved about one vector of a finite set. */
export type Domination =
  /** the vector is the only greatest one for this reward function, whose entries lie in [−1, 1] */
  | { readonly dominated: false; readonly witness: readonly Ratio[] }
  /** the vector is Σ weight·(vector of the index), a convex combination of others that are not dominated */
  | { readonly dominated: true; readonly combination: readonly { index: number; weight: Ratio }[] };

/**
 * For each of some distinct vectors whether it is the *unique* maximiser of v·r for some r (Turner et al. 2021, Def. 3.6
 * and E.9: the exposed vertices of the convex hull), with a proof either way. Clarkson's method (1994): linear programs
 * are over the vertices found so far only; the first vertices are found by a few fixed integer reward functions.
 *
 * @throws {ExactRefusal} more work than the budget allows
 */
export function dominations(
  vectors: readonly (readonly Ratio[])[],
  budget: Budget = newBudget(),
): Domination[] {
  const points = vectors.map(toIntegers);
  const witness = new Map<number, readonly Ratio[]>();
  const vertices: number[] = [];
  const note = (r: readonly bigint[]): void => {
    const best = greatestIndices(points, r);
    if (best.length === 1 && !witness.has(best[0]!)) witness.set(best[0]!, scaled(r));
    const first = best.reduce((a, b) => (lexicographic(points[a]!, points[b]!) < 0 ? b : a));
    if (!vertices.includes(first)) vertices.push(first);
  };
  for (const r of quickRewards(points[0]?.x.length ?? 0)) note(r);
  const combinations = new Map<number, { index: number; weight: Ratio }[]>();
  points.forEach((point, i) => {
    for (;;) {
      if (vertices.includes(i)) return;
      const answer = inConvexHull(
        point,
        vertices.map((v) => points[v]!),
        budget,
      );
      if (answer.inside) {
        combinations.set(i, weighted(answer.weights, vertices));
        return;
      }
      note(toIntegers(answer.functional).x);
    }
  });
  return points.map((point, i) => {
    const combination = combinations.get(i);
    if (combination !== undefined) return { dominated: true, combination };
    const known = witness.get(i);
    if (known !== undefined) return { dominated: false, witness: known };
    const answer = inConvexHull(
      point,
      vertices.filter((v) => v !== i).map((v) => points[v]!),
      budget,
    );
    if (answer.inside) throw new RangeError('the vectors are not distinct');
    return { dominated: false, witness: answer.functional };
  });
}

function weighted(
  weights: readonly Ratio[],
  vertices: readonly number[],
): { index: number; weight: Ratio }[] {
  return weights.flatMap((weight, j) => (weight.n === 0n ? [] : [{ index: vertices[j]!, weight }]));
}

function toIntegers(vector: readonly Ratio[]): IntegerPoint {
  const w = lcm(vector.map((value) => value.d));
  return { x: vector.map((value) => value.n * (w / value.d)), w };
}

/** r over its greatest magnitude. */
function scaled(r: readonly bigint[]): Ratio[] {
  const greatest = largest([1n, ...r.map(magnitude)]);
  return r.map((x) => ratio(x, greatest));
}

function greatestIndices(points: readonly IntegerPoint[], r: readonly bigint[]): number[] {
  let best: number[] = [];
  let high = { value: 0n, w: 1n };
  points.forEach(({ x, w }, i) => {
    let value = 0n;
    for (let j = 0; j < r.length; j++) value += x[j]! * r[j]!;
    const order = best.length === 0 ? 1n : value * high.w - high.value * w;
    if (order > 0n) {
      high = { value, w };
      best = [i];
    } else if (order === 0n) best.push(i);
  });
  return best;
}

/** Negative, 0 or positive as a comes before, with or after b. */
function lexicographic(a: IntegerPoint, b: IntegerPoint): number {
  for (let j = 0; j < a.x.length; j++) {
    const order = a.x[j]! * b.w - b.x[j]! * a.w;
    if (order !== 0n) return order < 0n ? -1 : 1;
  }
  return 0;
}

/** Fixed pseudo-random integer reward functions, from a linear congruential sequence (Lehmer, 48271 modulo 2^31 − 1). */
function quickRewards(dimension: number): bigint[][] {
  let state = 1;
  return Array.from({ length: 4 * dimension }, () =>
    Array.from({ length: dimension }, () => {
      state = (state * 48271) % 2147483647;
      return BigInt((state % 2001) - 1000);
    }),
  );
}
