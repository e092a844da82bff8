import { type Kernel, kernelOf } from './kernel.js';
import type { Structure } from './structure.js';
import { LANES } from './sweep.js';
import { assess, gather, loadRewards, type Task } from './task.js';
import type { Unfinished } from './value-iteration.js';

/** Sweeps that climbing may take; grids of some thousand states take about twenty. */
const MOST_SWEEPS = 200;

/** Whether values can be found by climbing: every row is certain. */
export function climbs(structure: Structure): boolean {
  return structure.longestRow === 1;
}

/**
 * Values of deterministic models without going round in circles: a state that can stay is worth at least R/(1 − gamma), two
 * states that lead to each other at least (R(s) + gamma·R(t))/(1 − gamma²), and from these lower bounds values rise in place
 * until nothing changes. That is after about as many sweeps as the best way changes its direction, whatever gamma is,
 * where every circle worth going round has one or two states; other circles are left to policy iteration.
 *
 * @returns the columns whose certificate is not good enough
 */
export function climb(task: Task, columns: readonly number[]): Unfinished[] {
  const { structure, discount } = task;
  const kernel = kernelOf(structure);
  const unfinished: Unfinished[] = [];
  for (let from = 0; from < columns.length; from += LANES) {
    const group = columns.slice(from, from + LANES);
    loadRewards(task, kernel.block, group);
    startLow(task, kernel);
    const sweeps = kernel.climb(discount.gamma, MOST_SWEEPS);
    centre(kernel.block.values, structure.stateCount);
    kernel.sweep(discount.gamma);
    task.effort.sweeps += Math.min(sweeps, MOST_SWEEPS) + 1;
    for (let b = 0; b < group.length; b++) {
      const verdict = assess(task, kernel.block, b, group[b]!, false);
      if (verdict === 'done') continue;
      const values = new Float64Array(structure.stateCount);
      gather(kernel.block.values, LANES, b, values);
      unfinished.push({ column: group[b]!, values, floor: verdict === 'floor' });
    }
  }
  return unfinished;
}

const least = new Float64Array(LANES);
const greatest = new Float64Array(LANES);

/** Lower bounds of V to climb from. */
function startLow({ structure, discount }: Task, { block, climbing }: Kernel): void {
  const { rewards, values } = block;
  const { canStay, pairs } = climbing;
  const { gamma, oneMinusGamma } = discount;
  extremes(rewards, structure.stateCount);
  for (let s = 0; s < structure.stateCount; s++) {
    const at = s * LANES;
    if (canStay[s] === 1) for (let b = 0; b < LANES; b++) values[at + b] = rewards[at + b]! / oneMinusGamma;
    else for (let b = 0; b < LANES; b++) values[at + b] = least[b]! / oneMinusGamma;
  }
  const round = oneMinusGamma * (1 + gamma);
  for (let p = 0; p < pairs.length; p += 2) {
    for (let b = 0; b < LANES; b++) {
      const s = pairs[p]! * LANES + b;
      const t = pairs[p + 1]! * LANES + b;
      values[s] = Math.max(values[s]!, (rewards[s]! + gamma * rewards[t]!) / round);
      values[t] = Math.max(values[t]!, (rewards[t]! + gamma * rewards[s]!) / round);
    }
  }
}

/** Moves every column so that its least and greatest value have the same size: what is small rounds little. */
function centre(values: Float64Array, stateCount: number): void {
  extremes(values, stateCount);
  for (let b = 0; b < LANES; b++) least[b] = least[b]! / 2 + greatest[b]! / 2;
  for (let s = 0; s < stateCount; s++) {
    const at = s * LANES;
    for (let b = 0; b < LANES; b++) values[at + b] = values[at + b]! - least[b]!;
  }
}

/** The least and greatest entry of every column. */
function extremes(rows: Float64Array, stateCount: number): void {
  least.fill(Infinity);
  greatest.fill(-Infinity);
  for (let s = 0; s < stateCount; s++) {
    for (let b = 0; b < LANES; b++) {
      const value = rows[s * LANES + b]!;
      if (value < least[b]!) least[b] = value;
      if (value > greatest[b]!) greatest[b] = value;
    }
  }
}
