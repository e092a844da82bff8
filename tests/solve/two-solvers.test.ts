import { describe, expect, it } from 'vitest';
import { emptyChain } from '../../src/solve/chain.js';
import { sweep, sweepBlock } from '../../src/solve/kernel/sweep.js';
import { newTask } from '../../src/solve/new-task.js';
import { greedyPolicy, policyIteration } from '../../src/solve/policy-iteration.js';
import { assess, scatter } from '../../src/solve/task.js';
import { valueIteration } from '../../src/solve/value-iteration.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { blockOfDoubles } from './block-of.js';
import { grid, numbers, slipperyGrid, sparseModel } from './models.js';

// Value iteration alone against policy iteration alone: two ways to V*, each with its own certificate.
const models: readonly (readonly [string, ExactModel])[] = [
  ['a grid of 100 states', grid(10, 10)],
  ['a slippery grid of 100 states', slipperyGrid(10, 10)],
  ['a random model of 200 states', sparseModel(200, 4)],
];

describe.each(models)('%s', (_, model) => {
  it.each([discountOf(1, 2), discountOf(9, 10), discountOf(99, 100)])('gamma $text', (discount) => {
    const mdp = mdpOfRows(model);
    const next = numbers(21);
    const columns = Array.from({ length: 6 }, () => model.map(next));
    const block = blockOfDoubles(columns);
    const options = { tolerance: 1e-10, decide: true };
    const byValues = newTask(mdp, block, discount, options);
    expect(valueIteration(byValues, [0, 1, 2, 3, 4, 5], undefined, 10_000).every(({ floor }) => floor)).toBe(
      true,
    );

    const byPolicies = newTask(mdp, block, discount, options);
    const chain = emptyChain(byPolicies.structure, discount);
    columns.forEach((rewards, b) => {
      const values = new Float64Array(model.length);
      greedyPolicy(byPolicies.structure, values, chain.policy);
      expect(policyIteration(chain, Float64Array.from(rewards), values)).toBeGreaterThan(0);
      const swept = sweepBlock(model.length, 1);
      swept.rewards.set(rewards);
      scatter(values, swept.values, 1, 0);
      sweep(byPolicies.structure, discount.gamma, swept);
      expect(assess(byPolicies, swept, 0, b, true)).toBe('done');
      expect(byValues.error[b]).toBeLessThanOrEqual(1e-10);
      for (let s = 0; s < model.length; s++) {
        const i = s * columns.length + b;
        const difference = Math.abs(byValues.power[i]! - byPolicies.power[i]!);
        expect(difference).toBeLessThanOrEqual(byValues.error[b]! + byPolicies.error[b]!);
      }
    });
    expect(byValues.status).toEqual(byPolicies.status);
  });
});
