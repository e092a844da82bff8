import { clopperPearson } from '../number/clopper-pearson.js';
import { standardError } from '../number/moments.js';
import { choiceBatches } from './batches.js';
import type { ChoiceCounts } from './choice-counts.js';
import { fewDeviations, powerInterval, setInterval } from './intervals.js';
import type { OptimalityRow } from './result.js';
import { choicesOf, type GammaSums, type RowContext } from './rows.js';

/** Means over the members of a choice's set of how many samples had them optimal; over itself if there are no sets. */
interface Counts {
  readonly unique: number;
  readonly optimal: number;
  readonly undecided: number;
  readonly share: number;
}

/** What is the same for every reward function has no sampling error. */
function isCertain({ mdp, classes, source }: RowContext, state: number): boolean {
  const choices = choicesOf(mdp, state);
  return source.constant || choices.every((c) => classes[c] === classes[choices[0]]);
}

/**
 * Whether the limits of a state's rows cannot be taken from these samples: Sobol sets of which hardly any, or nearly all,
 * points had a choice optimal, or that all agree. `check` samples are needed then.
 */
export function isOptimalityDoubtful({ sets, sums, orbits }: GammaSums, choice: number): boolean {
  if (!sets?.shares) return false;
  const slot = orbits!.ofChoice[choice];
  const samples = sums.moments.count;
  const optimal = sets.shares.mean[slot] * samples;
  return Math.min(optimal, samples - optimal) < fewDeviations || sets.shares.m2[slot] === 0;
}

/** The optimality rows of one state, one a choice; those that `gammaOf` chooses other samples for are made from these. */
export function optimalityRows(
  context: RowContext,
  state: number,
  gammaOf: (choice: number) => GammaSums,
): OptimalityRow[] {
  const certain = isCertain(context, state);
  return choicesOf(context.mdp, state).map((c) => optimalityRow(context, gammaOf(c), state, c, certain));
}

function optimalityRow(
  context: RowContext,
  gamma: GammaSums,
  state: number,
  choice: number,
  certain: boolean,
): OptimalityRow {
  const { choices, moments } = gamma.sums;
  if (choices === undefined) throw new RangeError('optimality rows need decisions');
  const samples = moments.count;
  const counts = meanCounts(context, gamma, choices, choice);
  return {
    state: context.mdp.states[state],
    action: context.mdp.actions[choice],
    gamma: gamma.job.discount.text,
    probability: (counts.optimal + counts.undecided / 2) / samples,
    ...limits(context, gamma, choice, counts, certain),
    ...averageFields(context, gamma, choice, certain),
    strict: counts.unique / samples,
    fractional: counts.share / samples,
    undecided: counts.undecided / samples,
    samples,
    method: 'sampled',
    exact: null,
    ...(gamma.batches && { batches: choiceBatches(gamma.batches, choice) }),
  };
}

function meanCounts(
  { choiceSets }: RowContext,
  { orbits }: GammaSums,
  counts: ChoiceCounts,
  choice: number,
): Counts {
  const { unique, tied, undecided, share, shareLost } = counts;
  const total = { unique: 0, optimal: 0, undecided: 0, share: 0 };
  const set = orbits === undefined ? [choice] : choiceSets![orbits.ofChoice[choice]];
  for (const c of set) {
    total.unique += unique[c];
    total.optimal += unique[c] + tied[c];
    total.undecided += undecided[c];
    total.share += unique[c] + (share[c] + shareLost[c]);
  }
  const size = set.length;
  return {
    unique: total.unique / size,
    optimal: total.optimal / size,
    undecided: total.undecided / size,
    share: total.share / size,
  };
}

/**
 * Limits of the probability. Independent samples of one choice: Clopper-Pearson, the lower one as if every undecided sample
 * were not optimal, the upper one as if every one were. Averages over a set, and over Sobol sets, are means of numbers in
 * [0, 1] as POWER is a mean of numbers in its support.
 */
function limits(
  { confidence }: RowContext,
  gamma: GammaSums,
  choice: number,
  { optimal, undecided }: Counts,
  certain: boolean,
): Pick<OptimalityRow, 'low' | 'high'> & Required<Pick<OptimalityRow, 'interval'>> {
  const { orbits, sums, sets } = gamma;
  const samples = sums.moments.count;
  if (certain) return { ...certainLimits(optimal, optimal + undecided, samples), interval: 'certain' };
  const slot = orbits?.ofChoice[choice] ?? choice;
  const meanError = undecided / 2 / samples;
  if (sets?.shares) {
    const { shares } = sets;
    const sample = { mean: shares.mean[slot], standardError: standardError(shares, slot), meanError };
    const known = gamma.unchecked && isOptimalityDoubtful(gamma, choice) ? 1 : shares.count;
    const { low, high } = setInterval({ ...sample, sets: known, support: [0, 1] }, confidence);
    return { low: low ?? 0, high: high ?? 1, interval: 'sets' };
  }
  if (orbits === undefined || sums.shares === undefined || orbits.choiceMembers[slot] === 1) {
    const [low, high] = clopperPearson([optimal, optimal + undecided], samples, confidence);
    return { low, high, interval: 'clopperPearson' };
  }
  const { moments, modes } = sums.shares;
  const { low, high, interval } = powerInterval(
    {
      count: samples,
      mean: moments.mean[slot],
      standardError: standardError(moments, slot),
      mode: modes.value[slot],
      modeCount: modes.count[slot],
      meanError,
      // The commonest share may itself be an undecided one.
      largestError: 2 * undecided * orbits.choiceMembers[slot] > samples ? 1 : 0,
      support: [0, 1],
      certain: false,
      hasVariance: true,
    },
    confidence,
  );
  return { low: low ?? 0, high: high ?? 1, interval: interval === 'none' ? 'deviation' : interval };
}

/** What is the same for every reward function is so or not. */
function certainLimits(least: number, most: number, samples: number): { low: number; high: number } {
  return { low: Math.floor(least / samples), high: Math.ceil(most / samples) };
}

/** The share of samples in which a choice is average-optimal, from the independent samples of gamma 1. */
function averageFields(
  { confidence }: RowContext,
  { sums }: GammaSums,
  choice: number,
  certain: boolean,
): Partial<OptimalityRow> {
  if (sums.average === undefined) return {};
  const samples = sums.moments.count;
  const [optimal, undecided] = [sums.average.optimal[choice], sums.average.undecided[choice]];
  const [low, high] = clopperPearson([optimal, optimal + undecided], samples, confidence);
  const limits = certain ? certainLimits(optimal, optimal + undecided, samples) : { low, high };
  return {
    averageProbability: (optimal + undecided / 2) / samples,
    averageLow: limits.low,
    averageHigh: limits.high,
    averageUndecided: undecided / samples,
  };
}
