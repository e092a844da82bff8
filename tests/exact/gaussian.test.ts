// Normal rewards: tabulated means of order statistics, the closed forms against the integral, and sampling.
import { describe, expect, it } from 'vitest';
import { ExactRefusal } from '../../src/exact/budget.js';
import { greatestOfGaussians, type Measured } from '../../src/exact/gaussian.js';
import { normalCdf } from '../../src/number/normal-law.js';
import { approximate, ONE_RATIO, type Ratio, ratio, ZERO_RATIO } from '../../src/number/ratio.js';
import { zForFamily } from '../tolerance.js';

function variable(coefficients: readonly Ratio[], constant: Ratio = ZERO_RATIO) {
  return { coefficients, constant };
}

function unitVectors(k: number, factor: Ratio = ONE_RATIO) {
  return Array.from({ length: k }, (_, i) =>
    variable(Array.from({ length: k }, (_, j) => (i === j ? factor : ZERO_RATIO))),
  );
}

function within({ value, error }: Measured, truth: number, printed = 0): boolean {
  return Math.abs(value - truth) <= error + printed;
}

describe('greatestOfGaussians', () => {
  // E of the greatest of k standard normals: 1/√π, 3/(2√π), (3/√π)(1/2 + asin(1/3)/π), (5/√π)(1/4 + 3 asin(1/3)/(2π)).
  it.each([
    [2, 1 / Math.sqrt(Math.PI)],
    [3, 1.5 / Math.sqrt(Math.PI)],
    [4, (3 / Math.sqrt(Math.PI)) * (0.5 + Math.asin(1 / 3) / Math.PI)],
    [5, (5 / Math.sqrt(Math.PI)) * (0.25 + (1.5 * Math.asin(1 / 3)) / Math.PI)],
  ])('knows the greatest of %i: %f', (k, truth) => {
    const { mean } = greatestOfGaussians(unitVectors(k));
    expect(within(mean, truth, 4 * 2 ** -52)).toBe(true);
    expect(mean.error).toBeLessThan(1e-12);
  });

  it('integrates the greatest of 6, 10 and 100 (Harter 1961: 1.26720636, 1.53875273, 2.50759364)', () => {
    for (const [k, truth] of [
      [6, 1.26720636],
      [10, 1.53875273],
      [100, 2.50759364],
    ] as const) {
      const { mean, wins } = greatestOfGaussians(unitVectors(k));
      expect(within(mean, truth, 0.5e-8)).toBe(true);
      if (typeof wins === 'string') throw new Error(wins);
      for (const win of wins) expect(within(win, 1 / k)).toBe(true);
    }
  });

  it('gives two values of different means as Clark (1961) does', () => {
    const { mean, wins } = greatestOfGaussians([variable([ratio(3n)], ONE_RATIO), variable([ratio(1n)])]);
    // X₁ − X₂ ~ N(1, 2²): E max = Φ(1/2) + 2φ(1/2)
    expect(within(mean, normalCdf(0.5) + 2 * (Math.exp(-0.125) / Math.sqrt(2 * Math.PI)), 1e-15)).toBe(true);
    if (typeof wins === 'string') throw new Error(wins);
    expect(within(wins[0]!, 0.691462461274013, 1e-15)).toBe(true);
  });

  it('agrees with sampling on dependent values of one mean', () => {
    const half = ratio(1n, 2n);
    const vectors = [
      [ONE_RATIO, half, ZERO_RATIO],
      [half, half, half],
      [ZERO_RATIO, ratio(-1n), ONE_RATIO],
      [ratio(-1n), ZERO_RATIO, half],
    ];
    const { mean, wins } = greatestOfGaussians(vectors.map((v) => variable(v)));
    if (typeof wins === 'string') throw new Error(wins);
    let state = 99;
    const uniform = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const samples = 100_000;
    const counts = vectors.map(() => 0);
    let sum = 0;
    let squares = 0;
    for (let n = 0; n < samples; n++) {
      const z = [normal(), normal(), normal()];
      const values = vectors.map((v) => v.reduce((total, x, j) => total + approximate(x) * z[j]!, 0));
      const best = Math.max(...values);
      counts[values.indexOf(best)]!++;
      sum += best;
      squares += best * best;
    }
    const zScore = zForFamily(vectors.length + 1);
    const deviation = Math.sqrt(squares / samples - (sum / samples) ** 2);
    expect(Math.abs(sum / samples - mean.value)).toBeLessThan((zScore * deviation) / Math.sqrt(samples));
    wins.forEach(({ value }, i) => {
      const allowed = zScore * Math.sqrt((value * (1 - value)) / samples);
      expect(Math.abs(counts[i]! / samples - value)).toBeLessThan(allowed);
    });
    expect(Math.abs(wins.reduce((total, { value }) => total + value, 0) - 1)).toBeLessThan(1e-13);
  });

  it('refuses six dependent values', () => {
    const vectors = Array.from({ length: 6 }, (_, i) => [ratio(BigInt(i)), ratio(BigInt(i * i)), ONE_RATIO]);
    expect(() => greatestOfGaussians(vectors.map((v) => variable(v)))).toThrow(ExactRefusal);
  });
});
