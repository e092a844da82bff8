import { componentScratch, forEachComponent } from '../mdp/components.js';
import type { Mdp } from '../mdp/model.js';
import { ONE, type Rational, ZERO } from '../number/rational.js';
import { solveRationalSystem } from '../number/rational-system.js';

/**
 * The best average reward from each state, by policy iteration for multichain models in exact rationals (Puterman 2005,
 * §9.2.1). A policy is evaluated by g = P g and g + h = r + P h with h = 0 at the first state of each recurrent class;
 * improved first by P g, and where that cannot be improved, among the choices that keep it, by P h. Finite, because ties
 * keep the choice and each step improves (g, h) lexicographically (Puterman 2005, §9.2.3).
 */
export function multichainGain(mdp: Mdp, rewards: readonly Rational[]): Rational[] {
  const policy = mdp.choicePtr.slice(0, mdp.stateCount);
  for (;;) {
    const { gain, bias } = evaluate(mdp, policy, rewards);
    const improved =
      improve(mdp, policy, () => true, gain) || improve(mdp, policy, keeps(mdp, policy, gain), bias);
    if (!improved) return gain;
  }
}

/** Switches to choices with a greater expectation of `values` where there are allowed ones; were there any? */
function improve(
  mdp: Mdp,
  policy: Int32Array,
  allowed: (state: number, choice: number) => boolean,
  values: readonly Rational[],
): boolean {
  let improved = false;
  for (let s = 0; s < mdp.stateCount; s++) {
    let best = expectation(mdp, policy[s]!, values);
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (!allowed(s, c)) continue;
      const value = expectation(mdp, c, values);
      if (value.compare(best) <= 0) continue;
      best = value;
      policy[s] = c;
      improved = true;
    }
  }
  return improved;
}

/** Is the gain after a choice that of the state's own choice? To be asked before the policy changes at the state. */
function keeps(mdp: Mdp, policy: Int32Array, gain: readonly Rational[]): (s: number, c: number) => boolean {
  const own = Array.from(policy, (choice) => expectation(mdp, choice, gain));
  return (s, c) => expectation(mdp, c, gain).equals(own[s]!);
}

function evaluate(
  mdp: Mdp,
  policy: Int32Array,
  rewards: readonly Rational[],
): { gain: Rational[]; bias: Rational[] } {
  const gain = new Array<Rational>(mdp.stateCount).fill(ZERO);
  const bias = new Array<Rational>(mdp.stateCount).fill(ZERO);
  const recurrent = new Uint8Array(mdp.stateCount);
  for (const members of recurrentClasses(mdp, policy)) {
    // Unknowns: the gain in place of the bias of the first member, which is 0.
    const rows = members.map((s) => {
      const row = rowMinus(mdp, policy[s]!, s, members);
      row[0] = ONE;
      return [...row, rewards[s]!];
    });
    const [average, ...relative] = solveRationalSystem(rows);
    members.forEach((s, i) => {
      recurrent[s] = 1;
      gain[s] = average!;
      bias[s] = i === 0 ? ZERO : relative[i - 1]!;
    });
  }
  const transient = [...recurrent.keys()].filter((s) => recurrent[s] === 0);
  // The entries of transient states are still 0, so that an expectation sums over the recurrent ones alone.
  const solve = (right: (s: number) => Rational): Rational[] =>
    solveRationalSystem(transient.map((s) => [...rowMinus(mdp, policy[s]!, s, transient), right(s)]));
  const transientGain = solve((s) => expectation(mdp, policy[s]!, gain));
  transient.forEach((s, i) => {
    gain[s] = transientGain[i]!;
  });
  const transientBias = solve((s) => rewards[s]!.sub(gain[s]!).add(expectation(mdp, policy[s]!, bias)));
  transient.forEach((s, i) => {
    bias[s] = transientBias[i]!;
  });
  return { gain, bias };
}

/** Row s of I − P under a choice, restricted to some states. */
function rowMinus(mdp: Mdp, choice: number, s: number, columns: readonly number[]): Rational[] {
  return columns.map((t) => {
    let entry = s === t ? ONE : ZERO;
    for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
      if (mdp.successor[k] === t) entry = entry.sub(mdp.exact.values[mdp.exact.index[k]!]!);
    }
    return entry;
  });
}

/** Σ_t P(t | choice)·values[t], exactly. */
function expectation(mdp: Mdp, choice: number, values: readonly Rational[]): Rational {
  let sum = ZERO;
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    sum = sum.add(mdp.exact.values[mdp.exact.index[k]!]!.mul(values[mdp.successor[k]!]!));
  }
  return sum;
}

/** The recurrent classes of a policy's chain, members ascending: components that its edges do not leave. */
function recurrentClasses(mdp: Mdp, policy: Int32Array): number[][] {
  const enabled = new Uint8Array(mdp.transitionCount);
  for (const choice of policy) enabled.fill(1, mdp.rowPtr[choice], mdp.rowPtr[choice + 1]);
  const classes: number[][] = [];
  const all = Int32Array.from(policy, (_, s) => s);
  forEachComponent(
    mdp,
    all,
    (component) => {
      const members = new Set(component);
      const isClosed = [...members].every((s) =>
        mdp.successor
          .subarray(mdp.rowPtr[policy[s]!]!, mdp.rowPtr[policy[s]! + 1]!)
          .every((t) => members.has(t)),
      );
      if (isClosed) classes.push([...members].sort((a, b) => a - b));
    },
    enabled,
    componentScratch(mdp.stateCount),
  );
  return classes;
}
