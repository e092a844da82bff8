import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import { type ChoiceCounts, countChoices, emptyChoiceCounts, mergeChoiceCounts } from './choice-counts.js';
import { emptyModes, type Modes, mergeModes, modesOfBlock } from './mode.js';
import { emptyShares, reducedPower, type Shares, sumShares } from './reduce.js';
import { type GammaJob, type SampleJob, type SolvedSamples, sampleSolver } from './solved-samples.js';

/** All that is kept of a block of samples at one gamma. Plain data, sent from worker threads. */
export interface BlockSums {
  /** POWER samples, one slot a state or set of states, less the controls where there are any */
  readonly moments: Moments;
  readonly modes: Modes;
  /** absent if optimal actions are not asked for */
  readonly choices?: ChoiceCounts;
  /** how many choices of each set were optimal in a sample, as shares; only where sets are averaged */
  readonly shares?: Shares;
  /** sum over the samples of the solver's bounds */
  errorSum: number;
  largestError: number;
  readonly effort: Effort;
}

/** Counted work: the solver's own counts (Solution.effort), and the reward functions it was given. */
type Effort = SolvedSamples['effort'] & { solved: number };

/** No samples yet. */
export function emptySums({ mdp, classes, orbits }: Omit<SampleJob, 'gammas' | 'source'>): BlockSums {
  const slots = orbits?.stateMembers.length ?? mdp.stateCount;
  return {
    moments: emptyMoments(slots),
    modes: emptyModes(slots),
    ...(classes && { choices: emptyChoiceCounts(mdp.choiceCount) }),
    ...(classes && orbits && { shares: emptyShares(orbits) }),
    errorSum: 0,
    largestError: 0,
    effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0, solved: 0 },
  };
}

/** Sums a solved block of one gamma. */
function sumBlock(job: SampleJob, gamma: GammaJob, samples: SolvedSamples): BlockSums {
  const { mdp, classes, orbits } = job;
  const { power, error, status, effort, solved } = samples;
  const columns = error.length;
  const slots = orbits ? reducedPower(job, gamma, samples) : power;
  const choices = classes && countChoices(mdp, status, columns, classes);
  return {
    moments: momentsOfBlock(slots, columns),
    modes: modesOfBlock(slots, gamma.coefficients ? withNoise(error, power) : error),
    ...(choices && { choices }),
    ...(choices && orbits && { shares: sumShares(status, columns, orbits, choices) }),
    errorSum: error.reduce((sum, bound) => sum + bound, 0),
    largestError: error.reduce((largest, bound) => Math.max(largest, bound), 0),
    effort: { ...effort, solved },
  };
}

/** A spread below this part of the size of POWER may come from the rounding of coefficients and controls. */
const NOISE = 2 ** -30;

/** Bounds within which samples less their controls count as equal. */
function withNoise(error: Float64Array, power: Float64Array): Float64Array {
  const size = power.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return error.map((bound) => bound + NOISE * size);
}

/** Adds `block` to `into`. Sums round, so the same digits need the same blocks in the same order. */
export function mergeSums(into: BlockSums, block: BlockSums): void {
  mergeMoments(into.moments, block.moments);
  mergeModes(into.modes, block.modes);
  if (into.choices && block.choices) mergeChoiceCounts(into.choices, block.choices);
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
  return (first, count) =>
    solve(first, count).map((samples, gamma) => sumBlock(job, job.gammas[gamma], samples));
}
