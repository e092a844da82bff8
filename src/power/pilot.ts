import type { RewardSource } from '../rewards/source.js';
import { type BlockSums, blockSolver, emptySums, mergeSums } from './block.js';
import { fitControls } from './fit-controls.js';
import { blockColumns } from './plan.js';
import { addToSet, emptySetMeans, type SetMeans } from './set-means.js';
import type { GammaJob, SampleJob } from './solved-samples.js';

/** Samples for the regression, and randomised Sobol sets to try the results on. Their variances are known within a third. */
const FIT_SAMPLES = 1024;
const TRIAL_SETS = 16;
export const TRIAL_LOG2_SIZE = 7;
/**
 * Controls that do not make the variance smaller by this factor are not worth their work, or are luck: a ratio of variances
 * over 2048 points is known better than one over 16 sets. Larger sets gain more from smooth POWER than from what controls
 * leave of it, too: on Fig. 1 at gamma 0.99, a gain of 1.3 with 128 points was a loss of 1.6 with 2048.
 */
const WORTH = { random: 1.25, sobol: 2 } as const;

/** What a pilot found for one gamma. Variances are of one sample's worth, summed over states. */
export interface Pilot {
  /** Float64 (radii · sets): those of controls that help, 0 elsewhere; absent if they help nowhere */
  readonly coefficients: Float64Array | undefined;
  readonly variance: number;
  /** the largest part by which the standard error of a state becomes smaller against independent samples */
  readonly gain: number;
}

/**
 * Tries control variates at one gamma, for independent samples and for Sobol sets: coefficients by regression on samples of
 * their own, kept for a state only if they make its variance smaller on other samples, and leave a spread from which a
 * standard error can be estimated. Depends on the model, law, seed and gamma alone; none of its samples are used again.
 *
 * @param fit    source of independent pilot samples
 * @param trial  source of Sobol sets of 2^TRIAL_LOG2_SIZE points, independent of those
 * @returns by sampler
 */
export function runPilot(
  job: Omit<SampleJob, 'gammas' | 'source'>,
  fit: RewardSource,
  trial: RewardSource,
  gamma: GammaJob,
): { random: Pilot; sobol: Pilot } {
  const coefficients = job.controls && fitControls({ ...job, source: fit }, gamma, FIT_SAMPLES);
  const plain = tryOut({ ...job, source: trial, gammas: [gamma] });
  const adjusted = coefficients && tryOut({ ...job, source: trial, gammas: [{ ...gamma, coefficients }] });
  const members = job.orbits!.stateMembers;
  const judge = (variance: (trial: Trial, slot: number) => number, worth: number): Pilot => {
    let total = 0;
    let without = 0;
    let gain = 1;
    const kept = coefficients && Float64Array.from(coefficients);
    members.forEach((count, o) => {
      const before = variance(plain, o);
      const after = adjusted && !isConstant(adjusted.sums, o) ? variance(adjusted, o) : Infinity;
      const helps = before > worth * after;
      if (!helps && kept) for (let i = o; i < kept.length; i += members.length) kept[i] = 0;
      const now = helps ? after : before;
      without += count * before;
      total += count * now;
      if (now > 0) gain = Math.max(gain, Math.sqrt(ofSamples(plain, o) / now));
    });
    return without > worth * total
      ? { coefficients: kept, variance: total, gain }
      : { coefficients: undefined, variance: without, gain };
  };
  return { random: judge(ofSamples, WORTH.random), sobol: judge(ofSets, WORTH.sobol) };
}

interface Trial {
  readonly sums: BlockSums;
  readonly sets: SetMeans;
}

function tryOut(job: SampleJob): Trial {
  const size = 2 ** TRIAL_LOG2_SIZE;
  const solve = blockSolver(job);
  const sums = emptySums(job);
  const sets = emptySetMeans(size, sums);
  const columns = Math.min(blockColumns(job.mdp.stateCount), size);
  for (let first = 0; first < TRIAL_SETS * size; first += columns) {
    const [block] = solve(first, columns);
    mergeSums(sums, block);
    addToSet(sets, block);
  }
  return { sums, sets };
}

/** Each point of a set is by itself uniform, so the spread of all of them is that of independent samples. */
function ofSamples({ sums: { moments } }: Trial, slot: number): number {
  return moments.m2[slot] / (moments.count - 1);
}

/** Variance of the mean of a set, times its samples: that of independent samples with the same error. */
function ofSets({ sets: { power, size } }: Trial, slot: number): number {
  return (size * power.m2[slot]) / (power.count - 1);
}

/** More than half of the samples are equal within the solver's bounds. */
function isConstant({ modes, moments }: BlockSums, slot: number): boolean {
  return 2 * modes.count[slot] > moments.count;
}
