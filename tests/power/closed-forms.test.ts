// Oracle: closed forms of order statistics, Turner et al. (2021) and the table of E max of k draws. Each test holds
// its own family of comparisons to one false alarm in a million seeds; the seed is fixed.
import { describe, expect, it } from 'vitest';
import type { PowerRow } from '../../src/power/result.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { roundingBound, zForFamily } from '../tolerance.js';
import { complete, estimate, optimalityOf, powerOf, star, wait } from './estimating.js';

const samples = 20_000;

function expectNear(row: PowerRow, wanted: number, comparisons: number): void {
  const reach = zForFamily(comparisons) * row.standardError! + row.solverError;
  expect(Math.abs(row.power - wanted), `${row.state} at ${row.gamma}`).toBeLessThanOrEqual(reach);
  expect(row.low! <= row.power && row.power <= row.high!).toBe(true);
}

function expectShare(found: number, wanted: number, comparisons: number): void {
  const sd = Math.sqrt((wanted * (1 - wanted)) / samples);
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(zForFamily(comparisons) * sd);
}

describe('a star of k terminal leaves', () => {
  const gammas = ['0.000001', '0.5', '0.99', '0.9999', '0.999999'];

  it.each([2, 3, 5])('has POWER k/(k+1) at every gamma, k = %i', async (k) => {
    const result = await estimate(star(k), 'uniform(0,1)', gammas, { samples });
    for (const gamma of gammas) {
      expectNear(powerOf(result, 's0', gamma), k / (k + 1), gammas.length);
      for (let a = 0; a < k; a++) {
        const row = optimalityOf(result, 's0', `a${a}`, gamma);
        expectShare(row.probability, 1 / k, gammas.length * k);
        expect(row.undecided).toBe(0);
      }
    }
    expect(result.precisionReached).toBe(true);
    expect(result.notes).toEqual([]);
  });

  it('has its solver error below a tenth of the standard error', async () => {
    const result = await estimate(star(4), 'uniform(0,1)', gammas, { samples });
    for (const row of result.power) expect(row.solverError).toBeLessThan(row.standardError! / 10);
  });

  it.each([
    ['normal(0,1)', 0.5641895835477563, 0.8462843753216345],
    ['exponential(1)', 3 / 2, 11 / 6],
    ['quantile(u^(1/2))', 4 / 5, 6 / 7],
    ['bernoulli(1/2)', 3 / 4, 7 / 8],
    ['pareto(1,3)', 9 / 5, 81 / 40],
  ])('has POWER E max of the draws under %s', async (law, two, three) => {
    for (const [k, wanted] of [
      [2, two],
      [3, three],
    ] as const) {
      const result = await estimate(star(k), law, ['0.1', '0.9'], { samples });
      for (const gamma of ['0.1', '0.9']) expectNear(powerOf(result, 's0', gamma), wanted, 20);
    }
  });
});

describe('wait', () => {
  it('has POWER 2/3 + gamma²/12 and P(wait) = 1/2 + gamma/6', async () => {
    const gammas = ['0.1', '0.5', '0.9', '0.99'];
    const result = await estimate(wait, 'uniform(0,1)', gammas, { samples });
    for (const gamma of gammas) {
      const g = Number(gamma);
      expectNear(powerOf(result, 's0', gamma), 2 / 3 + g ** 2 / 12, 12);
      expectNear(powerOf(result, 's2', gamma), 2 / 3, 12);
      expectNear(powerOf(result, 's1', gamma), 1 / 2, 12);
      expectShare(optimalityOf(result, 's0', 'a1', gamma).probability, 1 / 2 + g / 6, 4);
    }
  });
});

describe('the complete graph of k states', () => {
  it('gives all states the same POWER, that of the best state', async () => {
    const result = await estimate(complete(4), 'uniform(0,1)', ['0.5', '0.9'], { samples });
    for (const row of result.power) expectNear(row, 4 / 5, result.power.length);
    const bound = Math.max(...result.effort.map((effort) => effort.largestError));
    for (const gamma of ['0.5', '0.9']) {
      const powers = result.power.filter((row) => row.gamma === gamma).map((row) => row.power);
      expect(Math.max(...powers) - Math.min(...powers)).toBeLessThanOrEqual(2 * bound + roundingBound(20, 1));
    }
  });
});

describe('ties', () => {
  it('of three Bernoulli leaves: weak 5/8, strict 1/8, fractional 1/3, nothing undecided', async () => {
    const gammas = ['0.1', '0.99'];
    const result = await estimate(star(3), 'bernoulli(1/2)', gammas, { samples });
    for (const gamma of gammas) {
      expectNear(powerOf(result, 's0', gamma), 7 / 8, 2);
      for (const action of ['a0', 'a1', 'a2']) {
        const row = optimalityOf(result, 's0', action, gamma);
        expectShare(row.probability, 5 / 8, 18);
        expectShare(row.strict, 1 / 8, 18);
        expectShare(row.fractional, 1 / 3, 18);
        expect(row.undecided).toBe(0);
      }
    }
    expect(result.effort.every((effort) => effort.solved === 16)).toBe(true);
  });

  it('of duplicate actions are one class: each shows the probability of the class', async () => {
    const mdp = mdpOfRows([[certain(1), certain(2), certain(1)], [certain(1)], [certain(2)]]);
    const result = await estimate(mdp, 'uniform(0,1)', ['0.5'], { samples });
    const [a, b, c] = ['a0', 'a1', 'a2'].map((action) => optimalityOf(result, 's0', action, '0.5'));
    expect({ ...c, action: 'a0' }).toEqual(a);
    for (const row of [a!, b!]) {
      expectShare(row.probability, 1 / 2, 2);
      expect([row.strict, row.fractional, row.undecided]).toEqual([row.probability, row.probability, 0]);
    }
  });

  it('of all actions under a constant reward are certain', async () => {
    const result = await estimate(star(3), 'point(2)', ['0.5', '0.999999'], { samples: 1000 });
    for (const row of result.power) {
      expect(row.interval).toBe('certain');
      expect(row.low! <= 2 && 2 <= row.high!).toBe(true);
      expect(row.standardError).toBe(0);
    }
    for (const row of result.optimality) {
      expect([row.probability, row.low, row.high, row.undecided]).toEqual([1, 1, 1, 0]);
    }
    expect(result.effort.every((effort) => effort.solved === 1)).toBe(true);
  });
});

describe('an affine change of the rewards', () => {
  it('changes POWER by the same map, sample by sample', async () => {
    const unit = await estimate(wait, 'uniform(0,1)', ['0.5', '0.99'], { samples: 5000 });
    const moved = await estimate(wait, 'uniform(-3,-1)', ['0.5', '0.99'], { samples: 5000 });
    unit.power.forEach((row, i) => {
      const other = moved.power[i]!;
      const bound = 2 * row.solverError + other.solverError + roundingBound(20, 5);
      expect(Math.abs(other.power - (2 * row.power - 3))).toBeLessThanOrEqual(bound);
    });
    expect(moved.optimality).toEqual(unit.optimality);
  });
});

describe('laws that need care', () => {
  it('shows no interval where the variance is infinite', async () => {
    const result = await estimate(star(2), 'pareto(1,1.5)', ['0.5'], { samples: 1000 });
    const { low, high, standardError, interval } = powerOf(result, 's0', '0.5');
    expect([low, high, standardError, interval]).toEqual([null, null, null, 'none']);
    expect(result.notes.map((note) => note.code)).toContain('W_NO_INTERVAL');
  });

  it('notes moments that nobody checked', async () => {
    const result = await estimate(star(2), 'quantile(u^2)', ['0.5'], { samples: 100 });
    expect(result.notes.map((note) => note.code)).toEqual(['W_MOMENTS_UNCHECKED']);
  });

  it('covers the mean of a rare event that no sample shows', async () => {
    const result = await estimate(star(1), 'bernoulli(1/100000)', ['0.5'], { samples: 1000, seed: 2n });
    const row = powerOf(result, 's0', '0.5');
    expect(row.interval).toBe('deviation');
    expect(row.low! <= 1e-5 && 1e-5 <= row.high!).toBe(true);
    expect(row.high).toBeLessThan(0.005);
  });

  it('answers one sample with the support', async () => {
    const result = await estimate(star(2), 'uniform(0,1)', ['0.5'], { samples: 1 });
    const row = powerOf(result, 's0', '0.5');
    expect(row.standardError).toBe(null);
    expect(row.low!).toBeLessThanOrEqual(0);
    expect(row.high!).toBeGreaterThanOrEqual(1);
  });
});
