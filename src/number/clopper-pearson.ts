import { betaQuantile } from './beta-quantile.js';
import { betaLaw } from './incomplete-beta.js';
import { remembered } from './remembered.js';

/**
 * Exact interval for a binomial probability (Clopper & Pearson 1934): covers with at least `confidence` whatever the
 * probability is, each end missing with at most (1 − confidence)/2.
 *
 * @param successes  0 … n; or two counts [least, most] where some trials are undecided: the lower end is then that of
 *   `least` and the upper end that of `most`, so that the interval holds however the undecided ones would have ended
 * @param n          trials, at least 1
 * @param confidence 0 < confidence < 1
 * @returns [low, high]
 * @throws {RangeError} counts that are not integers 0 ≤ least ≤ most ≤ n, or a confidence outside (0, 1)
 */
export function clopperPearson(
  successes: number | readonly [least: number, most: number],
  n: number,
  confidence: number,
): [low: number, high: number] {
  const [least, most] = typeof successes === 'number' ? [successes, successes] : successes;
  if (![least, most, n].every(Number.isSafeInteger) || n < 1 || least < 0 || least > most || most > n) {
    throw new RangeError(`no binomial interval for ${least} to ${most} successes in ${n} trials`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`a confidence is between 0 and 1, got ${confidence}`);
  }
  const tail = (1 - confidence) / 2;
  return [
    least === 0 ? 0 : quantile(least, n - least + 1, tail).x,
    most === n ? 1 : quantile(n - most, most + 1, tail).y,
  ];
}

const quantile = remembered((a, b, p) => betaQuantile(betaLaw(a, b), p));
