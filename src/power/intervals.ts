import { clopperPearson } from '../number/clopper-pearson.js';
import { studentQuantile } from '../number/student-quantile.js';
import type { IntervalKind } from './result.js';

/** What is known about the POWER samples of one state. */
export interface PowerSample {
  readonly count: number;
  readonly mean: number;
  /** of the mean; NaN for one sample */
  readonly standardError: number;
  /** the commonest sample, and at least how many samples equal it within the solver's bounds */
  readonly mode: number;
  readonly modeCount: number;
  /** mean and largest of the solver's bounds over the samples */
  readonly meanError: number;
  readonly largestError: number;
  /** bounds that the law sets to every sample, ±Infinity where there are none */
  readonly support: readonly [number, number];
  /** the law allows one value only */
  readonly certain: boolean;
  /** the law is known or assumed to have a variance */
  readonly hasVariance: boolean;
}

/** What is known from randomised sets. */
export interface SetSample extends Pick<PowerSample, 'mean' | 'standardError' | 'meanError' | 'support'> {
  readonly sets: number;
}

export interface PowerInterval {
  readonly interval: IntervalKind;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
}

/**
 * Below this many deviating samples their number is too far from normal for the t interval: a binomial count of 30 has
 * skewness below 0.19, and the normal interval of a rarer event misses more often than it says.
 */
export const fewDeviations = 30;

/**
 * Confidence limits of the mean of one state's POWER samples.
 *
 * Where nearly all samples are equal, the sample standard deviation is no guide (it is 0 if all are): an atom of the law
 * hides what was not drawn. Then, with p the chance of a sample other than the mode v, the mean lies between v − p·(v − a)
 * and v + p·(b − v) for a law on [a, b], and p has the Clopper-Pearson limit of the deviations among n − 1 samples (the
 * one left out chose v). The limits are cut to the support, within which the mean is certain.
 *
 * @param confidence  two-sided, in (0, 1)
 */
export function powerInterval(sample: PowerSample, confidence: number): PowerInterval {
  const { count, mean, meanError, largestError, support, mode, modeCount } = sample;
  const cut = (low: number, high: number): { low: number; high: number } => ({
    low: Math.min(mean, Math.max(low, support[0])),
    high: Math.max(mean, Math.min(high, support[1])),
  });
  if (sample.certain) return { interval: 'certain', ...cut(support[0], support[1]), standardError: 0 };

  const isBounded = Number.isFinite(support[0]) && Number.isFinite(support[1]);
  const standardError = count > 1 && (sample.hasVariance || isBounded) ? sample.standardError : null;
  const deviations = count - modeCount;
  if (count === 1 || (2 * modeCount > count && deviations < fewDeviations)) {
    if (!isBounded) return { interval: 'none', low: null, high: null, standardError };
    const chance =
      count === 1 ? 1 : clopperPearson(Math.min(deviations, count - 1), count - 1, confidence)[1];
    // A sample counted as equal is within its own bound twice and the mode's once of the mode.
    const slack = 3 * largestError;
    const limits = cut(
      mode - chance * (mode - support[0]) - slack,
      mode + chance * (support[1] - mode) + slack,
    );
    return { interval: 'deviation', ...limits, standardError };
  }
  if (standardError === null) return { interval: 'none', low: null, high: null, standardError };
  const reach = -studentQuantile((1 - confidence) / 2, count - 1) * standardError + meanError;
  return { interval: 't', ...cut(mean - reach, mean + reach), standardError };
}

/**
 * Confidence limits of a mean from the means of independent randomised sets, each of which has it as its own mean: Student's
 * t interval with sets − 1 degrees of freedom, cut to the support. One set by itself leaves what the support says.
 *
 * @param sets       how many, ≥ 1
 * @param meanError  of the solver, added on both sides
 */
export function setInterval(
  { mean, standardError, sets, meanError, support }: SetSample,
  confidence: number,
): PowerInterval {
  const reach =
    sets === 1 ? Infinity : -studentQuantile((1 - confidence) / 2, sets - 1) * standardError + meanError;
  const low = Math.min(mean, Math.max(mean - reach, support[0]));
  const high = Math.max(mean, Math.min(mean + reach, support[1]));
  const known = sets === 1 ? null : standardError;
  return Number.isFinite(low) && Number.isFinite(high)
    ? { interval: 'sets', low, high, standardError: known }
    : { interval: 'none', low: null, high: null, standardError: known };
}
