import { fillUniformPair, type PhiloxKey, Purpose } from './philox.js';
import { SOBOL_DIMENSIONS } from './sobol/direction-numbers.js';
import { sobolFiller, sobolTables } from './sobol/scrambled-points.js';
import type { UniformDraws } from './source.js';

/**
 * The points of the unit cube that rewards are made from by their quantile functions. Points of different streams are
 * independent of each other.
 * - `random`: independent ones;
 * - `sobol`: sample i is point i mod n of the randomised Sobol set ⌊i/n⌋, with n = 2^log2Size points in each set.
 */
export type Points =
  | { readonly kind: 'random'; readonly stream: 'samples' | 'pilot' | 'check' }
  | { readonly kind: 'sobol'; readonly stream: 'samples' | 'pilot'; readonly log2Size: number };

/** Fewest points of a set that are drawn in groups of eight. */
const LEAST_LOG2_SIZE = 3;

/** How to draw the points elsewhere; undefined where that is not for these. */
export function pointDraws(
  points: Points,
  key: PhiloxKey,
  isRandom: readonly boolean[],
): Omit<UniformDraws, 'laws'> | undefined {
  const words = { keyLow: key.low, keyHigh: key.high, purpose: PURPOSE[points.stream] };
  if (points.kind === 'random') return words;
  const dimensionOf = dimensionsOf(isRandom);
  const beyond = isRandom.some((random, c) => random && !dimensionOf.has(c));
  if (beyond || points.log2Size < LEAST_LOG2_SIZE) return undefined;
  const dimensions = Int32Array.from(isRandom, (_, c) => dimensionOf.get(c) ?? -1);
  return { ...words, sobol: sobolTables(key, SCRAMBLE[points.stream], points.log2Size, dimensions) };
}

/** The Sobol dimension of each random coordinate, as far as there are any. */
function dimensionsOf(isRandom: readonly boolean[]): Map<number, number> {
  const dimensionOf = new Map<number, number>();
  for (let c = 0; c < isRandom.length && dimensionOf.size < SOBOL_DIMENSIONS; c++) {
    if (isRandom[c]) dimensionOf.set(c, dimensionOf.size);
  }
  return dimensionOf;
}

export const randomPoints: Points = { kind: 'random', stream: 'samples' };

const PURPOSE = { samples: Purpose.rewards, pilot: Purpose.pilot, check: Purpose.check } as const;
const SCRAMBLE = { samples: Purpose.scramble, pilot: Purpose.pilotScramble } as const;

/**
 * A function that writes uniforms of samples first … first+count−1, coordinate-major: u(c, b) = values[c·count + b]. Those
 * of coordinates that are not random are left as they are. Sobol coordinates beyond the table of direction numbers are
 * independent uniforms; every sample is uniform on the cube, and sets are independent, all the same.
 *
 * @param isRandom  of each coordinate
 */
export function pointFiller(
  points: Points,
  key: PhiloxKey,
  isRandom: readonly boolean[],
): (first: number, count: number, values: Float64Array) => void {
  const dimensionOf = points.kind === 'sobol' ? dimensionsOf(isRandom) : new Map<number, number>();
  const fillSobol =
    points.kind === 'sobol' ? sobolFiller(key, SCRAMBLE[points.stream], points.log2Size) : undefined;
  const purpose = PURPOSE[points.stream];
  return (first, count, values) => {
    const column = (c: number): Float64Array => values.subarray(c * count, (c + 1) * count);
    const independent = (c: number): Float64Array | null =>
      c < isRandom.length && isRandom[c] && !dimensionOf.has(c) ? column(c) : null;
    for (let c = 0; c < isRandom.length; c += 2) {
      const [even, odd] = [independent(c), independent(c + 1)];
      if (even !== null || odd !== null) fillUniformPair(key, purpose, c / 2, first, count, even, odd);
    }
    for (const [c, dimension] of dimensionOf) fillSobol?.(dimension, first, column(c));
  };
}
