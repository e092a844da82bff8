import { type Ratio, subtract } from '../number/ratio.js';
import { type Affine, affineKey, onUnitCube } from './affine.js';
import { spend } from './budget.js';
import { dominations } from './non-dominated.js';
import type { UniformProblem } from './problem.js';
import { visitDistributions } from './visit-distributions.js';

/** A value as a function of the rewards (on unit coordinates) that is the only greatest somewhere. */
export interface FrontierFunction {
  readonly value: Affine;
  /** the rows at s of policies that attain it */
  readonly rows: readonly number[];
}

/**
 * The functions f·r − visitsTaken·R(s) over F(s | π(s) in `rows`), without those that are never the only greatest. Vectors
 * that differ only where rewards are constant can be one function; it keeps the rows of all of them.
 *
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function frontierFunctions(
  problem: UniformProblem,
  s: number,
  rows: readonly number[],
  visitsTaken: Ratio,
): FrontierFunction[] {
  const { gamma, policyLimit, budget, ranges } = problem;
  const found = new Map<string, { value: Affine; rows: Set<number> }>();
  for (const firstRow of rows)
    for (const { visits } of visitDistributions(problem.rows, s, gamma, { limit: policyLimit, firstRow })) {
      spend(budget, visits.length, 'the enumeration of visit distributions');
      const kept = visits.map((v, t) => (t === s ? subtract(v, visitsTaken) : v));
      const value = onUnitCube(kept, ranges);
      const key = affineKey(value);
      const known = found.get(key);
      if (known === undefined) found.set(key, { value, rows: new Set([firstRow]) });
      else known.rows.add(firstRow);
    }
  const all = [...found.values()];
  const points = all.map(({ value }) => [...value.coefficients, value.constant]);
  const used = points[0]!.flatMap((_, j) => (points.some((point) => point[j]!.n !== 0n) ? [j] : []));
  spend(budget, points.length * used.length ** 2, 'the search for non-dominated visit distributions');
  const verdicts = dominations(points.map((point) => used.map((j) => point[j]!)));
  return all.flatMap(({ value, rows: inducing }, i) =>
    verdicts[i]!.dominated ? [] : [{ value, rows: [...inducing] }],
  );
}
