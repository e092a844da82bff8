// Exact and sampled results share no solver; on random models and laws they agree at a stated rate of false alarms.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactResult } from '../../src/exact/exact-result.js';
import { parseDocument } from '../../src/mdp/document.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';
import { randomTree } from '../oracles/random-trees.js';
import { zForFamily } from '../tolerance.js';

const laws = [
  'uniform(0, 1)',
  'uniform(-1, 1/2)',
  'bernoulli(1/3)',
  'discrete(0: 1/2, 1: 1/3, 3: 1/6)',
  'normal(0, 1)',
  'normal(1, 2)',
  { default: 'uniform(0, 1)', states: { s1: 'point(1/2)' } },
  { default: 'uniform(0, 1)', states: { s0: 'bernoulli(1/2)', s2: 'bernoulli(1/2)' } },
  { default: 'point(0)', states: { s1: 'uniform(-1, 1)', s2: 'uniform(-1, 1)' } },
  { default: 'uniform(0, 1)', states: { s1: 'uniform(-2, 1/3)', s2: 'uniform(1/2, 5)' } },
  'exponential(2)',
  { default: 'exponential(1)', states: { s1: 'exponential(1/3)', s2: 'point(0)' } },
  'beta(2, 3)',
  { default: 'quantile(1 - 2*sqrt(u))', states: { s1: 'uniform(0, 1)', s2: 'bernoulli(1/2)' } },
  { features: { s0: [1, 0], s1: [0, 1], s2: [1, -1], s3: [1, 2] }, weights: 'uniform(-1, 1)' },
  { features: { s0: [1, 0], s1: [0, 1], s2: [1, -1], s3: [1, 2] }, weights: 'bernoulli(1/2)' },
  { features: { s0: [1, 0], s1: [0, 1], s2: [1, -1], s3: [1, 2] }, weights: 'normal(0, 1)' },
  { features: { s0: [1, 0], s1: [0, 1], s2: [1, -1], s3: [1, 2] }, weights: 'exponential(2)' },
  { features: { s0: [1, 0], s1: [0, 1], s2: [1, -1], s3: [1, 2] }, weights: 'beta(1, 3)' },
  { orbit: { s0: 0, s1: 1, s2: 1, s3: -2 } },
  {
    functions: [
      { weight: '1/3', reward: { s0: 1, s2: 2 } },
      { weight: '2/3', reward: { s1: 3 } },
    ],
  },
];
const samples = 3000;
const runs = 3;
const size = 4;
const gammas = parseDiscountList('0.3,0.9');
/** At most as many numbers as are compared: each law, 2 gammas, 4 states with POWER and 3 chances of up to 2 actions. */
const z = zForFamily(laws.length * runs * 2 * size * 7);

describe('exactResult', () => {
  it.each(laws)('agrees with sampling on random models: %j', async (law) => {
    let answered = 0;
    const property = fc.asyncProperty(
      fc.oneof(randomModel({ minStates: size, maxStates: size, maxActions: 2 }), randomTree(size, size)),
      async (model) => {
        const mdp = mdpOfRows(model);
        const written = typeof law === 'string' ? law : parseDocument(JSON.stringify(law), 'test', 'json');
        const reward = parseReward(written, mdp.states);
        const exact = exactResult(mdp, reward, { gammas });
        const sampled = await estimatePower(mdp, reward, { gammas, samples, seed: 1n });
        for (const row of exact.power) {
          const other = sampled.power.find(({ state, gamma }) => state === row.state && gamma === row.gamma)!;
          const allowed = z * (other.standardError ?? 0) + other.solverError + row.solverError + 1e-12;
          // Where nearly all samples are equal the standard error says little; those rows carry another interval.
          if (other.interval === 't') expect(Math.abs(other.power - row.power)).toBeLessThanOrEqual(allowed);
          answered++;
        }
        for (const row of exact.optimality) {
          const other = sampled.optimality.find(
            ({ state, action, gamma }) => state === row.state && action === row.action && gamma === row.gamma,
          )!;
          for (const [p, q] of [
            [row.probability, other.probability],
            [row.strict, other.strict],
            [row.fractional, other.fractional],
          ] as const) {
            // Binomial; at rare events one occurrence more or less than expected is allowed for.
            const allowed = z * Math.sqrt((p * (1 - p)) / samples) + (z * z) / samples + other.undecided;
            expect(Math.abs(p - q)).toBeLessThanOrEqual(
              p === 0 || p === 1 ? 1e-12 + other.undecided : allowed,
            );
          }
        }
      },
    );
    await fc.assert(property, { seed: 14, numRuns: runs });
    expect(answered).toBeGreaterThan(0);
  });

  it('says why it refuses', () => {
    const mdp = mdpOfRows([[certain(1), certain(2)], [certain(1)], [certain(2)]]);
    const { power, refused } = exactResult(mdp, parseReward('pareto(1, 3)', mdp.states), { gammas });
    expect(power).toEqual([]);
    expect(refused[0]).toEqual({
      quantity: 'POWER',
      state: 's0',
      gamma: '0.3',
      reason:
        'there is no exact method for pareto(1, 3): its distribution function is not piecewise polynomial',
    });
  });
});
