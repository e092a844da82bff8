import { add, divide, ONE_RATIO, type Ratio, ratio, subtract } from './ratio.js';

/**
 * The fraction of least denominator strictly between low and high, 0 ≤ low < high; without `high`, above low. By continued
 * fractions (the Stern–Brocot tree), so the cost is that of the length of the fraction, however narrow the interval is.
 */
export function simplestBetween(low: Ratio, high?: Ratio): Ratio {
  const whole = low.n / low.d;
  if (high === undefined || (whole + 1n) * high.d < high.n) return ratio(whole + 1n);
  const rest = subtract(low, ratio(whole));
  const inner = simplestBetween(
    divide(ONE_RATIO, subtract(high, ratio(whole))),
    rest.n === 0n ? undefined : divide(ONE_RATIO, rest),
  );
  return add(ratio(whole), divide(ONE_RATIO, inner));
}
