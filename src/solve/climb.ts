import { type Kernel, LANES, wasmKernel } from './kernel-wasm.js';
import type { Structure } from './structure.js';
import { assess, gather, type Task } from './task.js';
import type { Unfinished } from './value-iteration.js';

/** Sweeps that climbing may take; grids of some thousand states take about twenty. */
const MOST_SWEEPS = 200;

/** Whether the values of a model can be found by climbing: every row is certain, and the SIMD kernel is there. */
export function climbs(structure: Structure): boolean {
  return structure.longestRow === 1 && wasmKernel(structure) !== null;
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
  const kernel = wasmKernel(task.structure)!;
  const unfinished: Unfinished[] = [];
  for (let from = 0; from < columns.length; from += LANES) {
    const group = columns.slice(from, from + LANES);
    loadRewards(task, kernel, group);
    startLow(task, kernel);
    const sweeps = kernel.climb(task.discount.gamma, MOST_SWEEPS);
    centre(kernel.block.values, task.structure.stateCount);
    kernel.sweep(task.discount.gamma);
    task.effort.sweeps += Math.min(sweeps, MOST_SWEEPS) + 1;
    for (let b = 0; b < group.length; b++) {
      const verdict = assess(task, kernel.block, b, group[b]!, false);
      if (verdict === 'done') continue;
      const values = new Float64Array(task.structure.stateCount);
      gather(kernel.block.values, LANES, b, values);
      unfinished.push({ column: group[b]!, values, floor: verdict === 'floor' });
    }
  }
  return unfinished;
}

/** Copies up to eight columns of rewards into the kernel; lanes without a column get zeros. */
function loadRewards({ block, structure }: Task, kernel: Kernel, group: readonly number[]): void {
  const { rewards } = kernel.block;
  const { values, columns } = block;
  const first = group[0]!;
  const adjacent = group.length === LANES && group[LANES - 1] === first + LANES - 1;
  if (!adjacent) rewards.fill(0);
  for (let s = 0; s < structure.stateCount; s++) {
    const [into, from] = [s * LANES, s * columns];
    if (adjacent) for (let b = 0; b < LANES; b++) rewards[into + b] = values[from + first + b]!;
    else for (let b = 0; b < group.length; b++) rewards[into + b] = values[from + group[b]!]!;
  }
}

/** Lower bounds of V to climb from. */
function startLow({ structure, discount }: Task, kernel: Kernel): void {
  const { rewards, values } = kernel.block;
  const { canStay, pairs } = kernel.climbing;
  const { gamma, oneMinusGamma } = discount;
  const least = new Float64Array(LANES).fill(Infinity);
  for (let i = 0; i < rewards.length; i++)
    if (rewards[i]! < least[i % LANES]!) least[i % LANES] = rewards[i]!;
  for (let s = 0; s < structure.stateCount; s++) {
    for (let b = 0; b < LANES; b++) {
      const i = s * LANES + b;
      values[i] = (canStay[s] === 1 ? rewards[i]! : least[b]!) / oneMinusGamma;
    }
  }
  const round = oneMinusGamma * (1 + gamma);
  for (let p = 0; p < pairs.length; p += 2) {
    for (let b = 0; b < LANES; b++) {
      const [s, t] = [pairs[p]! * LANES + b, pairs[p + 1]! * LANES + b];
      values[s] = Math.max(values[s]!, (rewards[s]! + gamma * rewards[t]!) / round);
      values[t] = Math.max(values[t]!, (rewards[t]! + gamma * rewards[s]!) / round);
    }
  }
}

/** Moves every column so that its least and greatest value have the same size: what is small rounds little. */
function centre(values: Float64Array, stateCount: number): void {
  const low = new Float64Array(LANES).fill(Infinity);
  const high = new Float64Array(LANES).fill(-Infinity);
  for (let i = 0; i < stateCount * LANES; i++) {
    if (values[i]! < low[i % LANES]!) low[i % LANES] = values[i]!;
    if (values[i]! > high[i % LANES]!) high[i % LANES] = values[i]!;
  }
  for (let b = 0; b < LANES; b++) low[b] = low[b]! / 2 + high[b]! / 2;
  for (let i = 0; i < stateCount * LANES; i++) values[i] = values[i]! - low[i % LANES]!;
}
