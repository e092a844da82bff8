import type { Rational } from '../number/rational.js';

/**
 * A distribution D over reward functions R: S → ℝ, as a pure function of (seed, sample index). Sample n is the same
 * whatever the blocks, threads or resume point.
 */
export interface RewardSource {
  /** Canonical text of the specification, for results and tables: `uniform(0, 1)`. */
  readonly text: string;
  readonly stateCount: number;
  /**
   * Writes samples first … first+count−1 into `values`, state-major: R(s, b) = values[s·count + b].
   * The values are doubles nearest to the exact ones (see `exactColumn`).
   */
  fill(first: number, count: number, values: Float64Array): void;
  /**
   * The exact rewards of one sample (S). For continuous independent rewards these are the doubles themselves; for written
   * numbers (`discrete`, `point`, lists, orbits) the written values; for features Φw with the written Φ and the doubles w.
   */
  exactColumn(sample: number): readonly Rational[];
  /** False where `exactColumn` is exactly the doubles of `fill`, so that no rounding of rewards has to be allowed for. */
  readonly rounded: boolean;
  /**
   * Names the distinct reward vector that sample n draws, for laws of finite support; undefined otherwise.
   * Two samples with the same key have equal exactColumn and equal doubles.
   */
  readonly supportKey?: (sample: number) => string;
  /** Int32 (S): the first state whose reward is almost surely equal to this state's; s itself if there is none earlier. */
  readonly equalRewardClass: Int32Array;
  /** Int32 (S): the first state with the same marginal law; only states of one class may be swapped when `exchangeable`. */
  readonly lawClass: Int32Array;
  /** True if rewards of states in one lawClass may be permuted without changing the law (independent, or an orbit). */
  readonly exchangeable: boolean;
  /** Bounds of the support over all states, ±Infinity where unbounded. */
  readonly support: readonly [number, number];
  /** Bounds of the support of one state's reward; absent where no better than `support`. */
  readonly supportOf?: (state: number) => readonly [number, number];
  /** `finite`: CLT intervals hold; `infiniteVariance`: no interval; `unchecked`: quantile(EXPR), noted. Infinite means are refused. */
  readonly moments: 'finite' | 'infiniteVariance' | 'unchecked';
  /** Where rewards are independent with one continuous law of finite variance that has a distribution function in the code. */
  readonly discountedMaximum?: DiscountedMaximum;
  /** True if every sample is the same reward function. */
  readonly constant: boolean;
  /** Present if every state has its own uniform or constant law, independent of the others: how to draw it elsewhere. */
  readonly uniforms?: UniformDraws;
  /** True if the rewards of all states are known to be independent, and none of them is constant. */
  readonly independent?: boolean;
  /** True if every state's reward is either almost surely constant or atomless. */
  readonly atomless: boolean;
}

/** What is known of max(0, max_t factor^(d_t)·(R(t) − floor)) over some states t. */
export interface DiscountedMaximum {
  readonly floor: number;
  /**
   * Means of such maxima, profiles[k][d] of whose states have d_t = d: to 1e-10 of the scale of the rewards. Null where that
   * takes too long.
   * @param factor  in (0, 1)
   */
  means(factor: number, profiles: readonly Int32Array[]): Float64Array | null;
}

/** R(s) = min(low + width·u, high) with u the open uniform of coordinate s, Philox4x32-10 (philox.ts). */
export interface UniformDraws {
  /** Float64 (3·S): low, width and high of each state */
  readonly laws: Float64Array;
  readonly keyLow: number;
  readonly keyHigh: number;
  readonly purpose: number;
  /** u are points of randomised Sobol sets instead: sample i is point i mod 2^log2Size, at least 8, of set ⌊i/2^log2Size⌋ */
  readonly sobol?: SobolTables | undefined;
}

/** What the points of a Sobol set are made from. */
export interface SobolTables {
  readonly log2Size: number;
  /**
   * Writes 68 words a state: 32 direction numbers and, at 64, a shift, of 64 binary digits each, lower words first, and at 66
   * the key of the jitter (sobol/scrambled-points.ts). Words of constant rewards and of digits beyond log2Size are left.
   */
  write(set: number, tables: Uint32Array): void;
}
