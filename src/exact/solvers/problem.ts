import type { Ratio } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import type { Range } from '../integrals/affine.js';
import type { Law } from '../laws/law.js';
import { type Rows, reachedFrom } from '../policies/rows.js';

/**
 * One model, one γ and independent uniform (or constant) rewards, with what has been worked out so far: the laws of V*(t)
 * are shared between the states from which t is reached.
 */
export interface UniformProblem {
  readonly rows: Rows;
  /** 0 < γ < 1 */
  readonly gamma: Ratio;
  /** (S) the law of each state's reward */
  readonly ranges: readonly Range[];
  readonly budget: Budget;
  /** refuse to enumerate more policies than this */
  readonly policyLimit: number;
  readonly laws: Map<number, Law>;
  readonly reached: Map<number, readonly number[]>;
}

/** About the number of policies that can be enumerated and compared in seconds. */
export const DEFAULT_POLICY_LIMIT = 20_000;

export function uniformProblem(
  rows: Rows,
  gamma: Ratio,
  ranges: readonly Range[],
  budget: Budget,
  policyLimit: number = DEFAULT_POLICY_LIMIT,
): UniformProblem {
  return { rows, gamma, ranges, budget, policyLimit, laws: new Map(), reached: new Map() };
}

/** The states that can be reached from t, t included, ascending. */
export function reach(problem: UniformProblem, t: number): readonly number[] {
  const known = problem.reached.get(t);
  if (known !== undefined) return known;
  const states = reachedFrom(problem.rows, [t]);
  problem.reached.set(t, states);
  return states;
}
