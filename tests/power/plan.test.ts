import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockColumns, blockRange, planSamples } from '../../src/power/plan.js';

describe('planSamples', () => {
  it('deals every sample to exactly one block, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (states, samples) => {
          const plan = planSamples(states, samples);
          let next = 0;
          for (let block = 0; block < plan.blocks; block++) {
            const { first, count } = blockRange(plan, block);
            expect(first).toBe(next);
            expect(count).toBeGreaterThanOrEqual(1);
            expect(count).toBeLessThanOrEqual(plan.columns);
            next += count;
          }
          expect(next).toBe(samples);
        },
      ),
    );
  });

  it('makes blocks smaller as the model grows, between 16 and 512 columns', () => {
    const sizes = [1, 8, 64, 128, 1000, 10_000, 100_000, 1_000_000].map((size) => blockColumns(size));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect([sizes[0], sizes.at(-1)]).toEqual([512, 16]);
  });
});
