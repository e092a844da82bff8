import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { rational, rationalOfDouble } from '../../src/number/rational.js';
import { powerSupport } from '../../src/power/support.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { powerSample } from '../oracles/exact-policies.js';
import { randomDiscount, randomModel } from '../oracles/random-models.js';

function supportOf(
  model: ExactModel,
  states: Record<string, string>,
  gamma: string,
): ReturnType<typeof powerSupport> {
  const mdp = mdpOfRows(model);
  const spec = parseReward(JSON.stringify({ default: 'uniform(0,1)', states }), mdp.states);
  return powerSupport(mdp, rewardSource(spec, mdp, 1n), parseDiscount(gamma));
}

describe('powerSupport', () => {
  it('holds the samples of all rewards of the support, and is reached at its corners', () => {
    const cases = fc
      .tuple(randomModel({ maxStates: 3 }), randomDiscount)
      .chain(([model, discount]) =>
        fc.tuple(
          fc.constant(model),
          fc.constant(discount),
          fc.array(fc.nat({ max: 4 }), { minLength: model.length, maxLength: model.length }),
        ),
      );
    fc.assert(
      fc.property(cases, ([model, discount, quarters]) => {
        const mdp = mdpOfRows(model);
        const source = rewardSource(parseReward('uniform(0,1)', mdp.states), mdp, 1n);
        const { low, high } = powerSupport(mdp, source, discount);
        const inside = powerSample(
          model,
          quarters.map((n) => rational(n, 4)),
          discount.exact,
        );
        inside.forEach((power, s) => {
          expect(power.compare(rationalOfDouble(low[s]!))).toBeGreaterThanOrEqual(0);
          expect(power.compare(rationalOfDouble(high[s]!))).toBeLessThanOrEqual(0);
          // All rewards 0 give POWER 0, all rewards 1 give POWER 1.
          expect(low[s]! <= 0 && high[s]! >= 1).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  // s0 -> s1 or s2; s1 and s2 are terminal; s3 -> s1.
  const model: ExactModel = [[certain(1), certain(2)], [certain(1)], [certain(2)], [certain(1)]];

  it('knows the states whose POWER cannot vary', () => {
    const { certain: fixed } = supportOf(model, { s1: 'point(3)' }, '0.9');
    // s0 too: reward 3 at s1 is better than anything s2 can have.
    expect([...fixed]).toEqual([1, 1, 0, 1]);
  });

  it('is narrower where the best action has a sure reward', () => {
    const { low, high } = supportOf(model, { s1: 'point(1/2)' }, '0.5');
    expect([low[0], high[0]].map((x) => x!.toFixed(9))).toEqual(['0.500000000', '1.000000000']);
  });

  it('is unbounded from where an unbounded reward can be reached, on its side only', () => {
    const { low, high } = supportOf(model, { s2: 'exponential(1)' }, '0.5');
    expect([...high].map(Number.isFinite)).toEqual([false, true, false, true]);
    expect([...low].every(Number.isFinite)).toBe(true);
    const normal = supportOf(model, { s0: 'normal(0,1)' }, '0.5');
    expect([...normal.low, ...normal.high].every(Number.isFinite)).toBe(true);
  });
});
