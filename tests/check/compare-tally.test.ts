// The second opinion on a result: honest rows pass, and each wrong number is found by its own test.
import { describe, expect, it } from 'vitest';
import { optimalityContradiction, powerContradiction } from '../../src/check/compare-tally.js';
import { solveAgain } from '../../src/check/second-solver.js';
import { tallyAgain } from '../../src/check/tally.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscount } from '../../src/number/discount.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { estimate, star, wait } from '../power/estimating.js';
import { roundingBound } from '../tolerance.js';

const effort = { samples: 200, work: Number.POSITIVE_INFINITY, exactly: 300 };

function tallyOf(mdp: Mdp, law: string, gamma: string): ReturnType<typeof tallyAgain> {
  const source = rewardSource(parseReward(law, mdp.states), mdp, 1n);
  return tallyAgain(mdp, source, parseDiscount(gamma), true, effort);
}

describe('the second solver', () => {
  it.each(['0.000001', '0.5', '0.99', '0.999999'])(
    'has the closed form of a star at gamma %s, within its bound',
    (text) => {
      const mdp = star(3);
      const gamma = parseDiscount(text);
      const reward = Float64Array.of(0.3, 0.9, 0.2, 0.7);
      const { power, error, possible } = solveAgain(mdp, reward, gamma);
      const wanted = [0.9, 0.9, 0.2, 0.7];
      for (const [s, value] of wanted.entries()) {
        expect(Math.abs(power[s]! - value)).toBeLessThanOrEqual(error);
      }
      expect(error).toBeLessThan(roundingBound(100, 1 / gamma.oneMinusGamma));
      expect([...possible]).toEqual([1, 0, 0, 1, 1, 1]);
    },
  );

  it('solves large models by sweeps, to the same values', () => {
    const [small, large] = [star(100), star(200)];
    const rewards = (count: number): Float64Array =>
      Float64Array.from({ length: count + 1 }, (_, s) => ((s * 37) % 101) / 101);
    for (const [mdp, count] of [
      [small, 100],
      [large, 200],
    ] as const) {
      const reward = rewards(count);
      const { power, error } = solveAgain(mdp, reward, parseDiscount('0.9'));
      expect(Math.abs(power[0]! - Math.max(...reward.slice(1)))).toBeLessThanOrEqual(error);
    }
  });
});

describe('a second opinion', () => {
  const cases = [
    [wait, 'uniform(0, 1)', '0.5'],
    [wait, 'bernoulli(1/3)', '0.9'],
    [wait, 'uniform(0, 1)', '1'],
    [star(3), 'discrete(-1: 1/2, 4: 1/2)', '0'],
  ] as const;
  it.each(cases)('agrees with honest rows: %#', async (mdp, law, gamma) => {
    const { power, optimality } = await estimate(mdp, law, [gamma], { samples: 200 });
    const tally = tallyOf(mdp, law, gamma);
    expect(tally.samples).toBe(200);
    expect(powerContradiction(mdp, power, tally)).toBeUndefined();
    expect(optimalityContradiction(mdp, optimality, tally)).toBeUndefined();
  });

  it('finds a mean, a standard error, limits, shares and counts that are wrong', async () => {
    const { power, optimality } = await estimate(wait, 'bernoulli(1/3)', ['0.5'], { samples: 200 });
    const tally = tallyOf(wait, 'bernoulli(1/3)', '0.5');
    const [row, ...rest] = power;
    const wrongPower = [
      { ...row!, power: row!.power + 1e-9 },
      { ...row!, standardError: row!.standardError! * 1.0001 },
      { ...row!, low: row!.power + 0.01 },
    ];
    for (const wrong of wrongPower) expect(powerContradiction(wait, [wrong, ...rest], tally)).toBeDefined();
    const [first, ...others] = optimality;
    const wrongShares = [
      { ...first!, probability: first!.probability + 1 / 200 },
      { ...first!, probability: first!.probability + 1e-9 },
      { ...first!, strict: first!.strict - 1 / 200 },
      { ...first!, fractional: first!.fractional + 1e-3 },
      { ...first!, high: first!.probability - 0.01 },
    ];
    for (const wrong of wrongShares)
      expect(optimalityContradiction(wait, [wrong, ...others], tally)).toBeDefined();
  });
});
