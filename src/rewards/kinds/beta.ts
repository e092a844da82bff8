import { betaQuantile } from '../../number/beta-quantile.js';
import { betaLaw } from '../../number/incomplete-beta.js';
import type { Distribution } from '../distribution.js';
import { readDouble } from '../exact-number.js';

/** Beta with shapes a and b on (0, 1), by its quantile function. */
export function beta(aText: string, bText: string): Distribution {
  const a = readDouble(aText);
  const b = readDouble(bText);
  const law = betaLaw(a, b);
  return {
    transform(values) {
      for (let i = 0; i < values.length; i++) values[i] = betaQuantile(law, values[i]).x;
    },
    support: [0, 1],
    moments: 'finite',
    // Below 1/2 much of the mass is so near 0 or 1 that samples are rounded to one number: (2⁻⁵⁴)^b is 1e-8 at b = 1/2.
    atomless: Math.min(a, b) >= 0.5,
  };
}
