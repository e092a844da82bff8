// The intervals as a whole: over many seeds a 95 % interval misses at most about 5 % of the time.
import { expect, it } from 'vitest';
import { zForFamily } from '../tolerance.js';
import { countMisses } from './coverage.js';
import { countControlledLookMisses, countControlledMisses, countLookMisses } from './coverage-of-looks.js';

it('95 % intervals cover known values, over 120 seeds of 200 samples', async () => {
  const runs = 120;
  const results = await countMisses(runs, 200);
  // The binomial bound for a miss rate of 5 %; exact intervals miss less often, which is allowed.
  const reach = zForFamily(results.length) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(0.05 * runs + reach);
  for (const { title, misses } of results.filter(({ kind }) => kind === 't')) {
    expect(misses, title).toBeGreaterThanOrEqual(Math.max(1, 0.05 * runs - reach));
  }
});

it('95 % intervals from Sobol sets cover known values, over 60 seeds of 2048 samples', async () => {
  const runs = 60;
  const results = await countMisses(runs, 2048, 'sobol');
  const most = 0.05 * runs + zForFamily(results.length) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(most);
});

it('95 % intervals of runs that end by their widths hold at all looks, over 40 seeds', async () => {
  const runs = 40;
  const results = await countLookMisses(runs);
  const most = 0.05 * runs + zForFamily(results.length) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(most);
});

it('95 % intervals from control variates cover a known value, and at all looks, over 6 seeds', async () => {
  const runs = 6;
  const most = 0.05 * runs + zForFamily(2) * Math.sqrt(runs * 0.05 * 0.95);
  for (const count of [countControlledMisses, countControlledLookMisses]) {
    const { misses, controlled } = await count(runs);
    expect(misses, count.name).toBeLessThanOrEqual(most);
    // A pilot chooses: some of the runs must have controls, or nothing is covered.
    expect(controlled, count.name).toBeGreaterThan(runs / 4);
  }
});
