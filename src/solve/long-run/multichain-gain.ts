import { integerRows } from '../../mdp/integer-rows.js';
import type { Mdp } from '../../mdp/model.js';
import { type Rational, rational } from '../../number/rational.js';
import { commonDenominator, scaledInteger } from '../../number/rational-system.js';
import type { IntegerMap } from './policy-gain.js';
import { policyGains } from './policy-gains.js';

/** An exact fraction with a positive denominator. */
interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Prepares for finding the best average reward from each state, by policy iteration for multichain models in exact
 * integers (Puterman 2005, §9.2). A policy is improved first by P g, and where that cannot be improved, among the choices
 * that keep it, by P h. Finite, because ties keep the choice and each step improves (g, h) lexicographically. Policies are
 * evaluated for all rewards at once and remembered, and each search begins at the policy that the last one ended with; the
 * gains found do not depend on it.
 */
export function multichainGain(mdp: Mdp): (rewards: readonly Rational[]) => Rational[] {
  const policy = mdp.choicePtr.slice(0, mdp.stateCount);
  const evaluate = policyGains(mdp, policy);
  return (rewards) => {
    const factor = commonDenominator(rewards);
    const scaled = rewards.map((reward) => scaledInteger(reward, factor));
    for (;;) {
      const evaluation = evaluate();
      const gain = apply(evaluation.gain, scaled);
      if (improve(mdp, policy, gain, () => true)) continue;
      const own = Array.from(policy, (choice) => expectation(mdp, choice, gain));
      const keepsGain = (s: number, c: number): boolean => compare(expectation(mdp, c, gain), own[s]!) === 0;
      if (improve(mdp, policy, apply(evaluation.bias, scaled), keepsGain)) continue;
      return gain.map((value) => rational(value, evaluation.gain.denominator * factor));
    }
  };
}

/** The map at some rewards, in multiples of 1/denominator. */
function apply({ rows }: IntegerMap, rewards: readonly bigint[]): bigint[] {
  return rows.map((row) => {
    let sum = 0n;
    row.forEach((entry, t) => {
      if (entry !== 0n) sum += entry * rewards[t]!;
    });
    return sum;
  });
}

/** Switches to choices with a greater expectation of `values` where there are allowed ones; were there any? */
function improve(
  mdp: Mdp,
  policy: Int32Array,
  values: readonly bigint[],
  allowed: (state: number, choice: number) => boolean,
): boolean {
  let improved = false;
  for (let s = 0; s < mdp.stateCount; s++) {
    if (mdp.choicePtr[s + 1]! - mdp.choicePtr[s]! === 1) continue;
    let best = expectation(mdp, policy[s]!, values);
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const value = expectation(mdp, c, values);
      if (compare(value, best) <= 0 || !allowed(s, c)) continue;
      best = value;
      policy[s] = c;
      improved = true;
    }
  }
  return improved;
}

/** Σ_t P(t | choice)·values[t], exactly. */
function expectation(mdp: Mdp, choice: number, values: readonly bigint[]): Fraction {
  const rows = integerRows(mdp);
  let numerator = 0n;
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    numerator += rows.numerator[k]! * values[mdp.successor[k]!]!;
  }
  return { numerator, denominator: rows.denominator[choice]! };
}

function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
