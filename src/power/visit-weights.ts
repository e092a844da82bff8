import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { ONE, type Rational, ZERO } from '../number/rational.js';
import { commonDenominator, scaledInteger, solveRationalSystem } from '../number/rational-system.js';
import type { Contender } from './orbit-question.js';

/**
 * Expected discounted visits from a contender under a policy, as integers over a common denominator: the value from there
 * is Σ_i numerators[i]·R(states[i]) / denominator, exactly (Turner et al. 2021, Def. 3.3 and 3.5).
 */
export interface VisitWeights {
  readonly states: readonly number[];
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** Chains with random transitions on more states than this are not solved in rationals. */
const LARGEST_CHAIN = 60;

/**
 * The states that a policy can visit from a contender, in the order of a breadth-first search; null if the policy is not
 * known (−1) at one of them.
 */
export function visitedStates(mdp: Mdp, contender: Contender, policy: Int32Array): number[] | null {
  const visited = new Set(startOf(mdp, contender).map(([t]) => t));
  for (const s of visited) {
    const choice = policy[s]!;
    if (choice < 0) return null;
    for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) visited.add(mdp.successor[k]!);
  }
  return [...visited];
}

/**
 * The visits in closed form where every step is certain, else by solving (I − γPᵀ)x = start over the states visited.
 * With `withoutStart` the visit at time 0 is left out. Null if the chain is too large for rationals.
 */
export function visitWeights(
  mdp: Mdp,
  contender: Contender,
  policy: Int32Array,
  states: readonly number[],
  discount: Discount,
  withoutStart: boolean,
): VisitWeights | null {
  const start = startOf(mdp, contender);
  const certain =
    start.length === 1 && states.every((s) => mdp.rowPtr[policy[s]! + 1]! === mdp.rowPtr[policy[s]!]! + 1);
  if (!certain && states.length > LARGEST_CHAIN) return null;
  const initial = new Map(start);
  const visits = certain
    ? lassoVisits(mdp, policy, states, discount.exact)
    : chainVisits(mdp, policy, states, discount.exact, initial);
  const weights = withoutStart ? visits.map((x, i) => x.sub(initial.get(states[i]!) ?? ZERO)) : visits;
  const denominator = commonDenominator(weights);
  return { states, numerators: weights.map((x) => scaledInteger(x, denominator)), denominator };
}

/** A path s_0, s_1, …, that runs into a cycle of length k at s_m: γ^i before it, γ^i/(1 − γ^k) on it. */
function lassoVisits(mdp: Mdp, policy: Int32Array, states: readonly number[], gamma: Rational): Rational[] {
  const powers = [ONE];
  for (let i = 1; i <= states.length; i++) powers.push(powers[i - 1]!.mul(gamma));
  const entry = states.indexOf(mdp.successor[mdp.rowPtr[policy[states.at(-1)!]!]!]!);
  const again = ONE.div(ONE.sub(powers[states.length - entry]!));
  return states.map((_, i) => (i < entry ? powers[i]! : powers[i]!.mul(again)));
}

function chainVisits(
  mdp: Mdp,
  policy: Int32Array,
  states: readonly number[],
  gamma: Rational,
  initial: ReadonlyMap<number, Rational>,
): Rational[] {
  const index = new Map(states.map((s, i) => [s, i]));
  const system = states.map((t, i) => {
    const row = new Array<Rational>(states.length + 1).fill(ZERO);
    row[i] = ONE;
    row[states.length] = initial.get(t) ?? ZERO;
    return row;
  });
  states.forEach((s, j) => {
    for (const [t, p] of rowOf(mdp, policy[s]!)) {
      const i = index.get(t)!;
      system[i]![j] = system[i]![j]!.sub(gamma.mul(p));
    }
  });
  return solveRationalSystem(system).map(([visits]) => visits!);
}

function startOf(mdp: Mdp, { state, choice }: Contender): (readonly [number, Rational])[] {
  return choice === undefined ? [[state, ONE]] : rowOf(mdp, choice);
}

function rowOf(mdp: Mdp, choice: number): (readonly [number, Rational])[] {
  const row: (readonly [number, Rational])[] = [];
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    row.push([mdp.successor[k]!, mdp.exact.values[mdp.exact.index[k]!]!]);
  }
  return row;
}
