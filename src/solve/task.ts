import type { Discount } from '../number/discount.js';
import { compareRows, type Standing, writeStatus } from './decide.js';
import { LANES, type SweepBlock } from './kernel/sweep.js';
import { changeRounding, gapBound, pathGapBound, powerError } from './rounding.js';
import type { RewardBlock, Solution } from './solution.js';
import type { Structure } from './structure.js';

/** One call of solveBlock: the question, the place for the answers, and scratch arrays shared by its steps. */
export interface Task extends Pick<Solution, 'power' | 'error' | 'status' | 'effort'> {
  readonly structure: Structure;
  readonly discount: Discount;
  readonly block: RewardBlock;
  readonly tolerance: number;
  /** Int32 (C) */
  readonly classes: Int32Array;
  readonly decide: boolean;
  /** Float64 (B): max |R| of each column */
  readonly largestReward: Float64Array;
  readonly standing: Standing;
  /** scratch (S), (S) and (D) */
  readonly column: Float64Array;
  readonly values: Float64Array;
  readonly rows: Float64Array;
}

/** What a certificate says of a column: all asked for is proved; rounding stops further progress; neither. */
type Verdict = 'done' | 'floor' | 'more';

/** Copies column b of a state-major block into `column` (S). */
export function gather(from: Float64Array, columns: number, b: number, column: Float64Array): void {
  for (let s = 0, i = b; s < column.length; s++, i += columns) column[s] = from[i]!;
}

/** Copies `column` (S) into column b of a state-major block. */
export function scatter(column: Float64Array, into: Float64Array, columns: number, b: number): void {
  for (let s = 0, i = b; s < column.length; s++, i += columns) into[i] = column[s]!;
}

/** Copies up to eight columns of the task's rewards into a kernel's block; lanes without a column get zeros. */
export function loadRewards({ block, structure }: Task, into: SweepBlock, group: readonly number[]): void {
  const { values, columns } = block;
  const first = group[0]!;
  const adjacent = group.length === LANES && group[LANES - 1] === first + LANES - 1;
  if (!adjacent) into.rewards.fill(0);
  for (let s = 0; s < structure.stateCount; s++) {
    const to = s * LANES;
    const from = s * columns;
    if (adjacent) for (let b = 0; b < LANES; b++) into.rewards[to + b] = values[from + first + b]!;
    else for (let b = 0; b < group.length; b++) into.rewards[to + b] = values[from + group[b]!]!;
  }
}

/**
 * Judges column b of a swept block by its certificate, and records power, error and statuses of the reward function
 * `column` if all that was asked for is proved, or if `always`.
 *
 * @param longestPath  of a model that values were found of by one pass back, see pathGapBound; absent for others
 */
export function assess(
  task: Task,
  swept: SweepBlock,
  b: number,
  column: number,
  always: boolean,
  longestPath?: number,
): Verdict {
  const { structure, discount, largestReward, standing } = task;
  const { columns, values, best } = swept;
  const low = swept.low[b]!;
  const high = swept.high[b]!;
  const { longestRow, stateCount } = structure;
  const { oneMinusGamma } = discount;
  gather(values, columns, b, task.column);
  let largest = 0;
  for (let s = 0; s < stateCount; s++) {
    const size = Math.abs(task.column[s]!);
    if (size > largest) largest = size;
  }
  const reward = largestReward[column]!;
  const error = powerError(longestRow, largest, reward, low, high, oneMinusGamma);
  const accurate = error <= task.tolerance;
  let open = 0;
  if (task.decide && (accurate || always)) {
    const general = gapBound(longestRow, largest, reward, low, high, oneMinusGamma);
    const bound =
      longestPath === undefined
        ? general
        : Math.min(general, pathGapBound(longestPath, largest, reward, oneMinusGamma));
    open = compareRows(structure, task.classes, task.column, bound, standing, task.rows);
  }
  const done = accurate && open === 0;
  if (done || always) {
    const middle = low / 2 + high / 2;
    for (let s = 0; s < stateCount; s++) {
      task.power[s * task.block.columns + column] = oneMinusGamma * best[s * columns + b]! + middle;
    }
    task.error[column] = error;
    if (task.decide) {
      writeStatus(structure, task.classes, standing, false, task.status, column, task.block.columns);
    }
  }
  if (done) return 'done';
  const change = Math.max(Math.abs(low), Math.abs(high));
  return high - low <= 2 * changeRounding(longestRow, largest, reward, change) ? 'floor' : 'more';
}
