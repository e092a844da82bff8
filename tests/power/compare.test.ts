// Limits of differences between results, by simulation: known truths, over many pairs of seeds.
import { expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { type ComparedResult, compareResults } from '../../src/power/compare.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { zForFamily } from '../tolerance.js';
import { wait } from './estimating.js';

const gammas = parseDiscountList('0.9');

async function result(law: string, seed: bigint, samples: number): Promise<ComparedResult> {
  const estimate = await estimatePower(wait, parseReward(law, wait.states), { gammas, samples, seed });
  return { ...estimate, seed: String(seed), computation: `${law} ${seed} ${samples}` };
}

it('cover at least as often as they say: POWER of s0 grows by 1 with uniform(1, 2), P(s0, a1) stays', async () => {
  const runs = 150;
  const misses = { independent: 0, dependent: 0, chance: 0 };
  for (let seed = 1n; seed <= runs; seed++) {
    const a = await result('uniform(0, 1)', seed, 200);
    const [same, other] = [
      await result('uniform(1, 2)', seed, 200),
      await result('uniform(1, 2)', seed + 1000n, 300),
    ];
    const rowsOf = (b: ComparedResult) => {
      const { rows } = compareResults({ ...a, power: a.power.slice(0, 1), optimality: [] }, b, 0.95);
      return rows[0]!;
    };
    const chance = compareResults({ ...a, power: [], optimality: a.optimality.slice(1, 2) }, other, 0.95)
      .rows[0]!;
    const misses1 = ({ low, high }: { low: number | null; high: number | null }, truth: number): number =>
      low! <= truth && truth <= high! ? 0 : 1;
    expect(rowsOf(same).method).toBe('any dependence');
    misses.dependent += misses1(rowsOf(same), 1);
    misses.independent += misses1(rowsOf(other), 1);
    misses.chance += misses1(chance, 0);
  }
  const most = 0.05 * runs + zForFamily(3) * Math.sqrt(runs * 0.05 * 0.95);
  for (const [name, count] of Object.entries(misses)) expect(count, name).toBeLessThanOrEqual(most);
  // The same reward functions but for a shift: the errors cancel, which limits for any dependence cannot know.
  expect(misses.dependent).toBe(0);
});

it('matches discounts by value, and counts what has no partner', async () => {
  const a = await result('uniform(0, 1)', 1n, 50);
  const renamed = { ...a, power: a.power.map((row) => ({ ...row, gamma: '9/10' })), optimality: [] };
  const { rows, onlyA, onlyB } = compareResults(a, renamed, 0.95);
  expect({ rows: rows.length, onlyA, onlyB }).toEqual({ rows: 5, onlyA: 7, onlyB: 0 });
});

it('has no limits where a row has none', async () => {
  const [a, b] = [await result('pareto(1, 1.5)', 1n, 50), await result('pareto(1, 1.5)', 2n, 50)];
  const { rows } = compareResults(a, b, 0.95);
  expect(rows[0]).toMatchObject({ quantity: 'POWER', low: null, high: null, method: 'none' });
});

it('subtracts fractions exactly, and an exact number from a sampled one', async () => {
  const a = await result('uniform(0, 1)', 1n, 200);
  const exact = (fraction: string): ComparedResult => ({
    ...a,
    optimality: [],
    power: a.power.slice(0, 1).map((row) => ({
      ...row,
      power: 0.7,
      exact: fraction,
      method: 'exact',
      samples: 0,
      standardError: 0,
      interval: undefined as never,
    })),
  });
  expect(compareResults(exact('2/3'), exact('3/4'), 0.95).rows).toMatchObject([
    { method: 'exact', exact: '1/12', difference: 1 / 12, low: 1 / 12, high: 1 / 12 },
  ]);
  // The same seed, so that the method is that for any dependence; a number without samples has none.
  const [row] = compareResults(
    { ...exact('2/3'), computation: 'other' },
    { ...a, optimality: [] },
    0.95,
  ).rows;
  expect(row!.high! - row!.low!).toBeGreaterThan(0);
  expect(row!.high! - row!.low!).toBeLessThan(0.2);
});
