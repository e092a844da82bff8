import { nearestDouble } from '../../number/nearest-double.js';
import type { Distribution } from '../distribution.js';
import { readNumber } from '../exact-number.js';

/** Below this share of its distance from 0, a law's width is too small for 53-bit samples to be all distinct. */
export const RESOLVED: number = 2 ** -20;

/** Uniform on [low, high]: low + (high − low) u. */
export function uniform(lowText: string, highText: string): Distribution {
  const exactLow = readNumber(lowText);
  const exactHigh = readNumber(highText);
  const low = nearestDouble(exactLow);
  const high = nearestDouble(exactHigh);
  const width = nearestDouble(exactHigh.sub(exactLow));
  return {
    transform(values) {
      // Rounding may pass the upper end by one bit.
      for (let i = 0; i < values.length; i++) values[i] = Math.min(low + width * values[i], high);
    },
    uniform: { low, width, high },
    support: [low, high],
    moments: 'finite',
    atomless: width >= RESOLVED * Math.max(Math.abs(low), Math.abs(high)),
  };
}
