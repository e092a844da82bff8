import { ONE, type Rational, ZERO } from '../../src/number/rational.js';
import type { ExactModel } from './exact-model.js';
import { allPolicies, solveExactly } from './exact-policies.js';

/**
 * Oracle, from the definition: every policy; the stationary distribution of each of its recurrent classes (states that
 * reach each other and nothing else); the probability of ending in each class.
 */
export function gainByEnumeration(model: ExactModel, rewards: readonly Rational[]): Rational[] {
  let best: Rational[] | undefined;
  for (const policy of allPolicies(model)) {
    const gain = policyGain(model, policy, rewards);
    best = best?.map((value, s) => (value.compare(gain[s]!) < 0 ? gain[s]! : value)) ?? gain;
  }
  return best!;
}

/** The gain of a policy from every state. */
export function policyGain(
  model: ExactModel,
  policy: readonly number[],
  rewards: readonly Rational[],
): Rational[] {
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

/**
 * optimal[s][a]: some policy that takes a in s has the greatest gain of all from s (Turner et al. 2021, Def. 6.11), from the
 * definition.
 */
export function averageOptimalByEnumeration(
  model: ExactModel,
  rewards: readonly Rational[],
): readonly (readonly boolean[])[] {
  const best = gainByEnumeration(model, rewards);
  const optimal = model.map((actions) => actions.map(() => false));
  for (const policy of allPolicies(model)) {
    policyGain(model, policy, rewards).forEach((value, s) => {
      if (value.equals(best[s]!)) optimal[s]![policy[s]!] = true;
    });
  }
  return optimal;
}
