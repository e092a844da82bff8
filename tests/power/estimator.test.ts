// Oracle: closed forms of order statistics, as in closed-forms.test.ts, and what symmetry says must be equal. Each test holds
// its own comparisons to one false alarm in a million seeds, by Student's t where errors come from few sets.
import { describe, expect, it } from 'vitest';
import type { Mdp } from '../../src/mdp/model.js';
import { studentQuantile } from '../../src/number/student-quantile.js';
import { controlsOf, reachControls } from '../../src/power/controls.js';
import { log2SetSize } from '../../src/power/estimator.js';
import type { PowerEstimate, PowerRow } from '../../src/power/result.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { complete, estimate, optimalityOf, powerOf, star, wait } from './estimating.js';

const gammas = ['0.1', '0.5', '0.9', '0.99'];

function expectNear({ estimator }: PowerEstimate, row: PowerRow, wanted: number, comparisons: number): void {
  const degrees = estimator.sets === null ? row.samples - 1 : estimator.sets - 1;
  const reach = -studentQuantile(5e-7 / comparisons, degrees) * row.standardError! + row.solverError;
  expect(Math.abs(row.power - wanted), `${row.state} at ${row.gamma}`).toBeLessThanOrEqual(reach);
  expect(row.low! <= row.power && row.power <= row.high!).toBe(true);
}

/** Cells of a square grid: stay, or go to a neighbour. */
function grid(width: number): Mdp {
  const cells = Array.from({ length: width * width }, (_, s) => s);
  const near = (s: number, t: number): boolean =>
    Math.abs((s % width) - (t % width)) + Math.abs(Math.floor(s / width) - Math.floor(t / width)) <= 1;
  return mdpOfRows(cells.map((s) => cells.filter((t) => near(s, t)).map(certain)));
}

describe.each([
  ['sobol', { sampler: 'sobol', samples: 16_384 }, 'sobol'],
  ['auto', { sampler: 'auto', samples: 16_384 }, 'sobol'],
  ['independent samples with controls', { sampler: 'auto', samples: 16_384, untilWidth: 1e-12 }, 'random'],
] as const)('%s', (_, options, sampler) => {
  it('meets the closed forms of wait', async () => {
    const result = await estimate(wait, 'uniform(0,1)', gammas, options);
    expect(result.estimator.sampler).toBe(sampler);
    for (const gamma of gammas) {
      expectNear(result, powerOf(result, 's0', gamma), 2 / 3 + Number(gamma) ** 2 / 12, 12);
      expectNear(result, powerOf(result, 's2', gamma), 2 / 3, 12);
      expectNear(result, powerOf(result, 's1', gamma), 1 / 2, 12);
      const { low, high, probability } = optimalityOf(result, 's0', 'a1', gamma);
      const truth = 1 / 2 + Number(gamma) / 6;
      // The limits are for 95 %; four times as wide ones miss less than once in a million.
      expect(Math.abs(probability - truth)).toBeLessThanOrEqual(
        4 * Math.max(high - probability, probability - low),
      );
    }
  });

  it.each(['uniform(0,1)', 'normal(0,1)', 'exponential(1)', 'pareto(1,3)'])(
    'meets the mean of the greatest of five under %s',
    async (law) => {
      const wanted = {
        'uniform(0,1)': 5 / 6,
        'normal(0,1)': 1.1629644736,
        'exponential(1)': 137 / 60,
        'pareto(1,3)': (3 / 2) * (6 / 5) * (9 / 8) * (12 / 11) * (15 / 14),
      }[law]!;
      const result = await estimate(star(5), law, ['0.9'], options);
      expectNear(result, powerOf(result, 's0', '0.9'), wanted, 4);
    },
  );

  it('gives symmetric states and actions the same digits', async () => {
    const result = await estimate(grid(3), 'uniform(0,1)', ['0.9'], options);
    expect(result.estimator.averaged).toBe(true);
    const corners = ['s0', 's2', 's6', 's8'].map((state) => powerOf(result, state, '0.9'));
    for (const corner of corners) expect({ ...corner, state: '' }).toEqual({ ...corners[0], state: '' });
    const shares = result.optimality.filter(({ state }) => state === 's4').map((row) => row.probability);
    expect(new Set(shares).size).toBe(2);
    const whole = await estimate(complete(4), 'uniform(0,1)', ['0.5'], options);
    for (const row of whole.power) expectNear(whole, row, 4 / 5, 4);
  });

  it('has digits that do not depend on the other gammas, states and decisions', async () => {
    const all = await estimate(grid(3), 'uniform(0,1)', ['0.5', '0.99'], options);
    const one = await estimate(grid(3), 'uniform(0,1)', ['0.99'], { ...options, states: [4] });
    const alike = ({ low: _, high: __, ...row }: PowerRow): object => row;
    expect(alike(one.power[0]!)).toEqual(alike(powerOf(all, 's4', '0.99')));
    const undecided = await estimate(grid(3), 'uniform(0,1)', ['0.99'], { ...options, decide: false });
    expect(alike(undecided.power[4]!)).toEqual(alike(powerOf(all, 's4', '0.99')));
  });
});

it('Sobol sets make standard errors many times smaller', async () => {
  const plain = await estimate(wait, 'uniform(0,1)', ['0.9'], { samples: 16_384 });
  const sets = await estimate(wait, 'uniform(0,1)', ['0.9'], { samples: 16_384, sampler: 'auto' });
  expect(powerOf(plain, 's0', '0.9').standardError!).toBeGreaterThan(
    10 * powerOf(sets, 's0', '0.9').standardError!,
  );
});

it('an event too rare for Sobol sets gets a binomial bound from independent samples', async () => {
  const law = '{"default": "point(0)", "states": {"s1": "uniform(-1000, 0.01)"}}';
  const result = await estimate(star(2), law, ['0.5'], { samples: 8192, sampler: 'sobol' });
  const row = powerOf(result, 's0', '0.5');
  expect([row.interval, row.samples]).toEqual(['deviation', 2048]);
  expect(row.low! <= 5e-8 && 5e-8 <= row.high!).toBe(true);
  const rare = optimalityOf(result, 's0', 'a0', '0.5');
  expect([rare.interval, rare.samples]).toEqual(['clopperPearson', 2048]);
  expect(rare.high).toBeGreaterThan(1e-5);
});

describe('auto', () => {
  it.each([
    'bernoulli(1/2)',
    'pareto(1,1.5)',
    'quantile(u)',
    '{"orbit": {"s1": 1}}',
    '{"functions": [{"weight": 1, "reward": {"s1": 1}}]}',
  ])('draws plain samples of %s', async (law) => {
    const auto = await estimate(star(2), law, ['0.5'], { samples: 5000, sampler: 'auto' });
    const plain = await estimate(star(2), law, ['0.5'], { samples: 5000 });
    expect(auto).toEqual(plain);
    await expect(estimate(star(2), law, ['0.5'], { samples: 5000, sampler: 'sobol' })).rejects.toThrow(
      /Sobol/,
    );
  });

  it('draws whole sets, at least 32', () => {
    for (const [samples, size] of [
      [64, 1],
      [127, 1],
      [128, 2],
      [100_000, 11],
      [1e12, 16],
    ] as const) {
      expect(log2SetSize(samples)).toBe(size);
    }
  });
});

it('takes one value from each Sobol set, however many blocks of samples it is drawn in', async () => {
  const result = await estimate(wait, 'uniform(0,1)', ['0.5'], { sampler: 'sobol', samples: 65_536 });
  expect(result.estimator).toMatchObject({ sets: 32, setSize: 2048 });
  const { samples, low, high, standardError } = powerOf(result, 's0', '0.5');
  expect(samples).toBe(65_536);
  // The 97.5 % quantile of Student's t with 31 degrees of freedom, from a table.
  expect((high! - low!) / 2 / standardError!).toBeCloseTo(2.0395, 3);
});

describe('untilWidth', () => {
  it('ends at the first look at which every interval is narrow enough', async () => {
    const options = { samples: 50_000, untilWidth: 0.05 };
    const result = await estimate(wait, 'uniform(0,1)', ['0.5'], options);
    expect(result.widthReached).toBe(true);
    expect(Math.log2(result.samples) % 1).toBe(0);
    const widths = [...result.power, ...result.optimality].map(({ low, high }) => high! - low!);
    expect(Math.max(...widths)).toBeLessThanOrEqual(0.05);
    // The limits hold at all of seven looks, after 1024, 2048, …, 32,768 and 50,000 samples (Bonferroni).
    const confidence = 1 - (1 - 0.95) / 7;
    const fixed = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples: result.samples, confidence });
    fixed.power.forEach((row, i) => {
      expect(result.power[i]!.power).toBe(row.power);
      expect([result.power[i]!.low, result.power[i]!.high]).toEqual([row.low, row.high]);
    });
  });

  it('says so when the samples allowed are not enough', async () => {
    const result = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples: 3000, untilWidth: 1e-3 });
    expect([result.widthReached, result.samples]).toEqual([false, 3000]);
    expect(result.notes.map(({ code }) => code)).toEqual(['W_WIDTH']);
  });
});

it.each([
  ['a grid', grid(4)],
  ['a larger grid', grid(7)],
  ['a tree and its leaves', star(3)],
  ['states that never come back', wait],
])('controls of %s are the greatest discounted rewards above the floor', (_, mdp) => {
  const S = mdp.stateCount;
  const controls = reachControls(mdp, 40, 1e6)!;
  const rewards = Float64Array.from({ length: 2 * S }, (_, i) => (i * 37) % 101);
  const successors = (s: number): number[] => [
    ...mdp.successor.subarray(mdp.rowPtr[mdp.choicePtr[s]!]!, mdp.rowPtr[mdp.choicePtr[s + 1]!]!),
  ];
  const { maxima } = controlsOf(mdp, controls, rewards, 0.5);
  for (let s = 0; s < S; s++) {
    // Step by step, from the definition; at factor 1/2 nothing rounds.
    const seen = new Set<number>();
    const counts: number[] = [];
    const greatest = [0, 0];
    let layer = new Set([s]);
    for (let step = 0; step < S; step++) {
      layer = new Set([...layer].flatMap(successors).filter((t) => !seen.has(t)));
      if (layer.size > 0) counts.push(layer.size);
      for (const t of layer) {
        seen.add(t);
        for (const b of [0, 1]) {
          greatest[b] = Math.max(greatest[b]!, 0.5 ** step * (rewards[2 * t + b]! - 40));
        }
      }
    }
    expect([...maxima.subarray(2 * s, 2 * s + 2)]).toEqual(greatest);
    expect([...controls.profiles[controls.profileOf[s]!]!]).toEqual(counts);
  }
});

it('there are no controls where looking for them would take too long', () => {
  expect(reachControls(grid(7), 0.5, 1000)).toBeNull();
});
