import { certainValues } from './certain-values.js';
import { kernelOf } from './kernel/kernel.js';
import { LANES } from './kernel/sweep.js';
import type { Structure } from './structure.js';
import { assess, gather, loadRewards, type Task } from './task.js';
import type { Unfinished } from './value-iteration.js';

/** Whether values can be found by climbing: every row is certain. */
export function climbs(structure: Structure): boolean {
  return structure.longestRow === 1;
}

/**
 * Values of deterministic models without going round in circles: a state that can stay is worth at least R/(1 − gamma), a
 * state on a circle what going round it for ever is worth, and from these lower bounds values rise in place until nothing
 * changes. That is after about as many sweeps as the best way changes its direction, whatever gamma is, as long as all
 * circles worth going round are listed; where there are too many of them, policy iteration goes on from there.
 *
 * @returns the columns whose certificate is not good enough
 */
export function climb(task: Task, columns: readonly number[]): Unfinished[] {
  const { structure, discount } = task;
  const kernel = kernelOf(structure);
  const { isAcyclic, longestPath } = kernel.climbing;
  const unfinished: Unfinished[] = [];
  for (let from = 0; from < columns.length; from += LANES) {
    const group = columns.slice(from, from + LANES);
    loadRewards(task, kernel.block, group);
    const { sweeps, rounds } = certainValues(structure, kernel, discount);
    kernel.centre();
    kernel.sweep(discount.gamma);
    task.effort.sweeps += sweeps + 1;
    task.effort.policyIterations += rounds;
    for (let b = 0; b < group.length; b++) {
      const verdict = assess(task, kernel.block, b, group[b]!, false, isAcyclic ? longestPath : undefined);
      if (verdict === 'done') continue;
      const values = new Float64Array(structure.stateCount);
      gather(kernel.block.values, LANES, b, values);
      unfinished.push({ column: group[b]!, values, floor: verdict === 'floor' });
    }
  }
  return unfinished;
}
