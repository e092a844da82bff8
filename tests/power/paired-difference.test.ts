// Limits of differences from paired batches, against exact differences of two models under the same reward functions.
import { describe, expect, it } from 'vitest';
import { withSlip } from '../../src/mdp/slip.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { rationalOfDouble } from '../../src/number/rational.js';
import { writtenNumber } from '../../src/number/written-number.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { compareResults, type DifferenceRow } from '../../src/power/compare.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { zForFamily } from '../tolerance.js';
import { wait } from './estimating.js';
import { batchedResult, countPairedMisses } from './paired-coverage.js';

const gammas = parseDiscountList('0.9');
const law = parseReward('uniform(0, 1)', wait.states);
const slipped = withSlip(wait, writtenNumber('1/5')!);

it.each([
  ['random', 100],
  ['sobol', 25],
] as const)('cover exact differences as often as they say, with %s points', async (sampler, runs) => {
  const counts = await countPairedMisses(runs, 512, sampler);
  const z = zForFamily(counts.length);
  const most = 0.05 * runs + z * Math.sqrt(runs * 0.05 * 0.95);
  for (const { misses } of counts) expect(misses).toBeLessThanOrEqual(most);
  // Slips change POWER of the first and the third state; that of the others has binomial limits, which need independent points.
  const powers = counts.slice(0, 5).map(({ paired }) => paired === runs);
  expect(powers).toEqual([true, sampler === 'random', true, sampler === 'random', sampler === 'random']);
});

it('are many times narrower than those of the same numbers from two seeds', async () => {
  const slightly = withSlip(wait, writtenNumber('1/50')!);
  const a = await batchedResult(wait, 1n, 20_000);
  const [same, other] = [
    await batchedResult(slightly, 1n, 20_000),
    await batchedResult(slightly, 2n, 20_000),
  ];
  const width = ({ low, high }: DifferenceRow): number => high! - low!;
  const [paired, independent] = [same, other].map((b) => compareResults(a, b, 0.95).rows);
  const methods = paired!.slice(0, 5).map(({ method }) => method);
  expect(methods).toEqual(['paired', 'paired', 'paired', 'paired', 'paired']);
  paired!.slice(0, 5).forEach((row, i) => {
    expect(20 * width(row)).toBeLessThan(width(independent![i]!));
  });
});

it('of a state that a change does not reach are about nothing, with the chance of a sample that differs', async () => {
  const [a, b] = [await batchedResult(wait, 1n, 20_000), await batchedResult(slipped, 1n, 20_000)];
  const [row] = compareResults(
    { ...a, power: a.power.slice(1, 2), optimality: [] },
    { ...b, optimality: [] },
    0.95,
  ).rows;
  expect(row).toMatchObject({ state: 's1', method: 'paired', difference: 0 });
  // No deviation in n samples: the chance of one is below 1 − (0.025)^(1/n), and changes POWER by 1 at most.
  const chance = -Math.expm1(Math.log(0.025) / 20_000);
  const error = a.power[1]!.solverError + b.power[1]!.solverError;
  expect(row!.high).toBeGreaterThanOrEqual(chance);
  expect(row!.high).toBeLessThanOrEqual(chance * (1 + 1e-9) + 100 * error + 2 ** -40);
  expect(row!.low).toBeGreaterThanOrEqual(-row!.high! - error);
});

describe('batches', () => {
  // 16,100 samples are 32 blocks, the last of them short; 1000 are two, which are cut into smaller ones.
  it.each([1000, 16_100, 20_000])(
    'average to the rows they belong to, weighted by their samples: %d',
    async (samples) => {
      const { power, optimality } = await batchedResult(slipped, 3n, samples);
      for (const row of [...power, ...optimality]) {
        const { size, means } = row.batches!;
        const counts = means.map((_, i) => Math.min(size, row.samples - i * size));
        const total = means.reduce(
          (sum, mean, i) => sum.add(rationalOfDouble(mean).mul(counts[i]!)),
          writtenNumber('0')!,
        );
        const mean = 'power' in row ? row.power : row.probability;
        // Each mean went through as many merges as there are blocks, at most 70, of a few roundings each.
        expect(Math.abs(Number(total.div(row.samples).sub(rationalOfDouble(mean)).valueOf()))).toBeLessThan(
          400 * 2 ** -53,
        );
        expect(means.length).toBeGreaterThanOrEqual(32);
      }
    },
  );

  it('are not paired with those of other plans, and are not kept of runs that end by their widths', async () => {
    const [a, b] = [await batchedResult(wait, 1n, 20_000), await batchedResult(slipped, 1n, 30_000)];
    expect(compareResults(a, b, 0.95).rows.map(({ method }) => method)).not.toContain('paired');
    const options = { gammas, samples: 20_000, seed: 1n, batches: true, untilWidth: 0.05 };
    const { power } = await estimatePower(wait, law, options);
    expect(power.every(({ batches }) => batches === undefined)).toBe(true);
    const few = await estimatePower(wait, law, { ...options, untilWidth: undefined, samples: 248 });
    expect(few.power.every(({ batches }) => batches === undefined)).toBe(true);
  });
});
