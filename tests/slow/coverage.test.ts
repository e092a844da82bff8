// The larger version of tests/power/coverage.test.ts, by itself: npm run test:slow.
import { expect, it } from 'vitest';
import { countMisses } from '../power/coverage.js';
import {
  countControlledLookMisses,
  countControlledMisses,
  countLookMisses,
} from '../power/coverage-of-looks.js';
import { countPairedMisses } from '../power/paired-coverage.js';
import { zForFamily } from '../tolerance.js';

it('95 % intervals cover known values, over 10,000 seeds of 1000 samples', async () => {
  const runs = 10_000;
  const results = await countMisses(runs, 1000);
  const text = results.map(({ title, misses }) => `${title}: ${1 - misses / runs}`).join('\n');
  process.stderr.write(`coverage\n${text}\n`);
  // By the central limit theorem: 0.94 to 0.96, which is 4.6 standard deviations of such a count.
  for (const { title, misses } of results.filter(({ kind }) => kind === 't')) {
    expect(misses / runs, title).toBeGreaterThanOrEqual(0.04);
    expect(misses / runs, title).toBeLessThanOrEqual(0.06);
  }
  // The others cover at least as often as they say, less the binomial bound.
  const reach = zForFamily(results.length) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(0.05 * runs + reach);
});

it('95 % intervals from Sobol sets cover known values, over 10,000 seeds of 2048 samples', async () => {
  const runs = 10_000;
  const results = await countMisses(runs, 2048, 'sobol');
  const sd = Math.sqrt(runs * 0.05 * 0.95);
  const z = zForFamily(results.length);
  for (const { title, misses } of results) {
    expect(misses, title).toBeLessThanOrEqual(0.05 * runs + z * sd);
    expect(misses, title).toBeGreaterThan(0);
  }
});

it('95 % intervals of runs that end by their widths hold at all looks, over 10,000 seeds', async () => {
  const runs = 10_000;
  const results = await countLookMisses(runs);
  const most = 0.05 * runs + zForFamily(results.length) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(most);
});

it('95 % intervals from control variates cover a known value, over 10,000 seeds, and at all looks, over 1000', async () => {
  const once = { runs: 10_000, ...(await countControlledMisses(10_000)) };
  const looks = { runs: 1000, ...(await countControlledLookMisses(1000)) };
  process.stderr.write(`misses with control variates: ${JSON.stringify({ once, looks })}\n`);
  for (const { runs, misses, controlled } of [once, looks]) {
    const most = 0.05 * runs + zForFamily(2) * Math.sqrt(runs * 0.05 * 0.95);
    expect(misses).toBeLessThanOrEqual(most);
    expect(misses).toBeGreaterThan(0);
    expect(controlled).toBeGreaterThan(runs / 4);
  }
});

it.each([
  ['random', 4000, 1000],
  ['sobol', 1000, 2048],
] as const)('95 %% intervals of paired differences, with %s points', async (sampler, runs, samples) => {
  const counts = await countPairedMisses(runs, samples, sampler);
  const z = zForFamily(counts.length);
  const most = 0.05 * runs + z * Math.sqrt(runs * 0.05 * 0.95);
  process.stderr.write(`paired differences, ${sampler}: ${JSON.stringify(counts)}\n`);
  for (const { misses } of counts) expect(misses).toBeLessThanOrEqual(most);
  // The limits of POWER that slips change miss sometimes.
  expect(Math.min(counts[0]!.misses, counts[2]!.misses)).toBeGreaterThan(0.03 * runs);
});
