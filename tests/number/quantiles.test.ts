import { describe, expect, it } from 'vitest';
import { betaQuantile } from '../../src/number/beta-quantile.js';
import { clopperPearson } from '../../src/number/clopper-pearson.js';
import { betaLaw, betaTails } from '../../src/number/incomplete-beta.js';
import { normalQuantile } from '../../src/number/normal-quantile.js';
import { rationalOfDouble } from '../../src/number/rational.js';
import { studentQuantile } from '../../src/number/student-quantile.js';
import { bigNormalCdf, ratioToDouble } from './high-precision.js';

const ULP = 2 ** -52;

describe('normalQuantile', () => {
  // Oracle: Φ in 1500-bit fixed point; an error of Φ is an error of z by division by the density.
  it('inverts Φ to 4 ulp, from 1e-300 to the middle and up', () => {
    const tails = Array.from({ length: 60 }, (_, i) => 10 ** (-i * 5.07)).filter((p) => p < 0.5);
    const middle = Array.from({ length: 200 }, (_, i) => (i + 0.37) / 200);
    for (const p of [...tails, ...middle]) {
      const z = normalQuantile(p);
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      const error = ((ratioToDouble(bigNormalCdf(z), p) - 1) * p) / density / z;
      expect(Math.abs(error)).toBeLessThan(4 * ULP);
    }
  });
  it('is odd about 1/2 and ends at the infinities', () => {
    for (const p of [2 ** -54, 0.0625, 0.25, 0.4375]) {
      if (p > 1e-10) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
    }
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    for (const p of [-1, 2, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
  });
  it('gives the tabulated values', () => {
    // Abramowitz & Stegun, table 26.5 and the usual constants, to 15 digits.
    expect(normalQuantile(0.975)).toBeCloseTo(1.95996398454005, 14);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489, 14);
    expect(normalQuantile(0.75)).toBeCloseTo(0.67448975019608, 14);
  });
});

/** P(X ≥ k) for X ~ Bin(n, x), x a double, in exact rationals. */
function binomialUpperTail(n: number, k: number, x: number): number {
  const p = rationalOfDouble(x);
  const [a, d] = [p.n, p.d];
  let choose = 1n;
  let total = 0n;
  for (let j = 0; j <= n; j++) {
    if (j >= k) total += choose * a ** BigInt(j) * (d - a) ** BigInt(n - j);
    choose = (choose * BigInt(n - j)) / BigInt(j + 1);
  }
  // Scaled to 200 bits before the division, so that no double overflows.
  return Number((total << 200n) / d ** BigInt(n)) / 2 ** 200;
}

describe('betaTails', () => {
  it('are the binomial sums for whole shapes', () => {
    for (const n of [1, 2, 5, 12, 40]) {
      for (let k = 1; k <= n; k++) {
        for (const x of [1 / 64, 0.25, 0.4375, 0.5, 0.75, 63 / 64]) {
          const { lower, upper } = betaTails(betaLaw(k, n - k + 1), x, 1 - x);
          const exact = binomialUpperTail(n, k, x);
          const rest = binomialUpperTail(n, n - k + 1, 1 - x);
          // 64 roundings: about 20 in the kernel, and the continued fraction.
          expect(Math.abs(lower - exact)).toBeLessThan(64 * ULP * exact + 2 ** -54);
          expect(Math.abs(upper - rest)).toBeLessThan(64 * ULP * rest + 2 ** -54);
        }
      }
    }
  });
  it('have their closed forms where one shape is 1, or both are 1/2', () => {
    for (const x of [1e-12, 0.003, 0.2, 0.5, 0.8, 0.99]) {
      for (const shape of [0.05, 0.3, 1, 2.5, 30]) {
        const power = Math.exp(shape * Math.log(x));
        // 1e-12 to the 30th is below the smallest double.
        if (power === 0) continue;
        expect(Math.abs(betaTails(betaLaw(shape, 1), x, 1 - x).lower / power - 1)).toBeLessThan(
          64 * 30 * ULP,
        );
        const other = Math.exp(shape * Math.log1p(-x));
        expect(Math.abs(betaTails(betaLaw(1, shape), x, 1 - x).upper / other - 1)).toBeLessThan(
          64 * 30 * ULP,
        );
      }
      const arcsine = (2 / Math.PI) * Math.asin(Math.sqrt(x));
      expect(Math.abs(betaTails(betaLaw(0.5, 0.5), x, 1 - x).lower / arcsine - 1)).toBeLessThan(64 * ULP);
    }
  });
});

describe('betaQuantile', () => {
  it('goes there and back over eight decades of shapes', () => {
    const shapes = [0.01, 0.1, 0.5, 1, 2, 5, 50, 300, 20000, 1e6];
    for (const a of shapes) {
      for (const b of shapes) {
        const law = betaLaw(a, b);
        for (const p of [1e-9, 0.001, 0.2, 0.49, 0.5, 0.51, 0.9, 0.999]) {
          const { x, y } = betaQuantile(law, p);
          if (Math.min(x, y) < 1e-290) continue;
          expect(Math.abs(x + y - 1)).toBeLessThanOrEqual(ULP);
          const { lower, upper } = betaTails(law, x, y);
          // The rounding of x alone moves the tail by up to (a + b)·ulp relative.
          const slack = (64 + 4 * Math.sqrt(a + b) * 6) * ULP;
          expect(Math.abs(lower - p)).toBeLessThan(slack * p + 2 ** -53);
          expect(Math.abs(upper - (1 - p))).toBeLessThan(slack * (1 - p) + 2 ** -53);
        }
      }
    }
  });
  it('has its ends', () => {
    expect(betaQuantile(betaLaw(2, 3), 0)).toEqual({ x: 0, y: 1 });
    expect(betaQuantile(betaLaw(2, 3), 1)).toEqual({ x: 1, y: 0 });
    expect(betaQuantile(betaLaw(2, 3), Number.NaN).x).toBeNaN();
    // Below the smallest double.
    expect(betaQuantile(betaLaw(0.001, 1), 1e-9)).toEqual({ x: 0, y: 1 });
  });
});

describe('studentQuantile', () => {
  it('has its closed forms at 1, 2 and 4 degrees of freedom (Shaw, J. Comput. Finance 9 (2006))', () => {
    for (const p of [1e-6, 0.005, 0.025, 0.2, 0.4, 0.5, 0.7, 0.95]) {
      const alpha = 4 * p * (1 - p);
      const sign = p < 0.5 ? -1 : 1;
      const q = Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha);
      const exact = [
        [1, Math.tan(Math.PI * (p - 0.5))],
        [2, (2 * p - 1) / Math.sqrt(alpha / 2)],
        [4, sign * 2 * Math.sqrt(q - 1)],
      ];
      for (const [degrees, t] of exact) {
        // The closed forms themselves cancel near the middle: an absolute allowance of their arguments' rounding.
        expect(Math.abs(studentQuantile(p, degrees) - t)).toBeLessThan(64 * ULP * (1 + t * t));
      }
    }
  });
  it('gives the tabulated values and tends to the normal', () => {
    // Abramowitz & Stegun, table 26.10 (three decimals).
    const table: [number, number, number][] = [
      [0.975, 10, 2.228],
      [0.995, 31 - 1, 2.75],
      [0.975, 120, 1.98],
      [0.9995, 5, 6.869],
    ];
    for (const [p, degrees, t] of table) expect(studentQuantile(p, degrees)).toBeCloseTo(t, 3);
    expect(studentQuantile(0.025, 1e12)).toBeCloseTo(normalQuantile(0.025), 11);
  });
});

describe('clopperPearson', () => {
  it('has closed forms at no and all successes', () => {
    for (const n of [1, 10, 1000, 200_000]) {
      const edge = -Math.expm1(Math.log(0.025) / n);
      const [low, high] = clopperPearson(0, n, 0.95);
      expect(low).toBe(0);
      expect(Math.abs(high / edge - 1)).toBeLessThan(64 * ULP);
      const [least, most] = clopperPearson(n, n, 0.95);
      expect(most).toBe(1);
      expect(Math.abs(least - (1 - edge))).toBeLessThan(64 * ULP);
    }
  });
  it('has ends at which the binomial tail is the error rate, exactly', () => {
    for (const n of [5, 30, 60]) {
      for (let k = 1; k < n; k += 3) {
        const [low, high] = clopperPearson(k, n, 0.99);
        expect(binomialUpperTail(n, k, low)).toBeCloseTo(0.005, 15);
        expect(1 - binomialUpperTail(n, k + 1, high)).toBeCloseTo(0.005, 14);
      }
    }
  });
  it('has the same for 100,000 trials', () => {
    const n = 100_000;
    for (const k of [1, 317, 50_000, 99_900]) {
      const [low, high] = clopperPearson(k, n, 0.95);
      // Oracle: binomial terms by their ratios from the mode outwards, normalised by their own sum.
      const upperTail = (x: number, from: number): number => {
        const mode = Math.floor(n * x);
        const terms = new Float64Array(n + 1);
        terms[mode] = 1;
        for (let j = mode; j < n; j++) terms[j + 1] = (terms[j] * (n - j) * x) / ((j + 1) * (1 - x));
        for (let j = mode; j > 0; j--) terms[j - 1] = (terms[j] * j * (1 - x)) / ((n - j + 1) * x);
        let [above, all] = [0, 0];
        for (let j = 0; j <= n; j++) {
          all += terms[j];
          if (j >= from) above += terms[j];
        }
        return above / all;
      };
      // A few thousand roundings from the mode to the tail.
      expect(Math.abs(upperTail(low, k) / 0.025 - 1)).toBeLessThan(1e4 * ULP);
      expect(Math.abs((1 - upperTail(high, k + 1)) / 0.025 - 1)).toBeLessThan(1e4 * 40 * ULP);
    }
  });
  it('gives the published interval of 5 in 10', () => {
    const [low, high] = clopperPearson(5, 10, 0.95);
    expect(low).toBeCloseTo(0.187086, 6);
    expect(high).toBeCloseTo(0.812914, 6);
  });
  it('takes two counts where some trials are undecided', () => {
    expect(clopperPearson([3, 7], 10, 0.9)).toEqual([
      clopperPearson(3, 10, 0.9)[0],
      clopperPearson(7, 10, 0.9)[1],
    ]);
  });
  it('refuses what is no count and no confidence', () => {
    for (const [k, n] of [
      [-1, 5],
      [6, 5],
      [0.5, 5],
      [0, 0],
      [Number.NaN, 5],
    ]) {
      expect(() => clopperPearson(k, n, 0.95)).toThrow(RangeError);
    }
    expect(() => clopperPearson([4, 3], 5, 0.95)).toThrow(RangeError);
    for (const confidence of [0, 1, 95, Number.NaN])
      expect(() => clopperPearson(1, 5, confidence)).toThrow(RangeError);
  });
});
