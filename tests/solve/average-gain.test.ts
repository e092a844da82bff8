import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rational, rational, rationalText } from '../../src/number/rational.js';
import { averageGain } from '../../src/solve/long-run/average-gain.js';
import { gainByEnumeration } from '../oracles/exact-gain.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { randomModel, randomRewards } from '../oracles/random-models.js';
import { deterministicMdp, gridGraph } from '../symmetry/structured-models.js';

function expectGain(model: ExactModel, rewards: readonly Rational[]): void {
  const gain = averageGain(mdpOfRows(model))(rewards);
  expect(gain.map(rationalText)).toEqual(gainByEnumeration(model, rewards).map(rationalText));
}

describe('averageGain', () => {
  it('is the best of all policies in deterministic models', () => {
    const property = fc.property(
      randomModel({ maxStates: 6, stochastic: false }).chain((m) =>
        fc.tuple(fc.constant(m), randomRewards(m.length)),
      ),
      ([model, rewards]) => expectGain(model, rewards),
    );
    fc.assert(property, { seed: 1, numRuns: 150 });
  });

  it('is the best of all policies in models with random transitions', () => {
    const property = fc.property(
      randomModel({ maxStates: 5, maxActions: 3 }).chain((m) =>
        fc.tuple(fc.constant(m), randomRewards(m.length)),
      ),
      ([model, rewards]) => expectGain(model, rewards),
    );
    fc.assert(property, { seed: 2, numRuns: 250 });
  });

  it('does not depend on the rewards asked before', () => {
    const property = fc.property(
      randomModel({ maxStates: 4, maxActions: 3 }).chain((m) =>
        fc.tuple(fc.constant(m), fc.array(randomRewards(m.length), { minLength: 2, maxLength: 6 })),
      ),
      ([model, questions]) => {
        const prepared = averageGain(mdpOfRows(model));
        for (const rewards of questions) {
          expect(prepared(rewards).map(rationalText)).toEqual(
            gainByEnumeration(model, rewards).map(rationalText),
          );
        }
      },
    );
    fc.assert(property, { seed: 3, numRuns: 60 });
  });

  it('is the mean of the best cycle, and takes a detour for it', () => {
    const model: ExactModel = [[certain(1), certain(3)], [certain(2)], [certain(0)], [certain(3)]];
    const gain = averageGain(mdpOfRows(model))([rational(1), rational(2), rational(5), rational(5, 2)]);
    expect(gain.map(rationalText)).toEqual(['8/3', '8/3', '8/3', '5/2']);
  });

  it('weighs the recurrent classes by the chance of ending in them', () => {
    const model: ExactModel = [[weighted([0, 1, 2], [1, 1, 2])], [certain(1)], [certain(2)]];
    expect(averageGain(mdpOfRows(model))([rational(7), rational(1), rational(4)]).map(rationalText)).toEqual([
      '3',
      '1',
      '4',
    ]);
  });

  it('scales to large deterministic models', () => {
    const grid = deterministicMdp(gridGraph(Array.from({ length: 20 }, () => '.'.repeat(20))));
    const rewards = Array.from({ length: 400 }, (_, s) => rational((s * 7919) % 1009, 1009));
    const greatest = rewards.reduce((a, b) => (a.compare(b) < 0 ? b : a));
    // Every cell can stay, so the best cycle is the best cell.
    for (const gain of averageGain(grid)(rewards)) expect(gain.equals(greatest)).toBe(true);
  });

  it('refuses large models with random transitions, and says what to do', () => {
    const model: ExactModel = Array.from({ length: 61 }, (_, s) => [weighted([s, (s + 1) % 61], [1, 1])]);
    expect(() => averageGain(mdpOfRows(model))).toThrow(/average reward/);
  });
});
