/**
 * Rounding of the certificate, proved. u = 2⁻⁵³; k transitions in the longest row, H = max |h|, Rmax = max |R|,
 * D = max |T h − h|, omg = 1 − gamma. h itself is just a vector of doubles, without error.
 *
 * - A row's sum Σ p_t h_t: each term carries the rounding of p_t, of the product and of at most k − 1 additions, and
 *   Σ p_t = 1, so the error is ≤ (k+1)·u·H to first order. The maximum over rows is no worse.
 * - gamma times that: the rounding of gamma and of the product, so (k+3)·u·H. Adding R: one rounding of a number
 *   ≤ Rmax + H, and u·Rmax if R was rounded. So T h has error ≤ u·((k+4)·H + 2·Rmax).
 * - Subtracting h: one more rounding, ≤ u·D. In all, of every entry of T h − h:  u·((k+4)·H + 2·Rmax + D).
 * - The power sample omg·max_a P_a h + middle: (k+1) as above, the rounding of omg, of the product, of the middle and of
 *   the sum: u·((k+4)·omg·H + 2·D).
 *
 * Second-order terms, and the roundings in computing the bounds themselves, are below 1 % as long as k < 2⁴⁵. A product
 * that underflows, or a probability or reward that is subnormal, adds at most 2⁻¹⁰⁷³·(1+H) per operation.
 */
const UNIT = 2 ** -53;
const SLACK = 1.01 * UNIT;
const TINY = 2 ** -1073;

/** Largest error of an entry of T h − h as computed by one sweep. */
export function changeRounding(
  longestRow: number,
  largestValue: number,
  largestReward: number,
  largestChange: number,
): number {
  return (
    SLACK * ((longestRow + 4) * largestValue + 2 * largestReward + largestChange) +
    (longestRow + 4) * TINY * (1 + largestValue)
  );
}

/**
 * Certified error of the power samples (1−gamma)·max_a P_a h + (low+high)/2 of one column: they enclose the exact ones,
 * which lie in (1−gamma)·max_a P_a h + [low, high] (DESIGN 5: V* ∈ T h + gamma/(1−gamma)·[low, high]).
 */
export function powerError(
  longestRow: number,
  largestValue: number,
  largestReward: number,
  low: number,
  high: number,
  oneMinusGamma: number,
): number {
  const largestChange = Math.max(Math.abs(low), Math.abs(high));
  return (
    (high / 2 - low / 2) * (1 + 8 * UNIT) +
    changeRounding(longestRow, largestValue, largestReward, largestChange) +
    SLACK * ((longestRow + 4) * oneMinusGamma * largestValue + 2 * largestChange) +
    (longestRow + 4) * TINY * (1 + largestValue)
  );
}

/**
 * How far apart P_a h and P_b h have to be, as computed, to prove that action a is better than b. V* ∈ h + constant +
 * [low, high]/(1−gamma), and P_a − P_b moves mass of at most 1, so (P_a − P_b) V* differs from (P_a − P_b) h by at most
 * (high − low)/(1−gamma); each row's sum has error (k+1)·u·H, their difference one rounding more.
 */
export function gapBound(
  longestRow: number,
  largestValue: number,
  largestReward: number,
  low: number,
  high: number,
  oneMinusGamma: number,
): number {
  const largestChange = Math.max(Math.abs(low), Math.abs(high));
  const rounding = changeRounding(longestRow, largestValue, largestReward, largestChange);
  return (
    ((high - low + 2 * rounding) / oneMinusGamma) * (1 + 8 * UNIT) +
    SLACK * 2 * (longestRow + 2) * largestValue +
    (longestRow + 4) * TINY * (1 + largestValue)
  );
}

/**
 * The same for values V found in one pass back over a model in which every row is certain and paths have `longestPath` steps
 * at most: their errors add up along a path, not over 1/(1 − gamma) steps. R + gamma·V rounds gamma, the product, the sum
 * and R: ≤ u·(3·Vmax + Rmax), and Rmax ≤ Vmax = Rmax/(1 − gamma); R/(1 − gamma) rounds R, 1 − gamma, its reciprocal and the
 * product: 4u·Vmax. So V has error ≤ 4u·Vmax·(longestPath + 1), and two of them are compared.
 */
export function pathGapBound(
  longestPath: number,
  largestValue: number,
  largestReward: number,
  oneMinusGamma: number,
): number {
  const largest = largestReward / oneMinusGamma;
  return (
    SLACK * 2 * 4 * largest * (longestPath + 1) +
    rowNoise(1, largestValue) +
    4 * TINY * (longestPath + 2) * (1 + largest)
  );
}

/** Rounding of one row's sum, twice: differences of sums below this are noise. */
export function rowNoise(longestRow: number, largestValue: number): number {
  return SLACK * 2 * (longestRow + 2) * largestValue;
}

/** What rounding to single precision may make of the width of a change: below it sweeps in it need not get any further. */
export function singleNoise(longestRow: number, largestValue: number): number {
  return 2 ** -24 * (longestRow + 4) * largestValue;
}
