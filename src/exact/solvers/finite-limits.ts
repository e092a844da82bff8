import { largest, lcm } from '../../number/integer.js';
import type { Ratio } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import type { ExactLaw } from '../laws/exact-law.js';
import { rowPolicies } from '../policies/candidates.js';
import { type Germ, germAtOne, germAtZero, levelsFor } from '../policies/germs.js';
import { type Rows, reachedFrom } from '../policies/rows.js';
import { finiteValues } from './finite-values.js';
import type { RowChances } from './row-chances.js';

/** How vectors over states meet the coordinates of a law: rewards of states, or weights of features. */
export interface Coordinates {
  readonly project: (vector: readonly Ratio[]) => readonly Ratio[];
  /** those that matter, ascending */
  readonly coordinates: readonly number[];
}

/**
 * The chances of each row at s to be optimal for all γ near 0 (end = 0) or near 1 (end = 1: Blackwell), for a law of finite
 * support: every reward function is tried, and policies are compared level by level until they differ or are equal.
 *
 * @param project  a vector over states as one over the coordinates of the law, of which `coordinates` matter
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function finiteLimitChances(
  rows: Rows,
  s: number,
  end: 0 | 1,
  law: ExactLaw,
  { project, coordinates }: Coordinates,
  budget: Budget,
  policyLimit: number,
): readonly RowChances[] {
  const policies = rowPolicies(rows, s, { policyLimit, budget });
  const germs = policies.map((policy): Germ => {
    const germ = (end === 0 ? germAtZero : germAtOne)(rows, s, policy);
    return (n) => project(germ(n));
  });
  const levels = levelsFor(reachedFrom(rows, [s]).length);
  const level = integerLevels(germs, coordinates);
  const later = (tied: readonly number[], reward: readonly bigint[]): readonly number[] => {
    let left = tied;
    for (let n = 1; n < levels && left.length > 1; n++) left = greatest(left, level(n), reward);
    return left;
  };
  const vectors = policies.map((policy, i) => ({ vector: germs[i]!(0), rows: [policy.get(s)!] }));
  return finiteValues({ vectors, later }, rows[s]!.length, law, coordinates, budget).chances;
}

/** level(n)[policy]: the vector of level n on the coordinates, as integers over one denominator for all policies. */
function integerLevels(germs: readonly Germ[], coordinates: readonly number[]): (n: number) => bigint[][] {
  const known = new Map<number, bigint[][]>();
  return (n) => {
    const earlier = known.get(n);
    if (earlier !== undefined) return earlier;
    const vectors: Ratio[][] = germs.map((germ) => {
      const vector = germ(n);
      return coordinates.map((t) => vector[t]!);
    });
    const denominator = lcm(vectors.flat().map((x) => x.d));
    const integers = vectors.map((vector) => vector.map((x) => x.n * (denominator / x.d)));
    known.set(n, integers);
    return integers;
  };
}

function greatest(
  candidates: readonly number[],
  vectors: readonly (readonly bigint[])[],
  reward: readonly bigint[],
): number[] {
  const values = candidates.map((i) => reward.reduce((sum, r, j) => sum + r * vectors[i]![j]!, 0n));
  const high = largest(values);
  return candidates.filter((_, k) => values[k] === high);
}
