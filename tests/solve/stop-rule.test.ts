// A run ends when its proved bound is at most the tolerance, and not before: whatever can be reached is reached.
import { describe, expect, it } from 'vitest';
import { solveBlock } from '../../src/solve/solve-block.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { estimate } from '../power/estimating.js';
import { blockOfDoubles } from './block-of.js';
import { numbers, slipperyGrid, sparseModel } from './models.js';

const models = [
  ['a slippery grid', slipperyGrid(6, 6)],
  ['a random model', sparseModel(60, 3)],
] as const;
const tolerances = [1e-1, 1e-2, 1e-3, 1e-5, 1e-8];

describe.each(models)('%s', (_, model) => {
  it.each(tolerances)('column by column has bounds of at most %f', (tolerance) => {
    const next = numbers(3);
    const block = blockOfDoubles(Array.from({ length: 5 }, () => model.map(next)));
    for (const discount of [discountOf(9, 10), discountOf(99, 100)]) {
      const { error } = solveBlock(mdpOfRows(model), block, discount, { tolerance, decide: false });
      for (const bound of error) expect(bound).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each(tolerances)('in groups of eight has bounds of at most %f', async (tolerance) => {
    const { effort, precisionReached } = await estimate(mdpOfRows(model), 'uniform(0, 1)', ['0.9', '0.99'], {
      samples: 64,
      tolerance,
      decide: false,
    });
    for (const { largestError } of effort) expect(largestError).toBeLessThanOrEqual(tolerance);
    expect(precisionReached).toBe(true);
  });
});
