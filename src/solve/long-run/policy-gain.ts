import { forEachComponent } from '../../mdp/components.js';
import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { commonDenominator, scaledInteger, solveRationalSystem } from '../../number/rational-system.js';

/** A linear map of reward vectors as integers over one denominator: (Σ_t rows[s][t]·R(t)) / denominator. */
export interface IntegerMap {
  readonly rows: readonly (readonly bigint[])[];
  readonly denominator: bigint;
}

/** The long-run average reward (gain) and the relative value (bias) of a policy, as functions of the rewards. */
export interface PolicyGain {
  readonly gain: IntegerMap;
  readonly bias: IntegerMap;
}

/**
 * Evaluates a policy for all rewards at once: g = P g and g + h = R + P h, with h = 0 at the first state of each recurrent
 * class (Puterman 2005, §9.2.1). Exact.
 *
 * @param policy Int32 (S): the choice in each state
 */
export function policyGain(mdp: Mdp, policy: Int32Array): PolicyGain {
  const { stateCount } = mdp;
  const zeros = (): Rational[] => new Array<Rational>(stateCount).fill(ZERO);
  const gain = Array.from({ length: stateCount }, zeros);
  const bias = Array.from({ length: stateCount }, zeros);
  const isRecurrent = new Uint8Array(stateCount);
  for (const members of recurrentClasses(mdp, policy)) {
    // Unknowns: the gain, in place of the bias of the first member, which is 0; and the other biases.
    const system = members.map((s, i) => {
      const row = rowMinus(mdp, policy[s]!, s, members);
      row[0] = ONE;
      return [...row, ...members.map((_, j) => (i === j ? ONE : ZERO))];
    });
    const [average, ...relative] = solveRationalSystem(system);
    members.forEach((s, i) => {
      isRecurrent[s] = 1;
      members.forEach((t, j) => {
        gain[s]![t] = average![j]!;
        if (i > 0) bias[s]![t] = relative[i - 1]![j]!;
      });
    });
  }
  const transient = [...isRecurrent.keys()].filter((s) => isRecurrent[s] === 0);
  // Rows of transient states are still 0, so that an expectation sums over the recurrent ones alone.
  const solve = (into: Rational[][], right: (s: number) => Rational[]): void => {
    const system = transient.map((s) => [...rowMinus(mdp, policy[s]!, s, transient), ...right(s)]);
    solveRationalSystem(system).forEach((row, i) => {
      into[transient[i]!] = row;
    });
  };
  solve(gain, (s) => expectedRow(mdp, policy[s]!, gain));
  solve(bias, (s) => {
    const after = expectedRow(mdp, policy[s]!, bias);
    return after.map((value, t) => (s === t ? value.add(ONE) : value).sub(gain[s]![t]!));
  });
  return { gain: integerMap(gain), bias: integerMap(bias) };
}

function integerMap(rows: readonly (readonly Rational[])[]): IntegerMap {
  const denominator = commonDenominator(rows.flat());
  return { rows: rows.map((row) => row.map((value) => scaledInteger(value, denominator))), denominator };
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

/** Σ_t P(t | choice)·rows[t]. */
function expectedRow(mdp: Mdp, choice: number, rows: readonly (readonly Rational[])[]): Rational[] {
  const sum = new Array<Rational>(rows.length).fill(ZERO);
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    const probability = mdp.exact.values[mdp.exact.index[k]!]!;
    rows[mdp.successor[k]!]!.forEach((value, t) => {
      if (value.n !== 0n) sum[t] = sum[t]!.add(probability.mul(value));
    });
  }
  return sum;
}

/** The recurrent classes of a policy's chain, members ascending: components that its edges do not leave. */
function recurrentClasses(mdp: Mdp, policy: Int32Array): number[][] {
  const enabled = new Uint8Array(mdp.transitionCount);
  for (const choice of policy) enabled.fill(1, mdp.rowPtr[choice], mdp.rowPtr[choice + 1]);
  const classes: number[][] = [];
  const collect = (component: Int32Array): void => {
    const members = new Set(component);
    const staysInside = (s: number): boolean =>
      mdp.successor
        .subarray(mdp.rowPtr[policy[s]!]!, mdp.rowPtr[policy[s]! + 1]!)
        .every((t) => members.has(t));
    if (component.every(staysInside)) classes.push([...members].sort((a, b) => a - b));
  };
  forEachComponent(mdp, Int32Array.from(policy.keys()), collect, enabled);
  return classes;
}
