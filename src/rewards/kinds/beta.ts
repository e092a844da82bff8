import { betaQuantile, type UnitPoint } from '../../number/beta-quantile.js';
import { type BetaLaw, betaLaw } from '../../number/incomplete-beta.js';
import type { Distribution } from '../distribution.js';
import { readDouble } from '../exact-number.js';

/** Beta with shapes a and b on (0, 1), by its quantile function. */
export function beta(aText: string, bText: string): Distribution {
  const a = readDouble(aText);
  const b = readDouble(bText);
  const law = betaLaw(a, b);
  let guess: ((u: number) => UnitPoint | undefined) | undefined;
  return {
    transform(values) {
      guess ??= guesses(law);
      for (let i = 0; i < values.length; i++) {
        const u = values[i];
        values[i] = betaQuantile(law, u, 1 - u, guess(u)).x;
      }
    },
    support: [0, 1],
    moments: 'finite',
    // Below 1/2 much of the mass is so near 0 or 1 that samples are rounded to one number: (2⁻⁵⁴)^b is 1e-8 at b = 1/2.
    atomless: Math.min(a, b) >= 0.5,
  };
}

const CELLS = 2048;

/** Starts for the quantile from a table, linear between its points; none in the first and last cell. */
function guesses(law: BetaLaw): (u: number) => UnitPoint | undefined {
  const points = Array.from({ length: CELLS + 1 }, (_, i) => betaQuantile(law, i / CELLS));
  const xs = Float64Array.from(points, ({ x }) => x);
  const ys = Float64Array.from(points, ({ y }) => y);
  return (u) => {
    const cell = Math.floor(u * CELLS);
    if (cell === 0 || cell >= CELLS - 1 || xs[cell] === 0 || ys[cell + 1] === 0) return undefined;
    const share = u * CELLS - cell;
    return {
      x: xs[cell] + share * (xs[cell + 1] - xs[cell]),
      y: ys[cell] + share * (ys[cell + 1] - ys[cell]),
    };
  };
}
