/**
 * What is done with the solved samples of a block inside the kernel, before they are added up: control variates are taken
 * off, states are averaged over sets, and choices counted over sets. One object for a run: the kernel is made for it.
 */
export interface Reduction {
  /** Int32 (sets + 1) into `members`, Int32 (S): the states of each set, in ascending order */
  readonly setPtr: Int32Array;
  readonly members: Int32Array;
  /** absent: no control variates */
  readonly controls?: ReachedStates | undefined;
  /** sets of rows whose optimality is counted together; absent if optimal actions are not asked for */
  readonly shares?: ShareSets | undefined;
  /** rewards are Sobol points, drawn in the kernel */
  readonly sobol: boolean;
}

/** A reduction that leaves samples as they are. */
export function noReduction(stateCount: number, others: Pick<Reduction, 'controls' | 'sobol'>): Reduction {
  const setPtr = Int32Array.from({ length: stateCount + 1 }, (_, s) => s);
  return { setPtr, members: setPtr.slice(0, stateCount), ...others };
}

/** What the control variates of all states are made from (reach.ts). */
export interface ReachedStates {
  /** Int32 (S+1) into `state`, Int32: the distinct states that are one step from each state, at least one */
  readonly ptr: Int32Array;
  readonly state: Int32Array;
  /** what rewards are counted from */
  readonly floor: number;
}

/** How much of the control variate of each state is taken off, at one discount factor. */
export interface ControlTerm {
  /** of a step further */
  readonly factor: number;
  /** Float64 (S) each */
  readonly coefficients: Float64Array;
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
