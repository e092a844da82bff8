import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { RewardBlock } from './solution.js';
import { structureOf } from './structure.js';
import type { Task } from './task.js';

/** Rewards beyond this could overflow on the way: values are up to |R|/(1−gamma). */
const LARGEST_REWARD = 1e200;

/** A discount nearer to 1 could make values overflow. */
const SMALLEST_REST = 1e-50;

/** How solveBlock is to work. */
export interface SolveOptions {
  /** largest wanted |power − exact|, in reward units; 0: as good as doubles can say it */
  readonly tolerance: number;
  /**
   * Int32 (C): for each choice a choice of the same state that is known to be exactly as good under these rewards (its
   * class's representative, which stands for itself). Default: equal rows, mdp.choiceClass.
   */
  readonly classes?: Int32Array;
  /** whether the optimal actions are wanted */
  readonly decide: boolean;
}

/** Checks the arguments of solveBlock and makes room for its answers. @throws {RangeError} see solveBlock */
export function newTask(mdp: Mdp, block: RewardBlock, discount: Discount, options: SolveOptions): Task {
  const { columns, values } = block;
  const { stateCount, choiceCount } = mdp;
  const { tolerance, decide } = options;
  const { classes, largestReward } = checkedProblem(mdp, block, options);
  if (!(discount.gamma > 0 && discount.oneMinusGamma >= SMALLEST_REST)) {
    throw new RangeError(`gamma must be above 0 and at most 1 − 1e-50, got ${discount.text}`);
  }
  const structure = structureOf(mdp);
  return {
    structure,
    discount,
    block,
    tolerance,
    classes,
    decide,
    largestReward,
    power: new Float64Array(values.length),
    error: new Float64Array(columns),
    status: new Uint8Array(decide ? choiceCount * columns : 0),
    effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0 },
    standing: { near: new Uint8Array(structure.rowCount), policy: new Int32Array(stateCount) },
    column: new Float64Array(stateCount),
    values: new Float64Array(stateCount),
    rows: new Float64Array(structure.rowCount),
  };
}

/**
 * Checks what is the same at every gamma.
 * @returns the classes, and Float64 (B): max |R| of each column
 * @throws {RangeError} see solveBlock
 */
export function checkedProblem(
  mdp: Mdp,
  block: RewardBlock,
  options: SolveOptions,
): { classes: Int32Array; largestReward: Float64Array } {
  const { columns, values } = block;
  const { stateCount } = mdp;
  const { tolerance, classes = mdp.choiceClass } = options;
  if (!(Number.isInteger(columns) && columns >= 0 && values.length === stateCount * columns)) {
    throw new RangeError(
      `rewards: ${stateCount} states times ${columns} columns, but ${values.length} numbers`,
    );
  }
  checkClasses(mdp, classes);
  if (!(tolerance >= 0)) throw new RangeError(`tolerance must be 0 or more, got ${tolerance}`);
  const largestReward = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (!(size <= LARGEST_REWARD)) {
      throw new RangeError(
        `reward ${values[i]} of state ${Math.floor(i / columns)} is not a number up to 1e200 in size`,
      );
    }
    if (size > largestReward[i % columns]!) largestReward[i % columns] = size;
  }
  return { classes, largestReward };
}

function checkClasses({ stateCount, choiceCount, choicePtr }: Mdp, classes: Int32Array): void {
  if (classes.length !== choiceCount) {
    throw new RangeError(`classes: one for each of ${choiceCount} choices, but ${classes.length}`);
  }
  for (let s = 0; s < stateCount; s++) {
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      const representative = classes[c]!;
      const inState = representative >= choicePtr[s]! && representative < choicePtr[s + 1]!;
      if (!inState || classes[representative] !== representative) {
        throw new RangeError(
          `classes: choice ${c} has ${representative}, which represents no class of state ${s}`,
        );
      }
    }
  }
}
