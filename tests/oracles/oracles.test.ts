// The oracles are checked by hand-made cases and by properties that define what they return.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational, rationalText } from '../../src/number/rational.js';
import { roundingBound, unitRoundoff, zAt, zForFamily } from '../tolerance.js';
import { bruteAutomorphisms, permutations } from './brute-automorphisms.js';
import { certain, type ExactModel, mdpOfRows, rowsOfMdp, weighted } from './exact-model.js';
import { allPolicies, optimalActions, optimalValues, policyValue, powerSample } from './exact-policies.js';
import { randomDiscount, randomModel, randomRewards } from './random-models.js';

const star: ExactModel = [[certain(1), certain(2), certain(3)], [certain(1)], [certain(2)], [certain(3)]];
const half = rational(1, 2);

describe('policyValue', () => {
  it('solves V = R + γPV exactly', () => {
    const property = fc.property(
      randomModel().chain((model) =>
        fc.tuple(fc.constant(model), randomRewards(model.length), randomDiscount),
      ),
      ([model, reward, discount]) => {
        const policy = model.map((actions) => actions.length - 1);
        const value = policyValue(model, policy, reward, discount.exact);
        value.forEach((v, s) => {
          const next = model[s]![policy[s]!]!.reduce((sum, [t, p]) => sum.add(p.mul(value[t]!)), rational(0));
          expect(rationalText(reward[s]!.add(discount.exact.mul(next)))).toBe(rationalText(v));
        });
      },
    );
    fc.assert(property, { seed: 1, numRuns: 100 });
  });

  it('gives 1/(1−γ) to a loop of reward 1', () => {
    expect(policyValue([[certain(0)]], [0], [rational(1)], rational(9, 10)).map(rationalText)).toEqual([
      '10',
    ]);
  });
});

describe('the enumeration of policies', () => {
  it('meets every policy once', () => {
    const model: ExactModel = [
      [certain(0), certain(1)],
      [certain(0), certain(1), certain(0)],
    ];
    expect(new Set([...allPolicies(model)].map(String)).size).toBe(6);
  });

  it('finds the best leaf of a star, and ties', () => {
    const reward = [0, 3, 1, 3].map((r) => rational(r));
    expect(powerSample(star, reward, half).map(rationalText)).toEqual(['3', '3', '1', '3']);
    expect(optimalValues(star, reward, half).map(rationalText)).toEqual(['3', '6', '2', '6']);
    expect(optimalActions(star, reward, half)[0]).toEqual([true, false, true]);
  });
});

describe('bruteAutomorphisms', () => {
  it('permutes the leaves of a star', () => {
    expect(permutations(4)[0]).toEqual([0, 1, 2, 3]);
    expect(new Set(permutations(5).map(String)).size).toBe(120);
    expect(bruteAutomorphisms(star)).toHaveLength(6);
  });

  it('distinguishes probabilities, and counts equal rows once', () => {
    const fair: ExactModel = [[weighted([1, 2], [1, 1])], [certain(1)], [certain(2), certain(2)]];
    const unfair: ExactModel = [[weighted([1, 2], [1, 2])], [certain(1)], [certain(2)]];
    expect(bruteAutomorphisms(fair)).toEqual([
      [0, 1, 2],
      [0, 2, 1],
    ]);
    expect(bruteAutomorphisms(unfair)).toEqual([[0, 1, 2]]);
  });
});

describe('mdpOfRows', () => {
  it('keeps the rows and finds equal ones', () => {
    const property = fc.property(randomModel(), (model) => {
      const mdp = mdpOfRows(model);
      const text = (rows: ExactModel): unknown =>
        rows.map((actions) => actions.map((row) => row.map(([t, p]) => [t, rationalText(p)])));
      expect(text(rowsOfMdp(mdp))).toEqual(text(model));
      expect(mdp.choiceClass.every((first, c) => first <= c && mdp.choiceClass[first] === first)).toBe(true);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });
});

describe('tolerances', () => {
  it('agree with published normal quantiles', () => {
    // Second opinion: Python 3 statistics.NormalDist().inv_cdf
    expect(Math.abs(zAt(0.05) - 1.959963984540054)).toBeLessThan(1e-12);
    expect(Math.abs(zAt(0.001) - 3.290526731491926)).toBeLessThan(1e-12);
    expect(Math.abs(zAt(1e-6) - 4.891638475699)).toBeLessThan(1e-10);
    expect(zForFamily(50)).toBeGreaterThan(zAt(1e-6));
  });

  it('bound rounding as (1 + u)^k does', () => {
    expect(roundingBound(3, 2)).toBeGreaterThanOrEqual(6 * unitRoundoff);
    expect(roundingBound(3, 2)).toBeLessThan(6.000001 * unitRoundoff);
  });
});
