import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angle } from '../../src/number/angle.js';
import { bigSinCos } from './high-precision.js';

/** (y cos θ − x sin θ) / max(|x|, |y|), which is at least |sin(true angle − θ)|, and whether θ points the right way. */
function missedBy(y: number, x: number): { size: number; forward: boolean } {
  const [sin, cos] = bigSinCos(angle(y, x));
  const [Y, X] = [BigInt(y), BigInt(x)];
  const across = Y * cos.mantissa - X * sin.mantissa;
  const along = X * cos.mantissa + Y * sin.mantissa;
  const size = BigInt(Math.max(Math.abs(x), Math.abs(y)));
  const scaled = (((across < 0n ? -across : across) << 100n) / size) >> BigInt(-sin.exponent);
  return { size: Number(scaled) / 2 ** 100, forward: along > 0n };
}

describe('the angle of a point', () => {
  it('has an error below 2^-50, by sine and cosine in big integers', () => {
    const whole = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 29 }), (y, x, shift) => {
        const [a, b] = [y, Math.trunc(x / 2 ** shift)];
        fc.pre(a !== 0 || b !== 0);
        for (const [v, w] of [
          [a, b],
          [b, a],
        ] as const) {
          const { size, forward } = missedBy(v, w);
          expect(size).toBeLessThan(2 ** -50);
          expect(forward).toBe(true);
        }
      }),
      { numRuns: 400, seed: 5 },
    );
  });

  it('is exact on the axes, up to the rounding of π', () => {
    expect(angle(0, 3)).toBe(0);
    expect(angle(0, 0)).toBe(0);
    for (const [y, x] of [
      [2, 0],
      [-2, 0],
      [0, -1],
      [1, 1],
      [1, -1],
    ] as const) {
      expect(missedBy(y, x).size).toBeLessThan(2 ** -50);
      expect(Math.abs(angle(y, x) - Math.atan2(y, x))).toBeLessThan(2 ** -50);
    }
  });
});
