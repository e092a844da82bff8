import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import type { RewardSource } from '../rewards/source.js';
import { LANES } from '../solve/kernel/sweep.js';
import { withNoise } from './block.js';
import { controlWork, POINT_WORK } from './counted-work.js';
import { fitControls } from './fit-controls.js';
import { powerSampler } from './grouped-block.js';
import { emptyModes, type Modes, mergeModes, modesOfBlock } from './mode.js';
import { blockColumns } from './plan.js';
import { reducedPower } from './reduce.js';
import type { ControlPart, GammaJob, SampleJob } from './solved-samples.js';

/** Samples for the regression, and randomised Sobol sets to try the results on. Their variances are known within a third. */
const FIT_SAMPLES = 512;
const TRIAL_SETS = 16;
export const TRIAL_LOG2_SIZE = 7;
/** Reward functions that a pilot solves. */
export const PILOT_SAMPLES: number = FIT_SAMPLES + TRIAL_SETS * 2 ** TRIAL_LOG2_SIZE;
/**
 * Controls that do not make the variance smaller by this factor are not worth their work, or are luck: a ratio of variances
 * over 2048 points is known better than one over 16 sets. Larger sets gain more from smooth POWER than from what controls
 * leave of it, too: on Fig. 1 at gamma 0.99, a gain of 1.3 with 128 points was a loss of 1.6 with 2048.
 */
const WORTH = { random: 1.25, sobol: 1.5 } as const;

/** What a pilot found for one gamma and one way of sampling. Variances are of one sample's worth, summed over states. */
export interface Pilot {
  /** coefficients of controls that help, 0 elsewhere; absent if they help nowhere */
  readonly control: ControlPart | undefined;
  readonly variance: number;
  /** counted, of eight samples: variance times work is what one way has to beat another by */
  readonly work: number;
  /** Float64 (S): how many times smaller the standard error of each state becomes against plain samples, ≥ 1 */
  readonly gains: Float64Array;
  /** the part by which they become smaller still, against plain samples, with every doubling of a set: 1 to √2 */
  readonly growth: number;
}

/** By sampler; `plain`: independent samples as they are. */
export type Pilots = Readonly<Record<'plain' | 'random' | 'sobol', Pilot>>;

/**
 * Tries control variates at one gamma, for independent samples and for Sobol sets: coefficients by regression on samples of
 * their own, kept for a state only if they make its variance smaller on other samples, and leave a spread from which a
 * standard error can be estimated. Depends on the model, law, seed and gamma alone; none of its samples are used again.
 *
 * @param fit    source of independent pilot samples
 * @param trial  source of Sobol sets of 2^TRIAL_LOG2_SIZE points, independent of those
 * @param means  Float64 (S): of the controls of `job` at that gamma; undefined: they are not tried
 */
export function runPilot(
  job: Omit<SampleJob, 'gammas' | 'source'>,
  fit: RewardSource,
  trial: RewardSource,
  gamma: GammaJob,
  means: Float64Array | undefined,
): Pilots {
  const fitted = job.controls && means && fitControls({ ...job, source: fit }, gamma, FIT_SAMPLES);
  const control = fitted && means && { coefficients: fitted.coefficients, means };
  const { single, plain, adjusted, work } = tryOut({ ...job, source: trial }, gamma, control);
  const { ofState, stateMembers: members } = job.orbits!;
  const S = job.mdp.stateCount;
  const judge = (variance: (trial: Trial, slot: number) => number, worth: number): Pilot => {
    let halves = 0;
    let sets = 0;
    let total = 0;
    let without = 0;
    const left = new Float64Array(members.length);
    const kept = control?.coefficients.slice();
    members.forEach((count, o) => {
      const before = variance(plain, o);
      const after = adjusted && !isConstant(adjusted, o) ? variance(adjusted, o) : Infinity;
      const helps = before > worth * after;
      if (!helps && kept) kept[o] = 0;
      const now = helps ? after : before;
      without += count * before;
      total += count * now;
      left[o] = now;
      const used = helps && adjusted ? adjusted : plain;
      halves += count * used.halves.m2[o];
      sets += count * used.sets.m2[o];
    });
    const gains = single.map((spread, s) => {
      const now = left[ofState[s]];
      return now > 0 ? Math.sqrt(Math.max(1, spread / now)) : 1;
    });
    // Half the points alone make a variance twice as large, too.
    const growth = sets > 0 ? Math.min(Math.max(1, Math.sqrt(halves / 2 / sets)), Math.SQRT2) : Math.SQRT2;
    const averaging = members.length < S ? 2 * S : 0;
    const extra = averaging + (job.controls && fitted ? controlWork(job.controls, fitted.sweeps) : 0);
    const taken = kept && means && { coefficients: kept, means };
    return without * (work + averaging) > total * Math.max(worth * (work + averaging), work + extra)
      ? { control: taken, variance: total, work: work + extra, gains, growth }
      : { control: undefined, variance: without, work: work + averaging, gains, growth };
  };
  return {
    plain: {
      control: undefined,
      variance: single.reduce((sum, v) => sum + v, 0),
      work,
      gains: single.map(() => 1),
      growth: 1,
    },
    random: judge(ofSamples, WORTH.random),
    sobol: judge(ofSets, WORTH.sobol),
  };
}

interface Trial {
  readonly moments: Moments;
  /** of samples less their controls */
  readonly modes?: Modes;
  /** of the means of the sets */
  readonly sets: Moments;
  /** of the means of their first halves, which are Sobol sets themselves */
  readonly halves: Moments;
}

/** The trial samples averaged, and less their controls; `single`: Float64 (S), the variances of single states. */
function tryOut(
  job: Omit<SampleJob, 'gammas'>,
  gamma: GammaJob,
  control: ControlPart | undefined,
): { single: Float64Array; plain: Trial; adjusted: Trial | undefined; work: number } {
  const { mdp, orbits } = job;
  const size = 2 ** TRIAL_LOG2_SIZE;
  const solve = powerSampler(job, gamma);
  const slots = orbits!.stateMembers.length;
  const newTrial = (): Trial => ({
    moments: emptyMoments(slots),
    sets: emptyMoments(slots),
    halves: emptyMoments(slots),
  });
  const trials: (readonly [Trial, GammaJob])[] = [[newTrial(), gamma]];
  if (control)
    trials.push([
      { ...newTrial(), modes: emptyModes(slots) },
      { ...gamma, control },
    ]);
  const spread = singleVariances(mdp.stateCount);
  const columns = Math.min(blockColumns(mdp.stateCount), size / 2);
  let work = 0;
  for (let set = 0; set < TRIAL_SETS; set++) {
    const open = trials.map(() => emptyMoments(slots));
    const end = (set + 1) * size;
    for (let first = end - size; first < end; first += columns) {
      const solved = solve(first, columns);
      const { error, power } = solved;
      work += solved.work;
      spread.add(power, columns);
      trials.forEach(([{ moments, modes, halves }, how], i) => {
        const values = reducedPower({ ...job, gammas: [how] }, how, solved);
        const block = momentsOfBlock(values, columns);
        mergeMoments(moments, block);
        mergeMoments(open[i], block);
        if (first + columns === end - size / 2) mergeMoments(halves, oneValue(open[i].mean));
        if (modes) mergeModes(modes, modesOfBlock(values, withNoise(error, power)));
      });
    }
    trials.forEach(([{ sets }], i) => {
      mergeMoments(sets, oneValue(open[i].mean));
    });
  }
  const each = work / ((TRIAL_SETS * size) / LANES) + POINT_WORK * mdp.stateCount;
  return { single: spread.variances(), plain: trials[0][0], adjusted: trials[1]?.[0], work: each };
}

function oneValue(mean: Float64Array): Moments {
  return { count: 1, mean: mean.slice(), m2: new Float64Array(mean.length) };
}

/** Each point of a set is by itself uniform, so the spread of all of them is that of independent samples. */
function ofSamples({ moments }: Trial, slot: number): number {
  return moments.m2[slot] / (moments.count - 1);
}

/** Variance of the mean of a set, times its samples: that of independent samples with the same error. */
function ofSets({ sets }: Trial, slot: number): number {
  return (2 ** TRIAL_LOG2_SIZE * sets.m2[slot]) / (sets.count - 1);
}

/** More than half of the samples are equal within the solver's bounds. */
function isConstant({ modes, moments }: Trial, slot: number): boolean {
  return modes !== undefined && 2 * modes.count[slot] > moments.count;
}

/** The variances of states' samples: of deviations from the first sample, to a few digits. */
function singleVariances(stateCount: number): {
  add(power: Float64Array, columns: number): void;
  variances(): Float64Array;
} {
  const about = new Float64Array(stateCount);
  const sums = new Float64Array(stateCount);
  const squares = new Float64Array(stateCount);
  let count = 0;
  return {
    add(power, columns) {
      for (let s = 0; s < stateCount; s++) {
        if (count === 0) about[s] = power[s * columns];
        for (let i = s * columns; i < (s + 1) * columns; i++) {
          const deviation = power[i] - about[s];
          sums[s] += deviation;
          squares[s] += deviation * deviation;
        }
      }
      count += columns;
    },
    variances: () =>
      squares.map((square, s) => Math.max(0, square - (sums[s] * sums[s]) / count) / (count - 1)),
  };
}
