// Oracle: closed forms of order statistics (David & Nagaraja 2003): normal E max of 2, 3 is 1/√π and 3/(2√π), of 4 and 5 the
// tabulated 1.0293753730 and 1.1629644736; a beta(a, 1) is U^(1/a), so E max of m is ma/(ma + 1); H_m for exponentials; and
// for Pareto the products that the definition gives for m = 2 and 3.
import { expect, it } from 'vitest';
import { sobolObstacle } from '../../src/power/estimator.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';

const meanOfMaximum = (law: string, m: number): number | undefined =>
  rewardSource(parseReward(law, ['s']), { states: ['s'], stateCount: 1 }, 1n).meanOfMaximum?.(m);

it.each([
  ['uniform(-1, 3)', 3, 2],
  ['normal(0, 1)', 1, 0],
  ['normal(0, 1)', 2, 1 / Math.sqrt(Math.PI)],
  ['normal(1, 2)', 3, 1 + 3 / Math.sqrt(Math.PI)],
  ['normal(0, 1)', 4, 1.029375373],
  ['normal(0, 1)', 5, 1.1629644736],
  ['exponential(2)', 3, 11 / 12],
  ['beta(2, 1)', 3, 6 / 7],
  ['beta(1, 1)', 1000, 1000 / 1001],
  ['beta(3, 1)', 20, 60 / 61],
  ['pareto(1, 3)', 2, 9 / 5],
  ['pareto(1, 3)', 3, 81 / 40],
] as const)('the mean of the greatest of draws of %s, %i of them, is %f', (law, m, wanted) => {
  const digits = wanted === 1.029375373 || wanted === 1.1629644736 ? 5e-11 : 1e-12;
  expect(Math.abs(meanOfMaximum(law, m)! - wanted)).toBeLessThanOrEqual(
    digits * Math.max(1, Math.abs(wanted)),
  );
});

it.each([
  'bernoulli(1/2)',
  'pareto(1, 1.5)',
  'quantile(u^2)',
  '{"default": "normal(0,1)", "states": {"s": "point(1)"}}',
])('%s has none, and takes no Sobol points', (law) => {
  expect(meanOfMaximum(law, 2)).toBeUndefined();
  const reward = parseReward(law, ['s']);
  expect(sobolObstacle(reward, rewardSource(reward, { states: ['s'], stateCount: 1 }, 1n))).toBeDefined();
});
