import type { Discount } from '../number/discount.js';
import type { Sampler } from '../power/estimator.js';
import type { LinearForm } from '../power/linear-form.js';
import type { SumsStore } from './sums-store.js';

/** What is to be estimated, from which samples, and how the run is watched and kept. */
export interface EstimateOptions {
  /** 0 and 1 stand for the limits */
  readonly gammas: readonly Discount[];
  /** reward functions to draw, ≥ 1; Sobol sets are whole, so that somewhat fewer may be drawn */
  readonly samples: number;
  /**
   * `random`: plain independent samples; `sobol`: randomised Sobol sets; `auto`, the default: what a pilot finds best
   * (power/estimator.ts)
   */
  readonly sampler?: Sampler | undefined;
  /**
   * End when no interval is wider, in reward units or as a probability: the widths are looked at after about 1024 samples
   * and at every doubling up to `samples`, and the limits hold at all looks together. Samples are independent ones then.
   */
  readonly untilWidth?: number | undefined;
  /** same seed, same digits */
  readonly seed: bigint;
  /** threads that may be used, ≥ 1; the digits do not depend on it. Default 1. */
  readonly threads?: number | undefined;
  /** of each interval, in (0, 1). Default 0.95. */
  readonly confidence?: number | undefined;
  /** largest solver error of a POWER sample, in reward units. Default: power/tolerance.ts, by gamma. */
  readonly tolerance?: number | undefined;
  /** true: `confidence` holds for all rows of the result at once (Bonferroni) */
  readonly simultaneous?: boolean | undefined;
  /** the states to report, in order. Default: all. */
  readonly states?: readonly number[] | undefined;
  /** false: POWER only, no optimal actions. Default true. */
  readonly decide?: boolean | undefined;
  /**
   * true: rows have means over batches of samples too, from which differences to another result of the same seed get their
   * limits (power/compare.ts); not of runs that end by their widths or early, and only where there are 32 batches
   */
  readonly batches?: boolean | undefined;
  /** linear combinations whose means are wanted too, from paired samples; terms number `gammas` */
  readonly forms?: readonly LinearForm[] | undefined;
  /** called after each block with the samples done and asked for */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** ends the run: the promise is rejected with the signal's reason */
  readonly signal?: AbortSignal | undefined;
  /** true: a run that the signal ends is fulfilled with the samples finished by then, if there are any */
  readonly keepPartial?: boolean | undefined;
  /**
   * true: samples are solved on worker threads even where one is enough, so that the calling thread sees its events while
   * they are
   */
  readonly keepsFree?: boolean | undefined;
  /** where the sums are kept while the run goes on, and from where it goes on if some are there */
  readonly store?: SumsStore | undefined;
}
