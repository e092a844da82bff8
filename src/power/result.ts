import type { Diagnostic } from '../errors.js';

/**
 * Rows of a result, as they stand in the JSON document (DESIGN: JSON results) and as every table is built from them.
 */

/**
 * How the limits of a POWER row were found, solver error always added:
 * - `t`: Student's t interval of the sample mean, right as samples grow (central limit theorem);
 * - `deviation`: nearly all samples are equal, so the normal approximation fails; Clopper-Pearson on the chance of another
 *   value, times what another value can change at most;
 * - `certain`: the law of the rewards allows one value only;
 * - `sets`: Student's t interval of the means of independently randomised Sobol sets, right as sets grow;
 * - `none`: no interval holds (infinite variance, or one sample of an unbounded reward).
 */
export type IntervalKind = 't' | 'deviation' | 'certain' | 'sets' | 'none';

/**
 * How the limits of an optimality row were found: `clopperPearson`, exact for independent samples; or, where choices are
 * averaged over symmetries or samples are Sobol points, as for POWER.
 */
export type ShareIntervalKind = 'clopperPearson' | Exclude<IntervalKind, 'none'>;

/** Which samples an estimate is made from, and what makes their variance small. */
export interface EstimatorSummary {
  readonly sampler: 'random' | 'sobol';
  /** independently randomised Sobol sets, and the points in each; null for independent samples */
  readonly sets: number | null;
  readonly setSize: number | null;
  /** samples are averaged over symmetries of the environment that keep the reward law */
  readonly averaged: boolean;
  /** discounts at which control variates are used */
  readonly controls: readonly string[];
}

/**
 * Means of a row's samples over ranges of consecutive indices. Two results of one seed have drawn the same random numbers for
 * range i, and independent ones for different ranges, so that the differences of their means are independent.
 */
export interface RowBatches {
  /** samples in every batch but the last, which may have fewer */
  readonly size: number;
  /** at least 32, in the order of the samples */
  readonly means: readonly number[];
  /** bounds that the law sets to every sample; null where there are none */
  readonly support: readonly [number, number] | null;
}

/** POWER of one state at one gamma. */
export interface PowerRow {
  readonly state: string;
  /** the discount as text: `0.9`, `2/3` */
  readonly gamma: string;
  /** null where the mean is not estimated */
  readonly power: number;
  /** confidence limits, solver error included; null where no interval holds */
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
  /** certified: the mean over the samples of the solver's bounds */
  readonly solverError: number;
  readonly samples: number;
  readonly method: 'sampled' | 'exact';
  readonly exact: string | null;
  /** present where `method` is `sampled` */
  readonly interval?: IntervalKind;
  /** where they were asked for, and the samples are those of the whole run */
  readonly batches?: RowBatches;
}

/** Probability that one action is optimal, at one gamma. Duplicates of an action show the value of their class. */
export interface OptimalityRow {
  readonly state: string;
  readonly action: string;
  readonly gamma: string;
  /**
   * weak (Turner et al. 2021, Def. 4.4): some optimal policy takes the action; undecided samples count half. At gamma 0 and 1
   * the optimal policies are those that stay optimal on the way to the limit: at 1 Blackwell's.
   */
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  /** share of samples in which the action's class is the only optimal one */
  readonly strict: number;
  /** mean over samples of 1/(number of optimal classes) where optimal, else 0 */
  readonly fractional: number;
  /** share of samples in which optimality could not be decided */
  readonly undecided: number;
  readonly samples: number;
  readonly method: 'sampled' | 'exact';
  readonly exact: string | null;
  /** present where `method` is `sampled` */
  readonly interval?: ShareIntervalKind;
  /** as for POWER; undecided samples count half */
  readonly batches?: RowBatches;
  /**
   * Only at gamma 1: some policy of greatest average reward takes the action (Def. 6.11), which is weaker than Blackwell's
   * sense; with its confidence limits and the share of samples in which it could not be decided.
   */
  readonly averageProbability?: number;
  readonly averageExact?: string | null;
  readonly averageLow?: number;
  readonly averageHigh?: number;
  readonly averageUndecided?: number;
}

/** The mean of a linear combination of POWERs and probabilities over paired samples. */
export interface FormEstimate {
  readonly mean: number;
  /** confidence limits with all bounds in them; null where no interval holds */
  readonly low: number | null;
  readonly high: number | null;
}

/** One thing that was asserted, at one gamma, and whether it is so. */
export interface AssertionRow {
  /** the assertion as it was written */
  readonly text: string;
  /** the comparison that this row is about: the whole assertion, or one link of a chain `a > b > c` */
  readonly claim: string;
  /** the discount as text; null if the terms name several */
  readonly gamma: string | null;
  /** `undecided`: the confidence interval allows both answers */
  readonly outcome: 'holds' | 'fails' | 'undecided';
  /** left side − right side: the estimate, or the nearest double of the exact value; null for a theorem, and where none is known */
  readonly difference: number | null;
  /** limits of left − right, which hold for all assertions at once; null where no interval holds */
  readonly low: number | null;
  readonly high: number | null;
  /** left − right as a fraction, where it is known exactly */
  readonly exact: string | null;
  /**
   * `proved`: follows from equal terms or from symmetry, whatever the numbers are; `exact`: compared exactly, or with a proved
   * error; `sampled`: decided by the interval; `theorem`: by certificates
   */
  readonly basis: 'proved' | 'exact' | 'sampled' | 'theorem';
  /** what was found for a theorem; else null */
  readonly evidence: string | null;
}

/** What one gamma cost, and how exactly it was solved. */
export interface GammaEffort {
  readonly gamma: string;
  /** largest |POWER sample − exact| the solver was asked for, in reward units */
  readonly tolerance: number;
  /** largest bound it reached over all samples; above `tolerance`, the precision asked for was missed */
  readonly largestError: number;
  /** what solved them, chosen by counted work on pilot functions (solve/choose-solver.ts); `columns`: one by one */
  readonly solver: 'climbing' | 'sweeps' | 'policies' | 'gauss-seidel' | 'columns';
  /** reward functions solved: fewer than the samples where a law of finite support repeats itself */
  readonly solved: number;
  /** sums of the solver's counts over all blocks (Solution.effort) */
  readonly sweeps: number;
  readonly policyIterations: number;
  readonly finished: number;
  readonly extended: number;
  readonly exact: number;
}

/** The sampled part of a result: rows ordered by gamma, then state, then action. */
export interface PowerEstimate {
  readonly power: readonly PowerRow[];
  /** empty if decisions were not asked for */
  readonly optimality: readonly OptimalityRow[];
  /** one entry a linear form that was asked for; the limits hold for all forms at once (Bonferroni) */
  readonly forms: readonly FormEstimate[];
  readonly effort: readonly GammaEffort[];
  /** drawn; rows whose limits come from further samples say how many in their own field */
  readonly samples: number;
  /** false if the run was ended before all samples were drawn */
  readonly complete: boolean;
  readonly estimator: EstimatorSummary;
  /** widest interval asked for, if the run was to end by that, and whether it was reached */
  readonly untilWidth: number | null;
  readonly widthReached: boolean;
  readonly seed: bigint;
  /** canonical text of the reward distribution */
  readonly reward: string;
  readonly confidence: number;
  /** true if `confidence` holds for all rows at once (Bonferroni) */
  readonly simultaneous: boolean;
  /** threads that worked; small jobs use fewer than were offered */
  readonly threads: number;
  /** false if a solver bound stayed above its tolerance; the rows are still honest */
  readonly precisionReached: boolean;
  readonly notes: readonly Diagnostic[];
}
