import { nearestDouble } from '../../number/nearest-double.js';
import { ONE, rational, ZERO } from '../../number/rational.js';
import type { Distribution } from '../distribution.js';
import { readNumber } from '../exact-number.js';
import type { DiscreteLaw } from '../spec.js';

/**
 * Finitely many values, ascending. The law is exact up to 2⁻⁵³: the cumulative probabilities are rounded to multiples of
 * 2⁻⁵³, by 2⁻⁵⁴ at most, and P(u < j/2⁵³) is exactly j/2⁵³ (philox.ts). Probabilities that are such multiples are exact.
 */
export function discrete(atoms: DiscreteLaw['atoms']): Distribution {
  const values = atoms.map(({ value }) => readNumber(value));
  const doubles = Float64Array.from(values, nearestDouble);
  const thresholds = cumulative(atoms.map(({ probability }) => probability));
  const index = (u: number): number => thresholdsBelow(thresholds, u);
  return {
    transform(uniforms) {
      for (let i = 0; i < uniforms.length; i++) uniforms[i] = doubles[index(uniforms[i])];
    },
    support: [doubles[0], doubles[doubles.length - 1]],
    moments: 'finite',
    atomless: false,
    atoms: { values, doubles, index },
  };
}

/**
 * Float64 (n − 1): the cumulative sums of n probabilities but the last, each rounded to a multiple of 2⁻⁵³.
 * Item i is drawn where the sum before it is ≤ u and its own is above u.
 */
export function cumulative(probabilities: readonly string[]): Float64Array {
  const unit = rational(1n, 1n << 53n);
  let sum = ZERO;
  const sums = probabilities.map((text) => {
    sum = sum.add(readNumber(text));
    return nearestDouble(sum.div(unit).round().mul(unit));
  });
  if (!sum.equals(ONE)) throw new RangeError('the probabilities of a discrete law do not sum to 1');
  return Float64Array.from(sums.slice(0, -1));
}

/** How many ascending thresholds are at most u. */
export function thresholdsBelow(thresholds: Float64Array, u: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] <= u) low = middle + 1;
    else high = middle;
  }
  return low;
}
