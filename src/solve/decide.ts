import { rowValue } from './policy-iteration.js';
import { Status } from './solution.js';
import type { Structure } from './structure.js';

/** What is known of the rows of one reward function while it is being decided. */
export interface Standing {
  /** Uint8 (D): 1 if the row may be optimal, 0 if it is certainly not */
  readonly near: Uint8Array;
  /** Int32 (S): a row that may be optimal, the best by the values at hand */
  readonly policy: Int32Array;
}

/**
 * Compares the rows of every state by their computed P_r h: a row more than `bound` below the best is certainly not
 * optimal, if `bound` is proved (see gapBound).
 *
 * @param classes Int32 (C), see solveBlock
 * @returns how many states are left with near rows of more than one class
 */
export function compareRows(
  structure: Structure,
  classes: Int32Array,
  values: Float64Array,
  bound: number,
  { near, policy }: Standing,
  scratch: Float64Array,
): number {
  const { stateCount, statePtr } = structure;
  let open = 0;
  for (let s = 0; s < stateCount; s++) {
    const start = statePtr[s]!;
    const end = statePtr[s + 1]!;
    if (end - start === 1) {
      near[start] = 1;
      policy[s] = start;
      continue;
    }
    let best = start;
    for (let r = start; r < end; r++) {
      scratch[r] = rowValue(structure, r, values);
      if (scratch[r]! > scratch[best]!) best = r;
    }
    policy[s] = best;
    for (let r = start; r < end; r++) near[r] = scratch[best]! - scratch[r]! > bound ? 0 : 1;
    if (isOpen(structure, classes, near, s, best)) open++;
  }
  return open;
}

/** Whether a near row of state s is of another class than the policy's row. */
export function isOpen(
  structure: Structure,
  classes: Int32Array,
  near: Uint8Array,
  s: number,
  row: number,
): boolean {
  const { statePtr, choiceOfRow } = structure;
  const own = classes[choiceOfRow[row]!]!;
  for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
    if (near[r] === 1 && classes[choiceOfRow[r]!] !== own) return true;
  }
  return false;
}

/**
 * The statuses of one column from its near rows.
 *
 * @param proved true if all near rows are known to be optimal; else a state with near rows of several classes has all of
 *               them undecided
 */
export function writeStatus(
  structure: Structure,
  classes: Int32Array,
  { near, policy }: Standing,
  proved: boolean,
  status: Uint8Array,
  column: number,
  columns: number,
): void {
  const { mdp, stateCount, rowOfChoice } = structure;
  for (let s = 0; s < stateCount; s++) {
    const open = !proved && isOpen(structure, classes, near, s, policy[s]!);
    const first = mdp.choicePtr[s]!;
    const end = mdp.choicePtr[s + 1]!;
    // A class is as good as each of its rows: one that is certainly not optimal speaks for all.
    for (let c = first; c < end; c++) status[c * columns + column] = 1;
    for (let c = first; c < end; c++) {
      if (near[rowOfChoice[c]!] === 0) status[classes[c]! * columns + column] = 0;
    }
    let optimalClasses = 0;
    for (let c = first; c < end; c++) {
      if (classes[c] === c && status[c * columns + column] === 1) optimalClasses++;
    }
    const optimal = open ? Status.undecided : optimalClasses > 1 ? Status.tied : Status.unique;
    // Representatives last: the others read them.
    for (let c = end - 1; c >= first; c--) {
      const mayBeOptimal = status[classes[c]! * columns + column] === 1;
      status[c * columns + column] = mayBeOptimal ? optimal : Status.notOptimal;
    }
  }
}
