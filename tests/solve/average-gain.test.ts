import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE, type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import { averageGain } from '../../src/solve/average-gain.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { allPolicies, solveExactly } from '../oracles/exact-policies.js';
import { randomModel, randomRewards } from '../oracles/random-models.js';
import { deterministicMdp, gridGraph } from '../symmetry/structured-models.js';

/**
 * Oracle, from the definition: every policy; the stationary distribution of each of its recurrent classes (states that
 * reach each other and nothing else); the probability of ending in each class.
 */
function gainByEnumeration(model: ExactModel, rewards: readonly Rational[]): Rational[] {
  let best: Rational[] | undefined;
  for (const policy of allPolicies(model)) {
    const gain = policyGain(model, policy, rewards);
    best = best?.map((value, s) => (value.compare(gain[s]!) < 0 ? gain[s]! : value)) ?? gain;
  }
  return best!;
}

function policyGain(model: ExactModel, policy: readonly number[], rewards: readonly Rational[]): Rational[] {
  const probability = model.map((actions, s) => {
    const row = model.map(() => ZERO);
    for (const [t, p] of actions[policy[s]!]!) row[t] = p;
    return row;
  });
  const reaches = probability.map((row, s) => row.map((p, t) => s === t || !p.equals(ZERO)));
  model.forEach((_, via) => {
    model.forEach((_, s) => {
      model.forEach((_, t) => {
        reaches[s]![t] ||= reaches[s]![via]! && reaches[via]![t]!;
      });
    });
  });
  const isRecurrent = model.map((_, s) => model.every((_, t) => !reaches[s]![t] || reaches[t]![s]!));
  // Stationary distribution of the class of s: x P = x with the entries summing to 1.
  const classGain = model.map((_, s) => {
    if (!isRecurrent[s]) return ZERO;
    const members = [...model.keys()].filter((t) => reaches[s]![t]);
    const equations = members.map((t, i) =>
      i === 0
        ? [...members.map(() => ONE), ONE]
        : [...members.map((u) => (t === u ? ONE : ZERO).sub(probability[u]![t]!)), ZERO],
    );
    const stationary = solveExactly(equations);
    return members.reduce((sum, t, i) => sum.add(stationary[i]!.mul(rewards[t]!)), ZERO);
  });
  const equations = model.map((_, s) =>
    isRecurrent[s]
      ? [...model.map((_, t) => (s === t ? ONE : ZERO)), classGain[s]!]
      : [...model.map((_, t) => (s === t ? ONE : ZERO).sub(probability[s]![t]!)), ZERO],
  );
  return solveExactly(equations);
}

function expectGain(model: ExactModel, rewards: readonly Rational[]): void {
  const gain = averageGain(mdpOfRows(model), rewards);
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

  it('is the mean of the best cycle, and takes a detour for it', () => {
    const model: ExactModel = [[certain(1), certain(3)], [certain(2)], [certain(0)], [certain(3)]];
    const gain = averageGain(mdpOfRows(model), [rational(1), rational(2), rational(5), rational(5, 2)]);
    expect(gain.map(rationalText)).toEqual(['8/3', '8/3', '8/3', '5/2']);
  });

  it('weighs the recurrent classes by the chance of ending in them', () => {
    const model: ExactModel = [[weighted([0, 1, 2], [1, 1, 2])], [certain(1)], [certain(2)]];
    expect(averageGain(mdpOfRows(model), [rational(7), rational(1), rational(4)]).map(rationalText)).toEqual([
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
    for (const gain of averageGain(grid, rewards)) expect(gain.equals(greatest)).toBe(true);
  });

  it('refuses large models with random transitions, and says what to do', () => {
    const model: ExactModel = Array.from({ length: 61 }, (_, s) => [weighted([s, (s + 1) % 61], [1, 1])]);
    expect(() =>
      averageGain(
        mdpOfRows(model),
        model.map(() => ONE),
      ),
    ).toThrow(/average reward/);
  });
});
