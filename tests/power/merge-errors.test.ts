import { expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { blockSolver, emptySums, mergeSums } from '../../src/power/block.js';
import { thresholdsBelow } from '../../src/rewards/kinds/discrete.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { wait } from './estimating.js';

it('merged blocks have the solver errors of both', () => {
  const source = rewardSource(parseReward('uniform(0, 1)', wait.states), wait, 1n);
  const job = { mdp: wait, source, gammas: [{ discount: parseDiscount('0.9'), tolerance: 1e-3 }] };
  const solve = blockSolver(job);
  const [first, second] = [solve(0, 512)[0]!, solve(512, 512)[0]!];
  const into = emptySums(job);
  for (const block of [first, second]) mergeSums(into, block);
  expect(first.errorSum).toBeGreaterThan(0);
  expect(into.errorSum).toBe(first.errorSum + second.errorSum);
  expect(into.largestError).toBe(Math.max(first.largestError, second.largestError));
});

it('an item of a discrete law is drawn from the sum before it, itself included', () => {
  const thresholds = Float64Array.of(0.25, 0.5);
  expect([0.2, 0.25, 0.4, 0.5, 0.9].map((u) => thresholdsBelow(thresholds, u))).toEqual([0, 1, 1, 2, 2]);
});
