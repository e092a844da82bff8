import { type Kernel, kernelOf } from './kernel/kernel.js';
import { LANES, type SweepBlock } from './kernel/sweep.js';
import { changeRounding } from './rounding.js';
import { assess, gather, loadRewards, scatter, type Task } from './task.js';

/** A column that value iteration left unfinished. */
export interface Unfinished {
  readonly column: number;
  /** Float64 (S), h */
  readonly values: Float64Array;
  /** true if its bound is down to rounding, so that more sweeps are of no use */
  readonly floor: boolean;
}

/** Between two certificates of an unfinished column its enclosure has to shrink by this factor. */
const CHECK_RATIO = 16;

/**
 * Relative value iteration on some columns of the task, each of them until its own certificate is good enough, rounding
 * stops it, or the budget is used up. A column's numbers depend on nothing but itself: it is swept and judged by its own
 * state, whatever stands beside it.
 *
 * @param start h of each column (S), or nothing: h = R
 * @param most  sweeps
 */
export function valueIteration(
  task: Task,
  columns: readonly number[],
  start: readonly Float64Array[] | undefined,
  most: number,
): Unfinished[] {
  const kernel = kernelOf(task.structure);
  const unfinished: Unfinished[] = [];
  for (let from = 0; from < columns.length; from += LANES) {
    const group = columns.slice(from, from + LANES);
    loadRewards(task, kernel.block, group);
    if (start === undefined) kernel.block.values.set(kernel.block.rewards);
    else {
      for (let b = 0; b < group.length; b++) scatter(start[from + b]!, kernel.block.values, LANES, b);
    }
    unfinished.push(...iterate(task, kernel, group, most));
  }
  return unfinished;
}

/** Value iteration on the columns that stand in the kernel. */
function iterate(task: Task, kernel: Kernel, group: readonly number[], most: number): Unfinished[] {
  const { block: swept } = kernel;
  const unfinished: Unfinished[] = [];
  // The first certificate is worth computing where the half width may be below the tolerance.
  const checkAt = new Float64Array(LANES).fill(task.tolerance > 0 ? 2 * task.tolerance : Infinity);
  const active = new Uint8Array(LANES).fill(1, 0, group.length);
  let left = group.length;
  for (let count = 1; count <= most && left > 0; count++) {
    kernel.sweep(task.discount.gamma);
    task.effort.sweeps++;
    for (let b = 0; b < group.length; b++) {
      if (active[b] === 0) continue;
      const width = swept.high[b]! - swept.low[b]!;
      if (width > checkAt[b]! && count < most) continue;
      const verdict = assess(task, swept, b, group[b]!, false);
      if (verdict !== 'more' || count === most) {
        active[b] = 0;
        left--;
      }
      if (verdict === 'done') continue;
      if (active[b] === 0) {
        const values = new Float64Array(task.structure.stateCount);
        gather(swept.values, LANES, b, values);
        unfinished.push({ column: group[b]!, values, floor: verdict === 'floor' });
      }
      checkAt[b] = Math.max(width / CHECK_RATIO, floorOf(task, swept, b, group[b]!));
    }
    const spent = swept.values;
    swept.values = swept.next;
    swept.next = spent;
  }
  return unfinished.sort((a, b) => a.column - b.column);
}

/** Twice the rounding of a change: once the width is down there, a certificate will say so. */
function floorOf(task: Task, swept: SweepBlock, b: number, column: number): number {
  let largest = 0;
  for (let s = 0, i = b; s < task.structure.stateCount; s++, i += LANES) {
    largest = Math.max(largest, Math.abs(swept.values[i]!));
  }
  const change = Math.max(Math.abs(swept.low[b]!), Math.abs(swept.high[b]!));
  return 2 * changeRounding(task.structure.longestRow, largest, task.largestReward[column]!, change);
}
