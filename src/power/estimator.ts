import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf, parseDiscount } from '../number/discount.js';
import { pow } from '../number/pow.js';
import type { Points } from '../rewards/points.js';
import { randomPoints } from '../rewards/points.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSource } from '../rewards/source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type Controls, controlMeans, reachControls } from './controls.js';
import { lawOrbits, type Orbits } from './orbits.js';
import { PILOT_SAMPLES, type Pilot, type Pilots, runPilot, TRIAL_LOG2_SIZE } from './pilot.js';
import type { GammaJob, SampleJob } from './solved-samples.js';
import { powerSupport } from './support.js';
import { defaultTolerance } from './tolerance.js';

export type Sampler = 'auto' | 'random' | 'sobol';

/** How POWER is estimated from samples: which samples, and what is done to make their variance small. */
export interface Estimator {
  readonly points: Points;
  /** averaged over; absent: the plain estimator, independent samples as they are */
  readonly orbits?: Orbits;
  readonly controls?: Controls;
  /** the tolerance and coefficients of a gamma, for the samples to be drawn */
  gammaJob(discount: Discount): GammaJob;
}

/** The model, law and decisions of a run. */
export interface EstimatorLaw {
  readonly mdp: Mdp;
  readonly reward: RewardSpec;
  readonly seed: bigint;
  /** Int32 (C): the first choice of the state that counts as the same action */
  readonly classes: Int32Array;
  /** as asked for */
  readonly samples: number;
  readonly tolerance: number | undefined;
}

/** Independent randomisations that a standard error is estimated from, at least. */
export const LEAST_SETS = 32;
/** Below this a pilot could cost more than it saves. */
const LEAST_SAMPLES = 4 * PILOT_SAMPLES;
/** Variances are known from a pilot within about a third, and small gains are not worth other kinds of limits. */
const CLEARLY_LESS = 0.8;
/** Largest size of a set: beyond, there are more sets. Of a run that is interrupted only whole sets count. */
const LARGEST_LOG2_SIZE = 16;
/** Steps to look for all distances of a model, at most: a fraction of a second. */
const DISTANCES = 3e7;
/** The gamma that decides, whatever gammas are asked for: no row may depend on other gammas. */
const DECIDING = parseDiscount('0.9');
/** Solver error is to stay invisible beside a standard error; this much smaller than that of independent samples at most. */
const LARGEST_GAIN = 1e4;

/**
 * Why Sobol points are not for this law, or undefined if they are: they need coordinates with continuous laws, and a
 * standard error from few sets needs known moments.
 */
export function sobolObstacle(reward: RewardSpec, source: RewardSource): string | undefined {
  if (reward.form === 'list' || reward.form === 'orbit')
    return 'the reward functions come from a finite list';
  if (source.constant) return 'the reward is constant';
  if (source.moments === 'infiniteVariance') return 'the reward law has infinite variance';
  if (source.moments === 'unchecked') return 'the moments of the reward law are not known';
  if (!source.atomless) return 'the reward law has atoms, whose samples have exact binomial intervals';
  return undefined;
}

/** log2 of the size of the Sobol sets of a run: the largest with LEAST_SETS whole sets. */
export function log2SetSize(samples: number): number {
  let log2Size = 0;
  while (log2Size < LARGEST_LOG2_SIZE && LEAST_SETS * 2 ** (log2Size + 1) <= samples) log2Size++;
  return log2Size;
}

/** The pilots of a run, and what they have in common. */
export interface PilotPlan {
  readonly orbits: Orbits;
  readonly controls: Controls | undefined;
  /** Runs the pilot of a discount between 0 and 1, once; it depends on no other discount. */
  pilotAt(discount: Discount): Pilots;
  readonly toleranceAt: ToleranceAt;
}

/** The tolerance where standard errors are `gains` times smaller than those of plain samples, by state; absent: as large. */
type ToleranceAt = (discount: Discount, gains?: Float64Array) => number;

/** Whether a run has pilots, which takes next to nothing to tell. */
export function usesPilots(
  { mdp, reward, seed, samples }: EstimatorLaw,
  sampler: Sampler | 'independent',
): boolean {
  if (sampler === 'random' || (sampler !== 'sobol' && samples < LEAST_SAMPLES)) return false;
  return sobolObstacle(reward, rewardSource(reward, mdp, seed)) === undefined;
}

/** The pilots of a run, none of them run yet; undefined where the plain estimator is used without any. */
export function planPilots(law: EstimatorLaw, sampler: Sampler | 'independent'): PilotPlan | undefined {
  if (!usesPilots(law, sampler)) return undefined;
  const { mdp, reward, seed, classes } = law;
  const source = rewardSource(reward, mdp, seed);
  const orbits = lawOrbits(mdp, source, classes);
  const greatest = source.discountedMaximum;
  const controls = (greatest && reachControls(mdp, greatest.floor, DISTANCES)) ?? undefined;
  const job: Omit<SampleJob, 'gammas' | 'source'> = { mdp, orbits, controls };
  const fit = rewardSource(reward, mdp, seed, { kind: 'random', stream: 'pilot' });
  const trial = rewardSource(reward, mdp, seed, {
    kind: 'sobol',
    stream: 'pilot',
    log2Size: TRIAL_LOG2_SIZE,
  });
  const toleranceAt = tolerances(law, source);
  const pilots = new Map<string, Pilots>();
  const pilotAt = (discount: Discount): Pilots => {
    const known = pilots.get(discount.text);
    if (known !== undefined) return known;
    const means = (controls && greatest && controlMeans(controls, greatest, discount.gamma)) ?? undefined;
    const pilot = runPilot(job, fit, trial, { discount, tolerance: toleranceAt(discount) }, means);
    pilots.set(discount.text, pilot);
    return pilot;
  };
  return { orbits, controls, pilotAt, toleranceAt };
}

/** The discounts whose pilots a run asks for; the first one decides whether any of the others is. */
export function pilotDiscounts(gammas: readonly Discount[]): Discount[] {
  const all = [DECIDING, ...gammas.filter((discount) => limitOf(discount) === undefined)];
  return [...new Map(all.map((discount) => [discount.text, discount])).values()];
}

/** The tolerance asked for, or the default one, whose pilot is run once for each discount. */
function tolerances(law: EstimatorLaw, source: RewardSource): ToleranceAt {
  const { mdp, samples } = law;
  const known = new Map<string, (gains?: Float64Array) => number>();
  return (discount, gains) => {
    if (law.tolerance !== undefined) return law.tolerance;
    const tolerance =
      known.get(discount.text) ??
      defaultTolerance({ mdp, source }, discount, samples, powerSupport(mdp, source, discount).certain);
    known.set(discount.text, tolerance);
    return tolerance(gains);
  };
}

/**
 * Chooses the estimator. With `auto`, a pilot of about 2600 reward functions at gamma = 9/10 compares variance times counted
 * work: independent samples as they are, which cost least; averaged over symmetries that keep the law and corrected by
 * control variates; and the same with Sobol points. Control variates are used where they help at the gamma in question.
 * Plain samples remain at the limits gamma 0 and 1, for laws with atoms or without known moments, for lists and orbits, and
 * for small runs. Nothing is timed, and nothing depends on the other gammas, states and decisions asked for.
 *
 * @param sampler `independent` is `auto` without Sobol points; `random` is the plain estimator; `sobol` needs a law without `sobolObstacle`
 * @param plan    of `planPilots`, some of whose pilots may have been run
 */
export function chooseEstimator(
  law: EstimatorLaw,
  sampler: Sampler | 'independent',
  plan: PilotPlan | undefined = planPilots(law, sampler),
): Estimator {
  const toleranceAt = plan?.toleranceAt ?? tolerances(law, rewardSource(law.reward, law.mdp, law.seed));
  const plainJob = (discount: Discount): GammaJob => ({ discount, tolerance: toleranceAt(discount) });
  const plain: Estimator = { points: randomPoints, gammaJob: plainJob };
  if (plan === undefined) return plain;
  const { orbits, controls, pilotAt } = plan;
  const kind = sampler === 'sobol' ? 'sobol' : cheapest(pilotAt(DECIDING), sampler === 'auto');
  if (kind === 'plain') return plain;
  const log2Size = log2SetSize(law.samples);
  const doublings = kind === 'sobol' ? Math.max(0, log2Size - TRIAL_LOG2_SIZE) : 0;
  const points: Points = kind === 'sobol' ? { kind, stream: 'samples', log2Size } : randomPoints;
  return {
    points,
    orbits,
    ...(controls && { controls }),
    gammaJob: (discount) => {
      if (limitOf(discount) !== undefined) return { ...plainJob(discount), plain: true };
      const pilot: Pilot = pilotAt(discount)[kind];
      const growth = pow(pilot.growth, doublings);
      const gains = pilot.gains.map((gain) => Math.min(LARGEST_GAIN, growth * gain));
      return { discount, tolerance: toleranceAt(discount, gains), control: pilot.control };
    },
  };
}

/**
 * The way of sampling with the least variance at equal work; others have to beat plain samples by a fifth. Sobol sets have
 * no such lead to make up on averaged samples: those of the run are larger than those of the pilot, which helps them alone.
 */
function cheapest({ plain, random, sobol }: Pilots, isSobolAllowed: boolean): keyof Pilots {
  const cost = ({ variance, work }: Pilot): number => variance * work;
  let kind: keyof Pilots = 'plain';
  let least = CLEARLY_LESS * cost(plain);
  if (cost(random) <= least) {
    kind = 'random';
    least = cost(random);
  }
  return isSobolAllowed && cost(sobol) <= least ? 'sobol' : kind;
}
