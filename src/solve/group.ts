import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { certainValues } from './certain-values.js';
import { climbs } from './climb.js';
import { classRows } from './kernel/class-rows.js';
import { type ClassRows, type Kernel, kernelOf } from './kernel/kernel.js';
import type { Reduction } from './kernel/reduction.js';
import { LANES } from './kernel/sweep.js';
import { relaxTo, startRelaxing } from './relaxation.js';
import { changeRounding, gapBound, pathGapBound, powerError, rowNoise } from './rounding.js';
import { type Structure, structureOf } from './structure.js';

/** The ways of solving eight reward functions at once. */
export type GroupSolver = 'climbing' | 'sweeps' | 'policies' | 'gauss-seidel';

/** Eight reward functions at a time, at one gamma: what is asked of the kernel, and what it found. */
export interface Group {
  readonly structure: Structure;
  readonly kernel: Kernel;
  readonly discount: Discount;
  readonly tolerance: number;
  readonly decide: boolean;
  readonly classes: ClassRows;
  /** (8): certified error of the POWER samples, in reward units */
  readonly error: Float64Array;
  /** sweeps after which value iteration gives up */
  mostSweeps: number;
  /** counted: sweeps over the eight, those in single precision as halves; rounds of policy iteration over the eight */
  sweeps: number;
  rounds: number;
}

const ALL = 2 ** LANES - 1;
/** Sweeps before the certificate is given up, where sweeping is the way. */
const MOST_SWEEPS = 2000;
/** Sweeps that policy iteration starts from, and rounds it may take. */
const PREPARING = 4;
const MOST_ROUNDS = 30;
/** Between two certificates of a column that is not accurate its enclosure has to shrink by this factor. */
const CHECK_RATIO = 8;
/** Of the enclosure that would decide a column if its gaps stayed as they are, the part that is waited for. */
const NEAR_ENOUGH = 0.75;

/**
 * Gets ready for groups of reward functions.
 * @param classes    Int32 (C), see solveBlock; absent if nothing is to be decided
 * @param reduction  what is done with the samples before they are added up; absent: nothing
 */
export function newGroup(
  mdp: Mdp,
  discount: Discount,
  tolerance: number,
  classes?: Int32Array,
  reduction?: Reduction,
): Group {
  const structure = structureOf(mdp);
  return {
    structure,
    kernel: kernelOf(structure, reduction),
    discount,
    tolerance,
    decide: classes !== undefined,
    classes: classRows(structure, classes ?? mdp.choiceClass),
    error: new Float64Array(LANES),
    mostSweeps: MOST_SWEEPS,
    sweeps: 0,
    rounds: 0,
  };
}

/** The solvers that a model allows, in the order in which they are tried. */
export function groupSolvers({ structure, kernel }: Group): GroupSolver[] {
  if (climbs(structure)) return ['climbing'];
  const found: GroupSolver[] = kernel.iteratePolicies === undefined ? [] : ['policies'];
  return [...found, 'sweeps', 'gauss-seidel'];
}

/**
 * Solves the rewards that stand in the kernel; sweeps begin with h = block.values. What is found is certified by one sweep
 * of the original operator, however it was found. After it, block.best has max_a P_a h; `powers` with offsets(b) = the
 * middle of the change makes POWER samples of it. A column's numbers may depend on the other seven.
 *
 * @returns bit b: POWER of column b is within the tolerance, and (if asked for) each state's only optimal class is proved
 */
export function solveGroup(group: Group, solver: GroupSolver): number {
  const { kernel, discount } = group;
  if (solver === 'climbing') return climbAndJudge(group);
  kernel.measure('rewards');
  if (solver === 'sweeps') return sweepUntilProved(group);
  if (solver === 'gauss-seidel') return relaxUntilProved(group);
  kernel.block.values.set(kernel.block.rewards);
  for (let count = 0; count < PREPARING; count++) advance(group);
  const noise = rowNoise(group.structure.longestRow, 1);
  group.rounds += kernel.iteratePolicies!(discount.gamma, noise, MOST_ROUNDS);
  return certifyValues(group);
}

/** Values of a model in which every row is certain, and the one pass that certifies and decides them. */
function climbAndJudge(group: Group): number {
  const { structure, kernel, discount, decide } = group;
  const { sweeps, rounds } = certainValues(structure, kernel, discount);
  group.rounds += rounds;
  const isCompared = kernel.judge(discount.gamma, decide);
  group.sweeps += sweeps + 1;
  return certify(group, () => {
    if (isCompared) return openColumns(kernel);
    kernel.centre();
    return kernel.decide();
  });
}

/** Bit b: in column b some state has a second row within the bound of its best. */
function openColumns({ gaps, bounds }: Kernel): number {
  let open = 0;
  for (let b = 0; b < LANES; b++) if (gaps[b]! <= bounds[b]!) open |= 1 << b;
  return open;
}

/** One sweep whose result becomes h. */
function advance(group: Group): void {
  group.kernel.sweep(group.discount.gamma);
  group.sweeps++;
  turn(group.kernel);
}

function turn({ block }: Kernel): void {
  const { values } = block;
  block.values = block.next;
  block.next = values;
}

const target = new Float64Array(LANES);

/** Relative value iteration (sweep.ts) until all columns are proved, or are down to rounding, or the sweeps are used up. */
function sweepUntilProved(group: Group): number {
  const { kernel, tolerance, discount, mostSweeps } = group;
  const { block } = kernel;
  target.fill(2 * tolerance);
  for (let count = 1; ; count++) {
    kernel.sweep(discount.gamma);
    group.sweeps++;
    let wide = false;
    for (let b = 0; b < LANES; b++) if (block.high[b]! - block.low[b]! > target[b]!) wide = true;
    if (!wide || count >= mostSweeps) {
      kernel.measure('values');
      const done = certify(group, () => kernel.decide());
      if (done === ALL || count >= mostSweeps || aimLower(group, done)) return done;
    }
    turn(kernel);
  }
}

/** Gauss–Seidel sweeps (relaxation.ts) until all columns are proved, or are down to rounding, or the sweeps are used up. */
function relaxUntilProved(group: Group): number {
  const { kernel, tolerance, discount, structure, mostSweeps } = group;
  const { block, rewardSize } = kernel;
  const relaxed = { relaxing: kernel.relaxing!, block, rewardSize };
  startRelaxing(block, discount);
  target.fill(2 * tolerance);
  for (let left = mostSweeps; ; ) {
    const { sweeps, isFloor } = relaxTo(relaxed, structure, discount, target, left);
    group.sweeps += sweeps;
    left -= sweeps;
    const first = block.values.slice(0, LANES);
    const done = certifyValues(group);
    if (done === ALL || left <= 0 || isFloor || aimLower(group, done)) return done;
    const { values } = block;
    for (let i = 0; i < values.length; i++) values[i] = values[i]! + first[i % LANES]!;
  }
}

/** Sets the widths that the columns that were not proved have to shrink to. @returns whether all of them are down to rounding */
function aimLower(group: Group, done: number): boolean {
  const { kernel, structure } = group;
  const { block, rewardSize, valueSize } = kernel;
  let stuck = true;
  for (let b = 0; b < LANES; b++) {
    if ((done >>> b) & 1) continue;
    const [low, high] = [block.low[b]!, block.high[b]!];
    const change = Math.max(Math.abs(low), Math.abs(high));
    const floor = 2 * changeRounding(structure.longestRow, valueSize[b]!, rewardSize[b]!, change);
    if (high - low > floor) stuck = false;
    target[b] = Math.max((high - low) * shrinking(group, b), floor);
  }
  return stuck;
}

/** By how much the enclosure of a column that was not proved has to shrink before it is worth another certificate. */
function shrinking({ kernel, error, tolerance, decide }: Group, b: number): number {
  const undecided = decide && error[b]! <= tolerance;
  return undecided ? Math.min(kernel.gaps[b]! / kernel.bounds[b]!, 1) * NEAR_ENOUGH : 1 / CHECK_RATIO;
}

/** Certifies what stands in block.values, however it was found, by a sweep; they are centred for it. */
function certifyValues(group: Group): number {
  const { kernel, discount } = group;
  kernel.centre();
  kernel.sweep(discount.gamma);
  group.sweeps++;
  kernel.measure('values');
  return certify(group, () => kernel.decide());
}

/** Judges the swept columns by their certificates: writes errors, offsets and, if asked for, what decisions need. */
function certify(group: Group, undecided: () => number): number {
  const { kernel, discount, structure, error, tolerance } = group;
  const { block, rewardSize, valueSize, bounds, offsets } = kernel;
  const { longestRow } = structure;
  const { oneMinusGamma } = discount;
  const { isAcyclic, longestPath } = kernel.climbing;
  let accurate = 0;
  for (let b = 0; b < LANES; b++) {
    const low = block.low[b]!;
    const high = block.high[b]!;
    const reward = rewardSize[b]!;
    const value = valueSize[b]!;
    offsets[b] = low / 2 + high / 2;
    error[b] = powerError(longestRow, value, reward, low, high, oneMinusGamma);
    if (error[b]! <= tolerance) accurate |= 1 << b;
    if (!group.decide) continue;
    bounds[b] = gapBound(longestRow, value, reward, low, high, oneMinusGamma);
    if (!isAcyclic) continue;
    bounds[b] = Math.min(bounds[b]!, pathGapBound(longestPath, value, reward, oneMinusGamma));
  }
  return group.decide && accurate !== 0 ? accurate & ~undecided() : accurate;
}
