import { limitOf } from '../number/discount.js';
import { emptyMoments, type Moments } from '../number/moments.js';
import type { RewardSource } from '../rewards/source.js';
import { chooseSolver, stepWork } from '../solve/choose-solver.js';
import { type Group, type GroupSolver, newGroup } from '../solve/group.js';
import { groupsInOrder } from '../solve/groups-in-order.js';
import type { Kernel } from '../solve/kernel/kernel.js';
import { noReduction } from '../solve/kernel/reduction.js';
import { LANES } from '../solve/kernel/sweep.js';
import { structureOf } from '../solve/structure.js';
import type { BlockSums } from './block.js';
import { type ChoiceCounts, emptyChoiceCounts } from './choice-counts.js';
import { type FillGroup, fillGroup } from './drawn-once.js';
import { controlTerm, type GroupReduction, groupReduction, groupShares } from './group-reduction.js';
import { emptyModes, type Modes, modesOfBlock } from './mode.js';
import { type GammaJob, type SampleJob, type SolvedSamples, sampleSolver } from './solved-samples.js';

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

const ALL = 2 ** LANES - 1;

/** Whether the law draws each reward function once, so that columns need not be kept one by one. */
export function fitsGroups({ supportKey, constant }: RewardSource): boolean {
  return supportKey === undefined && !constant;
}

/**
 * Draws, solves, certifies, decides and adds up samples eight at a time inside the kernel. What a sample's column comes to
 * depends on the seven others of its group, n … n+7 with n a multiple of 8, and where they are swept sixteen at a time on
 * those of its pair of groups, within its certified error; so the digits depend on the limits of the blocks, not on threads,
 * other gammas or the number of samples asked for.
 *
 * @param reduced  of the run, for all its gammas; default: for this one
 * @param fill     draws where the kernel does not; default: anew each time
 */
export function groupedSolver(
  job: SampleJob,
  gamma: GammaJob,
  reduced: GroupReduction | undefined = groupReduction(job),
  fill: FillGroup = fillGroup,
): GroupedSolver {
  const { discount, tolerance } = gamma;
  const { mdp, source, classes, orbits } = job;
  const group = newGroup(mdp, discount, tolerance, classes, reduced?.reduction);
  const { kernel } = group;
  const control = reduced && controlTerm(job, gamma);
  const load = (first: number): void => loadGroup(source, kernel, first, fill);
  kernel.compare(group.classes);
  // No two samples of a state, or of a set of states, are equal if POWER is a sum of independent rewards without atoms. Less
  // their controls they could be, but a pilot keeps controls only where that is not so.
  const isAtomless = source.independent === true && source.atomless;
  const solver = chooseSolver(group, load);
  const solve = groupsInOrder(group, solver as GroupSolver, load);
  const block = (first: number, count: number): GroupedBlock => {
    kernel.compare(group.classes);
    kernel.sums.fill(0);
    group.sweeps = 0;
    group.rounds = 0;
    const samples = new Float64Array(isAtomless ? 0 : kernel.slotCount * count);
    const errors = new Float64Array(count);
    const left: number[] = [];
    let solved = 0;
    for (let from = 0; from < count; from += LANES) {
      const wanted = from + LANES <= count ? ALL : 2 ** (count - from) - 1;
      const done = solve(first + from) & wanted;
      if (classes !== undefined) kernel.tally(done);
      kernel.powers(discount.oneMinusGamma);
      kernel.reduce(control);
      const rows = kernel.slotRows();
      if (from === 0) keepFirst(rows, kernel);
      for (let b = 0; b < LANES; b++) {
        if (((done >>> b) & 1) === 0) {
          if (((wanted >>> b) & 1) === 1) left.push(first + from + b);
          leaveOut(rows, kernel, b);
          continue;
        }
        if (!isAtomless) keepColumn(rows, b, samples, count, solved);
        errors[solved++] = group.error[b];
      }
      kernel.accumulate();
    }
    const known = errors.subarray(0, solved);
    const choices = classes && choiceCounts(group, classes, solved);
    const sums: BlockSums = {
      moments: momentsOf(kernel, solved),
      modes: isAtomless ? anyMode(kernel, known) : modesOf(samples, count, known),
      ...(choices && { choices }),
      ...(choices && orbits && { shares: groupShares(kernel, reduced!, orbits, choices, solved) }),
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

/** POWER samples of one gamma with their rewards, state-major, and the counted work of all of them (stepWork). */
type PowerSamples = Pick<SolvedSamples, 'power' | 'rewards' | 'error'> & { readonly work: number };

/** A column that policy iteration has to finish, in sweeps over that column. */
const SWEEPS_OF_COLUMN = 50;

/**
 * POWER samples of one gamma one by one, with their rewards: for pilots. Optimal actions are not decided, and nothing is
 * averaged or taken off.
 */
export function powerSampler(
  { mdp, source }: Pick<SampleJob, 'mdp' | 'source'>,
  gamma: GammaJob,
): (first: number, count: number) => PowerSamples {
  const inColumns = sampleSolver({ mdp, source, gammas: [gamma] });
  const { sweep, round } = stepWork(structureOf(mdp));
  const solveColumns = (first: number, count: number): PowerSamples => {
    const [solved] = inColumns(first, count);
    const { sweeps, policyIterations, extended, exact } = solved.effort;
    const columnSweeps = sweeps * count + SWEEPS_OF_COLUMN * (policyIterations + extended + exact);
    return { ...solved, work: (columnSweeps / LANES) * sweep };
  };
  if (!fitsGroups(source) || limitOf(gamma.discount) !== undefined) return solveColumns;
  const isSobol = source.uniforms?.sobol !== undefined;
  const reduction = isSobol ? noReduction(mdp.stateCount, { sobol: true }) : undefined;
  const group = newGroup(mdp, gamma.discount, gamma.tolerance, undefined, reduction);
  const { kernel } = group;
  const load = (first: number): void => loadGroup(source, kernel, first, fillGroup);
  const solver = chooseSolver(group, load);
  if (solver === 'columns') return solveColumns;
  const solve = groupsInOrder(group, solver, load);
  return (first, count) => {
    if (first % LANES !== 0) return solveColumns(first, count);
    const [power, rewards] = [0, 1].map(() => new Float64Array(mdp.stateCount * count));
    const error = new Float64Array(count);
    group.sweeps = 0;
    group.rounds = 0;
    for (let from = 0; from < count; from += LANES) {
      const done = solve(first + from);
      kernel.powers(gamma.discount.oneMinusGamma);
      for (let b = 0; b < Math.min(LANES, count - from); b++) {
        keepColumn(kernel.block.rewards, b, rewards, count, from + b);
        error[from + b] = group.error[b];
        if (((done >>> b) & 1) === 1) keepColumn(kernel.block.best, b, power, count, from + b);
        else {
          const alone = solveColumns(first + from + b, 1);
          alone.power.forEach((value, s) => {
            power[s * count + from + b] = value;
          });
          error[from + b] = alone.error[0];
        }
      }
    }
    return { power, rewards, error, work: group.sweeps * sweep + group.rounds * round };
  };
}

/** The rewards of the samples first … first+7. */
function loadGroup(source: RewardSource, kernel: Kernel, first: number, fill: FillGroup): void {
  if (kernel.draw !== undefined && source.uniforms !== undefined) kernel.draw(source.uniforms, first);
  else fill(source, first, kernel.block.rewards);
}

/** Sums are of deviations from the first sample of the block, so that they do not cancel. */
function keepFirst(rows: Float64Array, { shift, slotCount }: Kernel): void {
  for (let slot = 0; slot < slotCount; slot++) shift[slot] = rows[slot * LANES];
}

/** Makes a column add nothing to the sums. */
function leaveOut(rows: Float64Array, { shift, slotCount }: Kernel, b: number): void {
  for (let slot = 0; slot < slotCount; slot++) rows[slot * LANES + b] = shift[slot];
}

function keepColumn(rows: Float64Array, b: number, into: Float64Array, width: number, column: number): void {
  for (let i = b, to = column; i < rows.length; i += LANES, to += width) into[to] = rows[i];
}

/** Mean = shift + Σd/n and M2 = Σd² − (Σd)²/n (Chan, Golub & LeVeque 1983, eq. 1.7). */
function momentsOf({ shift, sums, slotCount }: Kernel, count: number): Moments {
  const moments = emptyMoments(slotCount);
  if (count === 0) return moments;
  moments.count = count;
  for (let s = 0; s < slotCount; s++) {
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
function anyMode({ shift, slotCount }: Kernel, errors: Float64Array): Modes {
  const modes = emptyModes(slotCount);
  if (errors.length === 0) return modes;
  modes.value.set(shift.subarray(0, slotCount));
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
