/** Samples 0 … samples−1 in blocks of fixed size, in order; only the last one may be shorter. */
export interface SamplePlan {
  readonly samples: number;
  /** samples in each block but the last */
  readonly columns: number;
  readonly blocks: number;
}

/** Bytes of one state-major array of a block that a core's second-level cache holds beside its companions. */
const cacheBytes = 1 << 18;
/** Above this a block's arrays would weigh on memory rather than on the cache. */
const memoryBytes = 1 << 24;

/**
 * The number of reward functions solved together in a model of S states: a power of two between `least` and 512, so that
 * an array of S·B doubles stays in the cache as long as 64 columns do, and in 16 MB as long as `least` do. It depends on S alone:
 * threads, gammas and the number of samples must not change how samples are grouped, for sums round by group.
 */
export function blockColumns(stateCount: number, least = 16): number {
  const fitting = (bytes: number): number => bytes / (8 * stateCount);
  let columns = 512;
  while (columns > 64 && columns > fitting(cacheBytes)) columns /= 2;
  while (columns > least && columns > fitting(memoryBytes)) columns /= 2;
  return columns;
}

/**
 * The blocks of `samples` reward functions in a model of S states.
 * @param most  no block has more samples than this power of two: a Sobol set is made of whole blocks
 */
export function planSamples(stateCount: number, samples: number, most = 512): SamplePlan {
  const columns = Math.min(blockColumns(stateCount), most);
  return { samples, columns, blocks: Math.ceil(samples / columns) };
}

/** The samples first … first+count−1 of block 0 … blocks−1. */
export function blockRange(plan: SamplePlan, block: number): { first: number; count: number } {
  const first = block * plan.columns;
  return { first, count: Math.min(plan.columns, plan.samples - first) };
}
