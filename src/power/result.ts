/**
 * Rows of a result, as they stand in the JSON document (DESIGN: JSON results) and as every table is built from them.
 */

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
}

/** Probability that one action is optimal, at one gamma. Duplicates of an action show the value of their class. */
export interface OptimalityRow {
  readonly state: string;
  readonly action: string;
  readonly gamma: string;
  /** weak (Turner et al. 2021, Def. 4.4): some optimal policy takes the action; undecided samples count half */
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
}
