import { type Ratio, subtract } from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';
import { type Affine, affineKey, onUnitCube } from '../integrals/affine.js';
import type { UniformProblem } from '../solvers/problem.js';
import { dominations } from './non-dominated.js';
import { visitDistributions } from './visit-distributions.js';

/** A value as a function of the rewards (on unit coordinates) that is the only greatest somewhere. */
export interface FrontierFunction {
  readonly value: Affine;
  /** the rows at s of policies that attain it */
  readonly rows: readonly number[];
}

/** A vector whose product with the rewards is a value, and the rows that attain it. */
export interface ValueVector {
  readonly vector: readonly Ratio[];
  readonly rows: readonly number[];
}

/** A vector's product with the rewards as a function of the coordinates that are drawn. */
export type ToAffine = (vector: readonly Ratio[]) => Affine;

/**
 * The values as functions on unit coordinates, without those that are never the only greatest. Vectors that differ only
 * where rewards are constant can be one function; it keeps the rows of all of them.
 */
export function affineFrontier(
  vectors: Iterable<ValueVector>,
  toAffine: ToAffine,
  budget: Budget,
): FrontierFunction[] {
  const found = new Map<string, { value: Affine; rows: Set<number> }>();
  for (const { vector, rows } of vectors) {
    const value = toAffine(vector);
    const key = affineKey(value);
    const known = found.get(key);
    if (known === undefined) found.set(key, { value, rows: new Set(rows) });
    else for (const row of rows) known.rows.add(row);
  }
  const all = [...found.values()];
  const points = all.map(({ value }) => [...value.coefficients, value.constant]);
  const used = points[0]!.flatMap((_, j) => (points.some((point) => point[j]!.n !== 0n) ? [j] : []));
  spend(budget, points.length * used.length ** 2, 'the search for non-dominated vectors');
  const verdicts = dominations(
    points.map((point) => used.map((j) => point[j]!)),
    budget,
  );
  return all.flatMap(({ value, rows }, i) => (verdicts[i]!.dominated ? [] : [{ value, rows: [...rows] }]));
}

/**
 * The functions f·r − visitsTaken·R(s) over F(s | π(s) in `rows`), without those that are never the only greatest.
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function frontierFunctions(
  problem: UniformProblem,
  s: number,
  rows: readonly number[],
  visitsTaken: Ratio,
): FrontierFunction[] {
  const { gamma, policyLimit, budget, ranges } = problem;
  const vectors = rows.flatMap((firstRow) =>
    visitDistributions(problem.rows, s, gamma, { limit: policyLimit, firstRow, budget }).map(
      ({ visits }) => ({
        vector: visits.map((v, t) => (t === s ? subtract(v, visitsTaken) : v)),
        rows: [firstRow],
      }),
    ),
  );
  return affineFrontier(vectors, (vector) => onUnitCube(vector, ranges), budget);
}
