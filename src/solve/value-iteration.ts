import { type Kernel, LANES, wasmKernel } from './kernel-wasm.js';
import { changeRounding } from './rounding.js';
import { type SweepBlock, sweep, sweepBlock } from './sweep.js';
import { assess, gather, scatter, type Task } from './task.js';

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
 * state, and leaving columns are taken out of the block without touching the others.
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
  const kernel = wasmKernel(task.structure);
  const width = kernel === null ? columns.length : LANES;
  const unfinished: Unfinished[] = [];
  for (let from = 0; from < columns.length; from += width) {
    const group = columns.slice(from, from + width);
    unfinished.push(...iterate(task, kernel, group, start?.slice(from, from + width), most));
  }
  return unfinished;
}

/** Value iteration on as many columns as are swept together. */
function iterate(
  task: Task,
  kernel: Kernel | null,
  columns: readonly number[],
  start: readonly Float64Array[] | undefined,
  most: number,
): Unfinished[] {
  const { structure, block } = task;
  const { stateCount } = structure;
  const unfinished: Unfinished[] = [];
  const scratch = new Float64Array(stateCount);
  let ids = [...columns];
  let swept = kernel?.block ?? sweepBlock(stateCount, ids.length);
  // The first certificate is worth computing where the half width may be below the tolerance.
  let checkAt = new Float64Array(ids.length).fill(task.tolerance > 0 ? 2 * task.tolerance : Infinity);
  let active = new Uint8Array(ids.length).fill(1);
  let left = ids.length;
  ids.forEach((column, b) => {
    gather(block.values, block.columns, column, scratch);
    scatter(scratch, swept.rewards, swept.columns, b);
    scatter(start?.[b] ?? scratch, swept.values, swept.columns, b);
  });

  for (let count = 1; count <= most && left > 0; count++) {
    if (kernel === null) sweep(structure, task.discount.gamma, swept);
    else kernel.sweep(task.discount.gamma);
    task.effort.sweeps++;
    for (let b = 0; b < ids.length; b++) {
      if (active[b] === 0) continue;
      const width = swept.high[b]! - swept.low[b]!;
      if (width > checkAt[b]! && count < most) continue;
      const verdict = assess(task, swept, b, ids[b]!, false);
      if (verdict !== 'more' || count === most) {
        active[b] = 0;
        left--;
      }
      if (verdict === 'done') continue;
      if (active[b] === 0) {
        const values = new Float64Array(stateCount);
        gather(swept.values, swept.columns, b, values);
        unfinished.push({ column: ids[b]!, values, floor: verdict === 'floor' });
      }
      checkAt[b] = Math.max(width / CHECK_RATIO, floorOf(task, swept, b, ids[b]!));
    }
    const spent = swept.values;
    swept.values = swept.next;
    swept.next = spent;
    if (kernel === null && left > 0 && left <= ids.length / 2) {
      const kept = [...ids.keys()].filter((b) => active[b] === 1);
      swept = keepColumns(swept, kept, stateCount);
      ids = kept.map((b) => ids[b]!);
      checkAt = Float64Array.from(kept, (b) => checkAt[b]!);
      active = new Uint8Array(kept.length).fill(1);
    }
  }
  return unfinished.sort((a, b) => a.column - b.column);
}

/** Twice the rounding of a change: once the width is down there, a certificate will say so. */
function floorOf(task: Task, swept: SweepBlock, b: number, column: number): number {
  let largest = 0;
  for (let s = 0, i = b; s < task.structure.stateCount; s++, i += swept.columns) {
    largest = Math.max(largest, Math.abs(swept.values[i]!));
  }
  const change = Math.max(Math.abs(swept.low[b]!), Math.abs(swept.high[b]!));
  return 2 * changeRounding(task.structure.longestRow, largest, task.largestReward[column]!, change);
}

/** A narrower block with these columns of `swept`, bit for bit. */
function keepColumns(swept: SweepBlock, kept: readonly number[], stateCount: number): SweepBlock {
  const narrow = sweepBlock(stateCount, kept.length);
  for (let s = 0; s < stateCount; s++) {
    for (let n = 0; n < kept.length; n++) {
      narrow.rewards[s * kept.length + n] = swept.rewards[s * swept.columns + kept[n]!]!;
      narrow.values[s * kept.length + n] = swept.values[s * swept.columns + kept[n]!]!;
    }
  }
  return narrow;
}
