import { nearestDouble } from '../number/nearest-double.js';
import { ONE, rational } from '../number/rational.js';
import { writtenText } from '../number/written-number.js';
import type { Quotient } from './quotients.js';

/** Denominators of row sums may have this many bits: more would take long to add up, and no model needs it. */
const LARGEST_DENOMINATOR = 2n ** 8192n;

/** A row may differ from 1 by 10^-12: probabilities printed from doubles do. */
const TOLERANCE_INVERSE = 10n ** 12n;
export const ROW_TOLERANCE = '1e-12';

/**
 * The exact sum of quotients over a common multiple of their denominators.
 * @returns undefined if that has more than 8192 bits
 */
export function exactSum(terms: readonly Quotient[]): Quotient | undefined {
  let sum = 0n;
  let common = 1n;
  for (const { num, den } of terms) {
    if (den === common) {
      sum += num;
    } else if (common % den === 0n) {
      sum += num * (common / den);
    } else {
      const scale = den / greatestCommonDivisor(common, den);
      sum = sum * scale + num * ((common * scale) / den);
      common *= scale;
      if (common > LARGEST_DENOMINATOR) return undefined;
    }
  }
  return { num: sum, den: common };
}

/** True if a sum is within 10^-12 of 1. */
export function nearlyOne({ num, den }: Quotient): boolean {
  const difference = num > den ? num - den : den - num;
  return difference * TOLERANCE_INVERSE <= den;
}

/** A sum for a message: exactly where that is short, else its nearest double, or how far it is from 1. */
export function sumText({ num, den }: Quotient): string {
  const sum = rational(num, den);
  if (sum.d <= 10n ** 24n) {
    const text = writtenText(sum);
    if (text.length <= 30) return text;
  }
  if (!nearlyOne({ num, den })) return `about ${nearestDouble(sum)}`;
  const difference = sum.sub(ONE);
  return `1 ${difference.s < 0n ? '-' : '+'} ${nearestDouble(difference.abs()).toPrecision(2)}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
