/**
 * What is done with the solved samples of a block inside the kernel, before they are added up: control variates are taken
 * off, states are averaged over sets, and choices counted over sets. One object for a run: the kernel is made for it.
 */
export interface Reduction {
  /** Int32 (sets + 1) into `members`, Int32 (S): the states of each set, in ascending order */
  readonly setPtr: Int32Array;
  readonly members: Int32Array;
  /** absent: no control variates */
  readonly controls?: ReductionControls | undefined;
  /** sets of rows whose optimality is counted together; absent if optimal actions are not asked for */
  readonly shares?: ShareSets | undefined;
  /** rewards are Sobol points, drawn in the kernel */
  readonly sobol: boolean;
}

/** The greatest rewards within some steps, radius by radius (power/controls.ts). */
interface ReductionControls {
  /**
   * Control k of state s is the greatest control k − 1 (reward, for k = 0) of the states ptr[s] … ptr[s+1]−1 in `state`,
   * Int32 (S+1) and Int32; at least one
   */
  readonly levels: readonly { readonly ptr: Int32Array; readonly state: Int32Array }[];
  /** Float64 (levels · S), level-major */
  readonly means: Float64Array;
}

/** 32-bit words of the table of a Sobol dimension (SobolTables in kernel.ts). */
export const SOBOL_WORDS = 68;

/** Sets of the rows that decisions compare (ClassRows). */
export interface ShareSets {
  /** Int32 (n+1) into `rows`, Int32: places in ClassRows.rows; a row may stand more than once */
  readonly ptr: Int32Array;
  readonly rows: Int32Array;
}

/** Int32 (n+1): where the histogram of each share set begins, which has a place for each number of rows from 0. */
export function histogramPlaces({ ptr }: ShareSets): Int32Array {
  return ptr.map((from, set) => from + set);
}
