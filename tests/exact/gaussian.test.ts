// Normal rewards: tabulated means of order statistics, the closed forms against the integral, and sampling.
import { describe, expect, it } from 'vitest';
import { ExactRefusal, newBudget } from '../../src/exact/budget.js';
import type { Affine } from '../../src/exact/integrals/affine.js';
import { greatestOfGaussians } from '../../src/exact/laws/gaussian.js';
import { type Measured, orthant } from '../../src/exact/laws/orthant.js';
import { normalCdf } from '../../src/number/normal-law.js';
import {
  add,
  approximate,
  multiply,
  ONE_RATIO,
  type Ratio,
  ratio,
  subtract,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
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
    const mean = values(unitVectors(k)).mean();
    expect(within(mean, truth, 4 * 2 ** -52)).toBe(true);
    expect(mean.error).toBeLessThan(1e-12);
  });

  it('integrates the greatest of 6, 10 and 100 (Harter 1961: 1.26720636, 1.53875273, 2.50759364)', () => {
    for (const [k, truth] of [
      [6, 1.26720636],
      [10, 1.53875273],
      [100, 2.50759364],
    ] as const) {
      const { mean, wins } = values(unitVectors(k));
      expect(within(mean(), truth, 0.5e-8)).toBe(true);
      for (const win of wins()) expect(within(win, 1 / k)).toBe(true);
    }
  });

  it('gives two values of different means as Clark (1961) does', () => {
    const { mean, wins } = values([variable([ratio(3n)], ONE_RATIO), variable([ratio(1n)])]);
    // X₁ − X₂ ~ N(1, 2²): E max = Φ(1/2) + 2φ(1/2)
    expect(within(mean(), normalCdf(0.5) + 2 * (Math.exp(-0.125) / Math.sqrt(2 * Math.PI)), 1e-15)).toBe(
      true,
    );
    expect(within(wins()[0]!, 0.691462461274013, 1e-15)).toBe(true);
  });

  it('agrees with sampling on dependent values of one mean', () => {
    const half = ratio(1n, 2n);
    const vectors = [
      [ONE_RATIO, half, ZERO_RATIO],
      [half, half, half],
      [ZERO_RATIO, ratio(-1n), ONE_RATIO],
      [ratio(-1n), ZERO_RATIO, half],
    ];
    const exact = values(vectors.map((v) => variable(v)));
    const [mean, wins] = [exact.mean(), exact.wins()];
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

  // Rotated, so that no two are independent, they have the laws of independent ones: E is that of Harter (1961).
  it.each([
    [6, 1.26720636],
    [7, 1.35217838],
  ])('finds the greatest of %i rotated ones by cones: %f', (k, truth) => {
    const rotated = unitVectors(k).map(({ coefficients }) => variable(rotatedInPlanes(coefficients)));
    const { mean, wins } = values(rotated);
    const greatest = mean();
    expect(within(greatest, truth, 0.5e-8)).toBe(true);
    expect(greatest.error).toBeLessThan(1e-10);
    if (k === 6) expect(within(wins()[0]!, 1 / 6)).toBe(true);
    else expect(wins).toThrow('a cone with 6 facets');
  });

  it('needs two facets only for any number of values in a plane', () => {
    // Unit vectors at rational points of the circle: the greatest is the one whose sector holds Z; E = Σ |chords|/√(2π)/2.
    const points = [
      [3, 4],
      [-3, 4],
      [-4, -3],
      [4, -3],
      [0, -5],
      [5, 0],
      [-5, 0],
      [0, 5],
    ];
    const { mean, wins } = values(
      points.map(([x, y]) => variable([ratio(BigInt(x!), 5n), ratio(BigInt(y!), 5n)])),
    );
    const angles = points.map(([x, y]) => Math.atan2(y!, x!)).sort((a, b) => a - b);
    const gaps = angles.map((angle, i) => (angles[(i + 1) % 8]! - angle + 2 * Math.PI) % (2 * Math.PI));
    const perimeter = gaps.reduce((sum, gap) => sum + 2 * Math.sin(gap / 2), 0);
    // The mean width of a convex polygon is its perimeter/π; E max = perimeter/(2π)·E|Z|, E|Z| = √(π/2) in the plane.
    expect(within(mean(), (perimeter / (2 * Math.PI)) * Math.sqrt(Math.PI / 2), 1e-14)).toBe(true);
    expect(Math.abs(wins().reduce((sum, { value }) => sum + value, 0) - 1)).toBeLessThan(1e-14);
  });

  it('refuses many dependent values, and ones of different means', () => {
    const powers = (i: number): Ratio[] => Array.from({ length: 8 }, (_, j) => ratio(BigInt(i) ** BigInt(j)));
    const moments = Array.from({ length: 9 }, (_, i) => variable(powers(i)));
    expect(() => values(moments).mean()).toThrow(ExactRefusal);
    const shifted = [0, 1, 2].map((i) => variable(powers(i), ratio(BigInt(i))));
    expect(() => values(shifted)).toThrow('different means');
  });
});

/** By the angle of (3/5, 4/5) in the planes of coordinates 0 and 1, 1 and 2, and so on, round to the first. */
function rotatedInPlanes(vector: readonly Ratio[]): Ratio[] {
  const result = [...vector];
  result.forEach((_, i) => {
    const j = (i + 1) % result.length;
    const [x, y] = [result[i]!, result[j]!];
    result[i] = subtract(multiply(ratio(3n, 5n), x), multiply(ratio(4n, 5n), y));
    result[j] = add(multiply(ratio(4n, 5n), x), multiply(ratio(3n, 5n), y));
  });
  return result;
}

function values(functions: readonly Affine[]) {
  return greatestOfGaussians(functions, newBudget());
}

function equicorrelated(m: number, rho: Ratio): Ratio[][] {
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (_, j) => (i === j ? ONE_RATIO : rho)),
  );
}

function gram(vectors: readonly (readonly number[])[]): Ratio[][] {
  return vectors.map((a) => vectors.map((b) => ratio(BigInt(a.reduce((sum, x, j) => sum + x * b[j]!, 0)))));
}

describe('orthant', () => {
  it.each([
    // Of correlation 1/2: Z_i − Z_0 all positive, 1/(m + 1).
    ['four, ρ = 1/2', equicorrelated(4, ratio(1n, 2n)), 1 / 5],
    ['five, ρ = 1/2', equicorrelated(5, ratio(1n, 2n)), 1 / 6],
    ['four, independent', equicorrelated(4, ZERO_RATIO), 1 / 16],
    ['five, independent', equicorrelated(5, ZERO_RATIO), 1 / 32],
    // ρ = −1/3: the sum is 0.
    ['four that sum to 0', equicorrelated(4, ratio(-1n, 3n)), 0],
    // z ≥ |x|, |y|: one of six equal pyramids; the covariance has rank 3.
    [
      'a square pyramid',
      gram([
        [1, 0, 1],
        [-1, 0, 1],
        [0, 1, 1],
        [0, -1, 1],
      ]),
      1 / 6,
    ],
    // Steinhaus's type A5 chamber and products: x1 > x2 > x3 > x4 > x5, 1/5!; B4: x1 > x2 > x3 > x4 > 0, 1/(4!·2⁴).
    [
      'an ordering of five',
      gram([
        [1, -1, 0, 0, 0],
        [0, 1, -1, 0, 0],
        [0, 0, 1, -1, 0],
        [0, 0, 0, 1, -1],
      ]),
      1 / 120,
    ],
    [
      'an ordering of four positive ones',
      gram([
        [1, -1, 0, 0],
        [0, 1, -1, 0],
        [0, 0, 1, -1],
        [0, 0, 0, 1],
      ]),
      1 / 384,
    ],
    [
      'an ordering of six',
      gram([1, 2, 3, 4, 5].map((i) => [0, 1, 2, 3, 4, 5].map((j) => (j === i ? -1 : j === i - 1 ? 1 : 0)))),
      1 / 720,
    ],
    [
      'two of one direction',
      gram([
        [1, 0, 0, 0],
        [2, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
      1 / 8,
    ],
    [
      'two opposite ones',
      gram([
        [1, 0, 0, 0],
        [-2, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
      0,
    ],
    [
      'nearly opposite ones',
      gram([
        [1000, 1, 0, 0],
        [-1000, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
      Math.atan(1 / 1000) / Math.PI / 4,
    ],
  ] as const)('%s', (_name, covariance, truth) => {
    const result = orthant(covariance, newBudget());
    expect(within(result, truth)).toBe(true);
    expect(result.error).toBeLessThan(1e-12);
  });
});
