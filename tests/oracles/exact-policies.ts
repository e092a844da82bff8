import { ONE, type Rational, rational, ZERO } from '../../src/number/rational.js';
import type { ExactModel } from './exact-model.js';

/**
 * Oracle: the definitions themselves, in exact rationals. Every stationary deterministic policy is tried and its value is
 * the solution of (I − γP)V = R; no Bellman operator, no stopping rule, no code shared with src/solve. Exponential in the
 * number of states: for models of up to about 6 states.
 */

/** The stationary deterministic policies of a model, each as the action number (0-based within the state) per state. */
export function* allPolicies(model: ExactModel): Generator<readonly number[]> {
  const policy = model.map(() => 0);
  for (;;) {
    yield [...policy];
    let s = 0;
    while (s < model.length && ++policy[s]! === model[s]!.length) policy[s++] = 0;
    if (s === model.length) return;
  }
}

/** V^π_R(s, γ) for all s (Turner et al. 2021, Def. 3.5): the expected discounted reward, the current state's included. */
export function policyValue(
  model: ExactModel,
  policy: readonly number[],
  reward: readonly Rational[],
  gamma: Rational,
): Rational[] {
  const matrix = model.map((actions, s) => {
    const row = model.map((_, t) => (s === t ? ONE : ZERO));
    for (const [t, p] of actions[policy[s]!]!) row[t] = row[t]!.sub(gamma.mul(p));
    return [...row, reward[s]!];
  });
  return solveExactly(matrix);
}

/** V*_R(s, γ) for all s: the best of all policies, state by state. */
export function optimalValues(model: ExactModel, reward: readonly Rational[], gamma: Rational): Rational[] {
  let best: Rational[] | undefined;
  for (const policy of allPolicies(model)) {
    const value = policyValue(model, policy, reward, gamma);
    best = best?.map((v, s) => (v.compare(value[s]!) < 0 ? value[s]! : v)) ?? value;
  }
  return best!;
}

/** (1−γ)/γ·(V*_R(s, γ) − R(s)) for all s: the random variable whose mean is POWER (Def. 5.2). 0 < γ < 1. */
export function powerSample(model: ExactModel, reward: readonly Rational[], gamma: Rational): Rational[] {
  const factor = ONE.sub(gamma).div(gamma);
  return optimalValues(model, reward, gamma).map((value, s) => value.sub(reward[s]!).mul(factor));
}

/**
 * optimal[s][a]: some policy that is optimal at every state takes action a in s (Def. 4.1, 4.4: weak optimality, so that
 * every tied action counts).
 */
export function optimalActions(
  model: ExactModel,
  reward: readonly Rational[],
  gamma: Rational,
): readonly (readonly boolean[])[] {
  const best = optimalValues(model, reward, gamma);
  const optimal = model.map((actions) => actions.map(() => false));
  for (const policy of allPolicies(model)) {
    const value = policyValue(model, policy, reward, gamma);
    if (!value.every((v, s) => v.equals(best[s]!))) continue;
    policy.forEach((action, s) => {
      optimal[s]![action] = true;
    });
  }
  return optimal;
}

/**
 * The solution x of A x = b for the augmented matrix (A | b), n rows of n+1 entries, by fraction-free elimination over the
 * integers (Bareiss 1968): every division is exact.
 * @throws {RangeError} A is singular
 */
export function solveExactly(augmented: readonly (readonly Rational[])[]): Rational[] {
  const n = augmented.length;
  const m = augmented.map((row) => {
    const scale = row.reduce((lcm, x) => (lcm / gcd(lcm, x.d)) * x.d, 1n);
    return row.map((x) => x.s * x.n * (scale / x.d));
  });
  let previous = 1n;
  for (let k = 0; k < n; k++) {
    const pivot = m.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) throw new RangeError('the matrix is singular');
    [m[k], m[pivot]] = [m[pivot]!, m[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = m[i]![k]!;
      for (let j = 0; j <= n; j++) m[i]![j] = (m[k]![k]! * m[i]![j]! - factor * m[k]![j]!) / previous;
    }
    previous = m[k]![k]!;
  }
  return m.map((row, i) => rational(row[n]!, row[i]!));
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
