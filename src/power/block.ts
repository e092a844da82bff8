import { limitOf } from '../number/discount.js';
import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import type { GroupSolver } from '../solve/group.js';
import { LANES } from '../solve/kernel/sweep.js';
import {
  type AverageCounts,
  countAverage,
  emptyAverageCounts,
  mergeAverageCounts,
} from './average-counts.js';
import { type ChoiceCounts, countChoices, emptyChoiceCounts, mergeChoiceCounts } from './choice-counts.js';
import { drawnOnce } from './drawn-once.js';
import { groupReduction } from './group-reduction.js';
import { fitsGroups, groupedSolver } from './grouped-block.js';
import { type FormSums, mergeFormSums, sumForms } from './linear-form.js';
import { emptyModes, type Modes, mergeModes, modesOfBlock } from './mode.js';
import { emptyShares, reducedPower, type Shares, sumShares } from './reduce.js';
import { gammaJobs, type SampleJob, type SolvedSamples, sampleSolver } from './solved-samples.js';

/** All that is kept of a block of samples at one gamma. Plain data, sent from worker threads. */
export interface BlockSums {
  /** POWER samples, one slot a state or set of states, less the controls where there are any */
  readonly moments: Moments;
  readonly modes: Modes;
  /** absent if optimal actions are not asked for */
  readonly choices?: ChoiceCounts;
  /** at gamma 1 only */
  readonly average?: AverageCounts;
  /** linear forms, whatever their gammas: in the sums of the first gamma only, if any are asked for */
  readonly forms?: FormSums;
  /** how many choices of each set were optimal in a sample, as shares; only where sets are averaged */
  readonly shares?: Shares;
  /** sum over the samples of the solver's bounds */
  errorSum: number;
  largestError: number;
  readonly effort: Effort;
  /** what solved them, apart from single columns left over: counted work chose it (solve/choose-solver.ts) */
  solver: GroupSolver | 'columns';
}

/** Counted work: the solver's own counts (Solution.effort), and the reward functions it was given. */
type Effort = SolvedSamples['effort'] & { solved: number };

/** No samples yet of one gamma. @param job  see gammaJobs */
export function emptySums({ mdp, classes, orbits, gammas }: Omit<SampleJob, 'source'>): BlockSums {
  const slots = orbits?.stateMembers.length ?? mdp.stateCount;
  const isAverage = classes !== undefined && limitOf(gammas[0].discount) === 1;
  return {
    moments: emptyMoments(slots),
    modes: emptyModes(slots),
    ...(classes && { choices: emptyChoiceCounts(mdp.choiceCount) }),
    ...(classes && orbits && { shares: emptyShares(orbits) }),
    ...(isAverage && { average: emptyAverageCounts(mdp.choiceCount) }),
    errorSum: 0,
    largestError: 0,
    effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0, solved: 0 },
    solver: 'columns',
  };
}

/** Sums a solved block of one gamma. */
function sumBlock(job: SampleJob, samples: SolvedSamples): BlockSums {
  const { mdp, classes, orbits, gammas } = job;
  const { power, error, status, averageStatus, effort, solved } = samples;
  const columns = error.length;
  const slots = orbits ? reducedPower(job, gammas[0], samples) : power;
  const choices = classes && countChoices(mdp, status, columns, classes);
  return {
    moments: momentsOfBlock(slots, columns),
    modes: modesOfBlock(slots, gammas[0].control ? withNoise(error, power) : error),
    ...(choices && { choices }),
    ...(choices && orbits && { shares: sumShares(status, columns, orbits, choices) }),
    ...(classes && averageStatus && { average: countAverage(averageStatus, columns) }),
    errorSum: error.reduce((sum, bound) => sum + bound, 0),
    largestError: error.reduce((largest, bound) => Math.max(largest, bound), 0),
    effort: { ...effort, solved },
    solver: 'columns',
  };
}

/** A spread below this part of the size of POWER may come from the rounding of coefficients and controls. */
const NOISE = 2 ** -30;

/** Bounds within which samples less their controls count as equal. */
export function withNoise(error: Float64Array, power: Float64Array): Float64Array {
  const size = power.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return error.map((bound) => bound + NOISE * size);
}

/** Adds `block` to `into`. Sums round, so the same digits need the same blocks in the same order. */
export function mergeSums(into: BlockSums, block: BlockSums): void {
  mergeMoments(into.moments, block.moments);
  mergeModes(into.modes, block.modes);
  into.solver = block.solver;
  if (into.choices && block.choices) mergeChoiceCounts(into.choices, block.choices);
  if (into.average && block.average) mergeAverageCounts(into.average, block.average);
  if (into.forms && block.forms) mergeFormSums(into.forms, block.forms);
  if (into.shares && block.shares) {
    mergeMoments(into.shares.moments, block.shares.moments);
    mergeModes(into.shares.modes, block.shares.modes);
  }
  into.errorSum += block.errorSum;
  into.largestError = Math.max(into.largestError, block.largestError);
  for (const key of Object.keys(into.effort) as (keyof Effort)[]) into.effort[key] += block.effort[key];
}

/** Solves and sums samples first … first+count−1; one entry a gamma. */
export function blockSolver(job: SampleJob): (first: number, count: number) => readonly BlockSums[] {
  const solve = sampleSolver(job);
  const jobs = gammaJobs(job);
  const inColumns = (first: number, count: number): readonly BlockSums[] => {
    const solved = solve(first, count);
    const sums = solved.map((samples, gamma) => sumBlock(jobs[gamma], samples));
    return job.forms === undefined
      ? sums
      : [{ ...sums[0], forms: sumForms(job.forms, solved) }, ...sums.slice(1)];
  };
  // Linear forms need every sample at all gammas, which the kernel does not hand out.
  if (!fitsGroups(job.source) || job.forms !== undefined) return inColumns;
  const reduced = groupReduction(job);
  const fill = drawnOnce(job);
  const solvers = jobs.map((atGamma) => {
    const [gamma] = atGamma.gammas;
    const solveColumns = sampleSolver(atGamma);
    // The limits have solvers of their own.
    const grouped =
      limitOf(gamma.discount) === undefined
        ? groupedSolver(atGamma, gamma, gamma.plain ? undefined : reduced, fill)
        : undefined;
    return (first: number, count: number): BlockSums => {
      if (grouped === undefined || grouped.solver === 'columns' || first % LANES !== 0) {
        return sumBlock(atGamma, solveColumns(first, count)[0]);
      }
      const { sums, left } = grouped.block(first, count);
      for (const sample of left) mergeSums(sums, sumBlock(atGamma, solveColumns(sample, 1)[0]));
      sums.solver = grouped.solver;
      return sums;
    };
  });
  return (first, count) => solvers.map((solveGamma) => solveGamma(first, count));
}
