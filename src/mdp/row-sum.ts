import { nearestDouble } from '../number/nearest-double.js';
import { type Rational, rational } from '../number/rational.js';
import { writtenText } from '../number/written-number.js';

/** Denominators of row sums may have this many bits: more would take long to add up, and no model needs it. */
const LARGEST_DENOMINATOR = 2n ** 65_536n;

/** A row may differ from 1 by 10^-12: probabilities printed from doubles do. */
const TOLERANCE_INVERSE = 10n ** 12n;
export const ROW_TOLERANCE = '1e-12';

/**
 * The exact sum of rationals.
 * @returns undefined if its denominator has more than 65,536 bits
 */
export function exactSum(values: readonly Rational[]): Rational | undefined {
  let num = 0n;
  let den = 1n;
  for (const { n, d } of values) {
    if (d === den) {
      num += n;
    } else if (den % d === 0n) {
      num += n * (den / d);
    } else {
      const scale = d / greatestCommonDivisor(den, d);
      num = num * scale + n * ((den * scale) / d);
      den *= scale;
      if (den > LARGEST_DENOMINATOR) return undefined;
    }
  }
  return rational(num, den);
}

/** True if a sum is within 10^-12 of 1. */
export function nearlyOne({ n, d }: Rational): boolean {
  const difference = n > d ? n - d : d - n;
  return difference * TOLERANCE_INVERSE <= d;
}

/** A sum for a message: exactly where that is short, else its nearest double. */
export function sumText(sum: Rational): string {
  if (sum.d <= 10n ** 24n) {
    const text = writtenText(sum);
    if (text.length <= 30) return text;
  }
  return `about ${nearestDouble(sum)}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
