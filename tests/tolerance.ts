/**
 * Tolerances of tests that compare numbers which cannot be equal: what sampling allows at a stated rate of false alarms,
 * and what rounding allows by the standard model of floating-point arithmetic. Nothing here is chosen by hand.
 */

/** 2⁻⁵³: the largest relative error of one correctly rounded operation on doubles. */
export const unitRoundoff: number = 2 ** -53;

/**
 * The bound |computed − exact| ≤ γ_k·magnitude, γ_k = k·u/(1 − k·u), for a sum of products in which every term passes at
 * most k roundings and the absolute values of the terms sum to at most `magnitude` (Higham 2002, Lemma 3.1).
 */
export function roundingBound(k: number, magnitude: number): number {
  return ((k * unitRoundoff) / (1 - k * unitRoundoff)) * Math.abs(magnitude);
}

/**
 * The z with P(|Z| > z) = falseAlarmRate for a standard normal Z: a correct program fails a test of |estimate − truth| ≤
 * z·standardError this rarely (over seeds; with a fixed seed it fails always or never).
 * @param falseAlarmRate  in (0, 1)
 */
export function zAt(falseAlarmRate: number): number {
  let [low, high] = [0, 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (2 * normalUpperTail(middle) > falseAlarmRate) low = middle;
    else high = middle;
  }
  return high;
}

/** The z for each of `tests` comparisons, so that all of them together raise a false alarm with at most the given rate (Bonferroni). */
export function zForFamily(tests: number, falseAlarmRate = 1e-6): number {
  return zAt(falseAlarmRate / tests);
}

/**
 * P(Z > z) for z ≥ 0: the series of Abramowitz & Stegun (1964) 26.2.11 below 3, the continued fraction 26.2.14 above.
 */
function normalUpperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
