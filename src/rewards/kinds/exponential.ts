import { log1p } from '../../number/elementary.js';
import type { Distribution } from '../distribution.js';
import { readDouble } from '../exact-number.js';

/** Exponential with a rate (mean 1/rate): −ln(1 − u)/rate. */
export function exponential(rateText: string): Distribution {
  const rate = readDouble(rateText);
  return {
    transform(values) {
      for (let i = 0; i < values.length; i++) values[i] = -log1p(-values[i]) / rate;
    },
    support: [0, Number.POSITIVE_INFINITY],
    moments: 'finite',
    atomless: true,
  };
}
