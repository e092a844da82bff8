import type { Rational } from '../number/rational.js';

/** B reward functions to be solved together. `solve` knows no distributions, only these numbers. */
export interface RewardBlock {
  /** B, the number of reward functions */
  readonly columns: number;
  /** Float64 (S·B), state-major: R(s, b) = values[s·B + b] */
  readonly values: Float64Array;
  /** The exact rewards of column b (S). */
  exactColumn(column: number): readonly Rational[];
  /** False if `values` are exactly the exact rewards. */
  readonly rounded: boolean;
}

/** What is proved about a choice under one reward function. Choices of one class share their status. */
export const Status = {
  /** certified: not an optimal action */
  notOptimal: 0,
  /** certified: optimal, and the only optimal class of its state */
  unique: 1,
  /** certified: optimal, and so is at least one other class (the tie is proved) */
  tied: 2,
  /** neither could be proved */
  undecided: 3,
} as const;

/**
 * The solved block. Column b depends on (mdp, reward column b, discount, options) alone, never on the other columns of
 * its block, so results can be cached per reward function and do not depend on how samples are grouped.
 */
export interface Solution {
  /**
   * Float64 (S·B), state-major: (1−gamma)·max_a Σ_t P(t|s,a) V*(t) of each reward function, that is
   * (1−gamma)/gamma·(V*(s) − R(s)) (Turner et al. 2021, Def. 5.2 inside the expectation), in reward units.
   */
  readonly power: Float64Array;
  /** Float64 (B): |power − exact| ≤ error for every state of the column, rounding included. */
  readonly error: Float64Array;
  /** Uint8 (C·B), choice-major: status[c·B + b]; length 0 if decisions were not asked for. */
  readonly status: Uint8Array;
  /**
   * Uint8 (C·B), choice-major, at gamma 1 only: whether some policy of greatest average reward takes the choice
   * (`Average`, average-optimal.ts), where `status` is about Blackwell-optimal policies.
   */
  readonly averageStatus?: Uint8Array;
  /** Effort, for --verbose and results: sweeps over the block, columns finished by policy iteration, re-solved exactly. */
  readonly effort: {
    sweeps: number;
    policyIterations: number;
    finished: number;
    extended: number;
    exact: number;
  };
}
