// The larger version of tests/power/coverage.test.ts, by itself: npm run test:slow.
import { expect, it } from 'vitest';
import { countMisses } from '../power/coverage.js';
import {
  countControlledLookMisses,
  countControlledMisses,
  countLookMisses,
} from '../power/coverage-of-looks.js';
import { zForFamily } from '../tolerance.js';

it('95 % intervals cover known values, over 10,000 seeds of 1000 samples', async () => {
  const runs = 10_000;
  const results = await countMisses(runs, 1000);
  const text = results.map(({ title, misses }) => `${title}: ${1 - misses / runs}`).join('\n');
  process.stderr.write(`misses with control variates: ${JSON.stringify({ once, looks })}\n`);
  const most = 0.05 * runs + zForFamily(2) * Math.sqrt(runs * 0.05 * 0.95);
  for (const { misses, controlled } of [once, looks]) {
    expect(misses).toBeLessThanOrEqual(most);
    expect(misses).toBeGreaterThan(0);
    expect(controlled).toBeGreaterThan(runs / 2);
  }
});
