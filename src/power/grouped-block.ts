import { emptyMoments, type Moments } from '../number/moments.js';
import type { RewardSource } from '../rewards/source.js';
import { chooseSolver } from '../solve/choose-solver.js';
import { type Group, type GroupSolver, newGroup, solveGroup } from '../solve/group.js';
import type { Kernel } from '../solve/kernel.js';
import { LANES } from '../solve/sweep.js';
import type { BlockSums } from './block.js';
import { type ChoiceCounts, emptyChoiceCounts } from './choice-counts.js';
import { emptyModes, type Modes, modesOfBlock } from './mode.js';
import { blockColumns } from './plan.js';
import type { GammaJob, SampleJob } from './solved-samples.js';

/** A block of samples at one gamma, summed without looking at each of them in JavaScript. */
interface GroupedBlock {
  /** sums over the samples that were proved */
  readonly sums: BlockSums;
  /** the other samples, to be solved one by one */
  readonly left: readonly number[];
}

/** What solves the blocks of a job at one gamma. */
export interface GroupedSolver {
  readonly solver: GroupSolver | 'columns';
  /** Samples first … first+count−1, `first` a multiple of 8. Not for the solver `columns`. */
  block(first: number, count: number): GroupedBlock;
}

/** Writes the rewards (S·8) of the samples first … first+7. */
export type FillGroup = (first: number, into: Float64Array) => void;

/**
 * Draws the groups of a block once for all gammas, where it is not the kernel that draws: laws other than the uniform ones
 * cost more to draw than to solve. (The kernel draws again for each gamma: 3 ns a state, which is what a copy would take.)
 */
export function drawnOnce({ mdp, source, gammas }: SampleJob): FillGroup {
  const groups = blockColumns(mdp.stateCount) / LANES;
  const kept = new Map<number, Float64Array>();
  return (first, into) => {
    const found = kept.get(first);
    if (found !== undefined) {
      into.set(found);
      return;
    }
    source.fill(first, LANES, into);
    if (gammas.length === 1) return;
    if (kept.size === groups) kept.clear();
    kept.set(first, into.slice());
  };
}

const ALL = 2 ** LANES - 1;

/** Whether the law draws each reward function once, so that columns need not be kept one by one. */
export function fitsGroups({ supportKey, constant }: RewardSource): boolean {
  return supportKey === undefined && !constant;
}

/**
 * Draws, solves, certifies, decides and adds up samples eight at a time inside the kernel. What a sample's column comes to
 * depends on the seven others of its group, n … n+7 with n a multiple of 8, within its certified error; so the digits
 * depend on the limits of the blocks, not on threads, other gammas or the number of samples asked for.
 */
export function groupedSolver(
  job: SampleJob,
  { discount, tolerance }: GammaJob,
  fill: FillGroup = (first, into) => job.source.fill(first, LANES, into),
): GroupedSolver {
  const { mdp, source, classes } = job;
  const group = newGroup(mdp, discount, tolerance, classes);
  const { kernel } = group;
  const load = (first: number): void => loadGroup(source, kernel, first, fill);
  kernel.compare(group.classes);
  // No two samples of a state are equal if its POWER is a sum of independent rewards without atoms.
  const isAtomless = source.independent === true && source.atomless;
  const solver = chooseSolver(group, load);
  const block = (first: number, count: number): GroupedBlock => {
    kernel.compare(group.classes);
    kernel.sums.fill(0);
    group.sweeps = 0;
    group.rounds = 0;
    const samples = new Float64Array(isAtomless ? 0 : mdp.stateCount * count);
    const errors = new Float64Array(count);
    const left: number[] = [];
    let solved = 0;
    for (let from = 0; from < count; from += LANES) {
      load(first + from);
      const wanted = from + LANES <= count ? ALL : 2 ** (count - from) - 1;
      const done = solveGroup(group, solver as GroupSolver) & wanted;
      if (classes !== undefined) kernel.tally(done);
      kernel.powers(discount.oneMinusGamma);
      if (from === 0) keepFirst(kernel);
      for (let b = 0; b < LANES; b++) {
        if (((done >>> b) & 1) === 0) {
          if (((wanted >>> b) & 1) === 1) left.push(first + from + b);
          leaveOut(kernel, b);
          continue;
        }
        if (!isAtomless) keepColumn(kernel, b, samples, count, solved);
        errors[solved++] = group.error[b];
      }
      kernel.accumulate();
    }
    const known = errors.subarray(0, solved);
    const sums: BlockSums = {
      moments: momentsOf(kernel, solved),
      modes: isAtomless ? anyMode(kernel, known) : modesOf(samples, count, known),
      ...(classes === undefined ? {} : { choices: choiceCounts(group, classes, solved) }),
      errorSum: known.reduce((sum, bound) => sum + bound, 0),
      largestError: known.reduce((largest, bound) => Math.max(largest, bound), 0),
      effort: {
        sweeps: Math.ceil(group.sweeps),
        policyIterations: group.rounds,
        finished: 0,
        extended: 0,
        exact: 0,
        solved,
      },
      solver,
    };
    return { sums, left };
  };
  return { solver, block };
}

/** The rewards of the samples first … first+7. */
function loadGroup(source: RewardSource, kernel: Kernel, first: number, fill: FillGroup): void {
  if (kernel.draw !== undefined && source.uniforms !== undefined) kernel.draw(source.uniforms, first);
  else fill(first, kernel.block.rewards);
}

/** Sums are of deviations from the first sample of the block, so that they do not cancel. */
function keepFirst({ block, shift }: Kernel): void {
  for (let s = 0; s < shift.length; s++) shift[s] = block.best[s * LANES];
}

/** Makes a column add nothing to the sums. */
function leaveOut({ block, shift }: Kernel, b: number): void {
  for (let s = 0; s < shift.length; s++) block.best[s * LANES + b] = shift[s];
}

function keepColumn({ block }: Kernel, b: number, into: Float64Array, width: number, column: number): void {
  for (let i = b, to = column; i < block.best.length; i += LANES, to += width) into[to] = block.best[i];
}

/** Mean = shift + Σd/n and M2 = Σd² − (Σd)²/n (Chan, Golub & LeVeque 1983, eq. 1.7). */
function momentsOf({ shift, sums }: Kernel, count: number): Moments {
  const moments = emptyMoments(shift.length);
  if (count === 0) return moments;
  moments.count = count;
  for (let s = 0; s < shift.length; s++) {
    const sum = sums[4 * s] + sums[4 * s + 1];
    moments.mean[s] = shift[s] + sum / count;
    moments.m2[s] = Math.max(0, sums[4 * s + 2] + sums[4 * s + 3] - (sum * sum) / count);
  }
  return moments;
}

/** The modes of the first errors.length of `width` columns. */
function modesOf(samples: Float64Array, width: number, errors: Float64Array): Modes {
  const states = samples.length / width;
  if (errors.length === 0) return emptyModes(states);
  if (errors.length === width) return modesOfBlock(samples, errors);
  const packed = new Float64Array(states * errors.length);
  for (let s = 0; s < states; s++) {
    packed.set(samples.subarray(s * width, s * width + errors.length), s * errors.length);
  }
  return modesOfBlock(packed, errors);
}

/** One sample stands for all where no two are equal. */
function anyMode({ shift }: Kernel, errors: Float64Array): Modes {
  const modes = emptyModes(shift.length);
  if (errors.length === 0) return modes;
  modes.value.set(shift);
  modes.error.fill(errors[0]);
  modes.count.fill(1);
  return modes;
}

/** In every proved column each state has one optimal class, the only one where it has no other. */
function choiceCounts(
  { kernel, classes: compared }: Group,
  classes: Int32Array,
  count: number,
): ChoiceCounts {
  const counts = emptyChoiceCounts(classes.length);
  counts.unique.fill(count);
  for (let n = 0; n < compared.choices.length; n++) counts.unique[compared.choices[n]] = kernel.counts[n];
  for (let c = 0; c < classes.length; c++) counts.unique[c] = counts.unique[classes[c]];
  return counts;
}
