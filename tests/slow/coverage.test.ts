// The larger version of tests/power/coverage.test.ts, by itself: npm run test:slow.
import { expect, it } from 'vitest';
import { countMisses } from '../power/coverage.js';
import { zForFamily } from '../tolerance.js';

it('95 % intervals cover known values, over 2000 seeds of 1000 samples', async () => {
  const runs = 2000;
  const results = await countMisses(runs, 1000);
  const sd = Math.sqrt(runs * 0.05 * 0.95);
  const z = zForFamily(results.length);
  for (const { title, misses } of results) expect(misses, title).toBeLessThanOrEqual(0.05 * runs + z * sd);
  for (const { title, misses } of results.filter(({ title }) => title.startsWith('POWER(start)'))) {
    expect(misses, title).toBeGreaterThanOrEqual(0.05 * runs - z * sd);
  }
}, 600_000);

it('95 % intervals from Sobol sets cover known values, over 2000 seeds of 8192 samples', async () => {
  const runs = 2000;
  const results = await countMisses(runs, 8192, 'sobol');
  const sd = Math.sqrt(runs * 0.05 * 0.95);
  const z = zForFamily(results.length);
  for (const { title, misses } of results) {
    expect(misses, title).toBeLessThanOrEqual(0.05 * runs + z * sd);
    expect(misses, title).toBeGreaterThan(0);
  }
}, 600_000);
