import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { valueIterationBudget } from './budget.js';
import { type Chain, emptyChain } from './chain.js';
import { climb, climbs } from './climb.js';
import { writeStatus } from './decide.js';
import { rewardClasses } from './exactly/exact-column.js';
import { provesTies } from './exactly/lump.js';
import { settleExactly } from './exactly/settle-exactly.js';
import { kernelOf } from './kernel/kernel.js';
import { LANES } from './kernel/sweep.js';
import { newTask, type SolveOptions } from './new-task.js';
import { greedyPolicy, policyIteration } from './policy-iteration.js';
import type { RewardBlock, Solution } from './solution.js';
import { assess, gather, loadRewards, scatter, type Task } from './task.js';
import { type Unfinished, valueIteration } from './value-iteration.js';

/**
 * Solves one decision process for a block of reward functions R on states, at 0 < gamma < 1:
 *
 *     V*(s) = R(s) + gamma·max_a Σ_t P(t|s,a)·V*(t),   power(s) = (1−gamma)·max_a Σ_t P(t|s,a)·V*(t).
 *
 * Values climb to their fixpoint where every row is certain; elsewhere relative value iteration while that is the cheaper
 * way; then Howard's policy iteration column by
 * column; one sweep certifies what either of them found. Columns whose bound is above the tolerance, or whose optimal
 * actions are not all proved, are settled in big integers. Every column's result is its own: the same bits in any block.
 *
 * Work per column is bounded, so a bound above the tolerance or an undecided action can be left over for huge models;
 * `error` and `status` then say so.
 *
 * @throws {RangeError} wrong lengths, a reward that is not finite or above 1e200 in size, a negative tolerance
 */
export function solveBlock(
  mdp: Mdp,
  block: RewardBlock,
  discount: Discount,
  options: SolveOptions,
): Solution {
  const task = newTask(mdp, block, discount, options);
  const all = [...new Array(block.columns).keys()];
  const chain = emptyChain(task.structure, discount);
  const budget = valueIterationBudget(task.structure);
  const left = climbs(task.structure) ? climb(task, all) : valueIteration(task, all, undefined, budget.first);
  const solved: Unfinished[] = [];
  const tooLarge: Unfinished[] = [];
  for (const item of left) {
    if (item.floor || improve(task, chain, item)) solved.push(item);
    else tooLarge.push(item);
  }
  if (tooLarge.length > 0) {
    const columns = tooLarge.map(({ column }) => column);
    const start = tooLarge.map(({ values }) => values);
    solved.push(...valueIteration(task, columns, start, budget.most));
  }
  finish(task, chain, solved);
  const { power, error, status, effort } = task;
  return { power, error, status, effort };
}

/** Replaces the values of a column by those of policy iteration, centred; false if its chains are too large for that. */
function improve(task: Task, chain: Chain, { column, values }: Unfinished): boolean {
  const { block, column: rewards } = task;
  gather(block.values, block.columns, column, rewards);
  let least = Infinity;
  for (const reward of rewards) if (reward < least) least = reward;
  for (let s = 0; s < rewards.length; s++) rewards[s] = rewards[s]! - least;
  greedyPolicy(task.structure, values, chain.policy);
  const rounds = policyIteration(chain, rewards, task.values);
  if (rounds < 0) return false;
  task.effort.policyIterations += rounds;
  task.effort.finished++;
  let [low, high] = [Infinity, -Infinity];
  for (const value of task.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const middle = low / 2 + high / 2;
  for (let s = 0; s < values.length; s++) values[s] = task.values[s]! - middle;
  return true;
}

/** Certifies each column by one sweep from its values, and settles exactly what that leaves open. */
function finish(task: Task, chain: Chain, items: readonly Unfinished[]): void {
  const { structure, discount } = task;
  const kernel = kernelOf(structure);
  for (let from = 0; from < items.length; from += LANES) {
    const chunk = items.slice(from, from + LANES);
    loadRewards(
      task,
      kernel.block,
      chunk.map(({ column }) => column),
    );
    chunk.forEach(({ values }, b) => {
      scatter(values, kernel.block.values, LANES, b);
    });
    kernel.sweep(discount.gamma);
    task.effort.sweeps++;
    chunk.forEach(({ column }, b) => {
      if (assess(task, kernel.block, b, column, true) !== 'done') settle(task, chain, column);
    });
  }
}

/** The last resort for a column just assessed: ties by lumping if its bound is good enough, else big integers. */
function settle(task: Task, chain: Chain, column: number): void {
  const { structure, classes, standing, block } = task;
  if (task.decide && task.error[column]! <= task.tolerance) {
    const equal = rewardClasses(block, column, structure.stateCount);
    if (provesTies(structure, classes, equal, standing)) {
      writeStatus(structure, classes, standing, true, task.status, column, block.columns);
      return;
    }
  }
  greedyPolicy(structure, task.column, chain.policy);
  settleExactly(task, chain, column);
}
