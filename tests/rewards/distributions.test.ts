import { describe, expect, it } from 'vitest';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { zForFamily } from '../tolerance.js';

/** Closed forms of a law: what the samples must look like. `fourth` is the fourth central moment. */
interface ClosedForm {
  readonly text: string;
  readonly mean: number;
  readonly variance: number;
  readonly fourth: number;
  readonly cdf: (x: number) => number;
}

/** Φ by the power series of Abramowitz & Stegun 26.2.10, good to 1e-12 for |x| < 6. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 300; n++) {
    term *= (-x * x) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

const laws: readonly ClosedForm[] = [
  { text: 'uniform(0, 1)', mean: 0.5, variance: 1 / 12, fourth: 1 / 80, cdf: (x) => x },
  {
    text: 'uniform(-1/3, 2)',
    mean: 5 / 6,
    variance: 49 / 108,
    fourth: 2401 / 6480,
    cdf: (x) => (3 * x + 1) / 7,
  },
  { text: 'normal(0, 1)', mean: 0, variance: 1, fourth: 3, cdf: normalCdf },
  { text: 'normal(-5, 1/2)', mean: -5, variance: 0.25, fourth: 3 / 16, cdf: (x) => normalCdf(2 * (x + 5)) },
  { text: 'exponential(2)', mean: 0.5, variance: 0.25, fourth: 9 / 16, cdf: (x) => -Math.expm1(-2 * x) },
  // Central moments of beta laws from E X^k = Π (a + i)/(a + b + i).
  {
    text: 'beta(2, 5)',
    mean: 2 / 7,
    variance: 5 / 196,
    fourth: fourthOfBeta(2, 5),
    cdf: (x) => 1 - (1 - x) ** 5 * (1 + 5 * x),
  },
  {
    text: 'beta(1/2, 1/2)',
    mean: 0.5,
    variance: 0.125,
    fourth: fourthOfBeta(0.5, 0.5),
    cdf: (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)),
  },
  {
    text: 'beta(0.25, 1)',
    mean: 0.2,
    variance: fourthOfBeta(0.25, 1, 2),
    fourth: fourthOfBeta(0.25, 1),
    cdf: (x) => x ** 0.25,
  },
  // A Pareto law of shape 20: the fourth moment is finite, and with it the variance of the sample variance.
  {
    text: 'pareto(3, 20)',
    mean: 60 / 19,
    variance: fourthOfPareto(3, 20, 2),
    fourth: fourthOfPareto(3, 20),
    cdf: (x) => 1 - (3 / x) ** 20,
  },
  { text: 'quantile(u^2)', mean: 1 / 3, variance: 4 / 45, fourth: 16 / 945, cdf: Math.sqrt },
];

/** Central moment of order `order` from raw moments E X^0 … E X^order. */
function central(raw: readonly number[], order: number): number {
  const binomial = [1, order, (order * (order - 1)) / 2, (order * (order - 1) * (order - 2)) / 6, 1];
  return raw
    .slice(0, order + 1)
    .reduce((sum, moment, k) => sum + binomial[k] * moment * (-raw[1]) ** (order - k), 0);
}
function fourthOfBeta(a: number, b: number, order = 4): number {
  const raw = [1];
  for (let k = 0; k < 4; k++) raw.push((raw[k] * (a + k)) / (a + b + k));
  return central(raw, order);
}
function fourthOfPareto(scale: number, shape: number, order = 4): number {
  return central(
    [0, 1, 2, 3, 4].map((k) => (shape * scale ** k) / (shape - k)),
    order,
  );
}

const STATES = ['a', 'b', 'c', 'd', 'e'];
const PER_STATE = 40_000;
const N = STATES.length * PER_STATE;

function samples(text: string): Float64Array {
  const values = new Float64Array(N);
  rewardSource(parseReward(text, STATES), { states: STATES, stateCount: STATES.length }, 20260727n).fill(
    0,
    PER_STATE,
    values,
  );
  return values;
}

// One false alarm in a million over all comparisons of this file, for the fixed seed.
const z = zForFamily(3 * laws.length + 20);

describe.each(laws)('$text', ({ text, mean, variance, fourth, cdf }) => {
  const values = samples(text);
  it('has its mean and variance', () => {
    const average = values.reduce((sum, x) => sum + x, 0) / N;
    expect(Math.abs(average - mean)).toBeLessThan(z * Math.sqrt(variance / N));
    const spread = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N;
    expect(Math.abs(spread - variance)).toBeLessThan(z * Math.sqrt((fourth - variance ** 2) / N));
  });
  it('has its distribution function (Kolmogorov-Smirnov, Massart 1990: P(D > d) ≤ 2 exp(−2nd²))', () => {
    const sorted = values.slice().sort();
    const distance = sorted.reduce((most, x, i) => {
      const f = cdf(x);
      return Math.max(most, f - i / N, (i + 1) / N - f);
    }, 0);
    expect(distance).toBeLessThan(Math.sqrt(Math.log((2 * (3 * laws.length + 20)) / 1e-6) / (2 * N)));
  });
});

describe('laws with atoms', () => {
  const cases: [string, [number, number][]][] = [
    [
      'bernoulli(0.3)',
      [
        [0, 0.7],
        [1, 0.3],
      ],
    ],
    [
      'bernoulli(1/1000)',
      [
        [0, 0.999],
        [1, 0.001],
      ],
    ],
    [
      'discrete(5: 1/2, -1: 1/3, 0.1: 1/6)',
      [
        [5, 1 / 2],
        [-1, 1 / 3],
        [0.1, 1 / 6],
      ],
    ],
    ['point(2)', [[2, 1]]],
  ];
  it.each(cases)('%s has its frequencies', (text, atoms) => {
    const counts = new Map<number, number>();
    for (const x of samples(text)) counts.set(x, (counts.get(x) ?? 0) + 1);
    expect(counts.size).toBe(atoms.length);
    for (const [value, p] of atoms) {
      expect(Math.abs((counts.get(value) ?? 0) - N * p)).toBeLessThanOrEqual(z * Math.sqrt(N * p * (1 - p)));
    }
  });
  it('take the value of an impossible atom never', () => {
    expect(new Set(samples('discrete(1: 0, 2: 1)'))).toEqual(new Set([2]));
    expect(new Set(samples('bernoulli(1)'))).toEqual(new Set([1]));
  });
});

describe('states', () => {
  it('are independent: pairs of neighbours fill 8 × 8 cells evenly', () => {
    const values = samples('uniform(0, 1)');
    const column = (s: number): Float64Array => values.subarray(s * PER_STATE, (s + 1) * PER_STATE);
    // P(χ²_k > k + 2√(kx) + 2x) ≤ e^−x (Laurent & Massart 2000, lemma 1), here for ten pairs at 1e-7 each.
    const x = Math.log(1e7);
    const limit = 63 + 2 * Math.sqrt(63 * x) + 2 * x;
    for (let s = 0; s < STATES.length; s++) {
      for (let t = s + 1; t < STATES.length; t++) {
        const cells = new Float64Array(64);
        for (let b = 0; b < PER_STATE; b++) {
          cells[8 * Math.floor(8 * column(s)[b]) + Math.floor(8 * column(t)[b])]++;
        }
        const expected = PER_STATE / 64;
        expect(cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(limit);
      }
    }
  });
});
