import { normalQuantile } from '../../number/normal-quantile.js';
import type { Distribution } from '../distribution.js';
import { readDouble } from '../exact-number.js';
import { RESOLVED } from './uniform.js';

/** Normal with a mean and a standard deviation: mean + sd Φ⁻¹(u), at most 8.3 sd from the mean since 2⁻⁵⁴ ≤ u < 1. */
export function normal(meanText: string, sdText: string): Distribution {
  const mean = readDouble(meanText);
  const sd = readDouble(sdText);
  return {
    transform(values) {
      for (let i = 0; i < values.length; i++) values[i] = mean + sd * normalQuantile(values[i]);
    },
    support: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    moments: 'finite',
    atomless: sd >= RESOLVED * Math.abs(mean),
  };
}
