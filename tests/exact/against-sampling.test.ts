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
];
const samples = 3000;
const runs = 25;
const gammas = parseDiscountList('0.3,0.9');
/** About as many numbers as are compared: 2 gammas, up to 4 states with POWER and 3 chances of up to 2 actions. */
const z = zForFamily(runs * 2 * 4 * 7);

describe('exactResult', () => {
  it('agrees with sampling on random models and laws', async () => {
    let answered = 0;
    const property = fc.asyncProperty(
      randomModel({ minStates: 3, maxStates: 4, maxActions: 2 }),
      fc.constantFrom(...laws),
      async (model, law) => {
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
    await fc.assert(property, { seed: 13, numRuns: runs });
    expect(answered).toBeGreaterThan(runs * 4);
  });

  it('says why it refuses', () => {
    const mdp = mdpOfRows([[certain(1), certain(2)], [certain(1)], [certain(2)]]);
    const { power, refused } = exactResult(mdp, parseReward('pareto(1, 3)', mdp.states), { gammas });
    expect(power).toEqual([]);
    expect(refused[0]).toEqual({
      quantity: 'POWER',
      state: 's0',
      gamma: '0.3',
      reason: 'there is no exact method for pareto(1, 3)',
    });
  });
});
