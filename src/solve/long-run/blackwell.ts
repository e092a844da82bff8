import { integerRows } from '../../mdp/integer-rows.js';
import type { Mdp } from '../../mdp/model.js';
import type { ExactColumn } from '../exactly/exact-column.js';
import type { IntegerMap, PolicyGain } from './policy-gain.js';
import { policyGains } from './policy-gains.js';

/** What is optimal in the long run, exactly. Uint8 (C) each. */
export interface BlackwellChoices {
  /** P_c g* = g* */
  readonly keepsGain: Uint8Array;
  /** keeps the gain, and is best by the relative value too: what the best recurrent classes are made of */
  readonly tight: Uint8Array;
  /** optimal for all gamma near 1 */
  readonly optimal: Uint8Array;
  /** Int32 (S): a Blackwell-optimal policy's choices */
  readonly policy: Int32Array;
}

/** A vector of integers over one denominator. */
interface Vector {
  readonly numerator: readonly bigint[];
  readonly denominator: bigint;
}

/**
 * Prepares for finding Blackwell-optimal choices in exact integers, by policy iteration on the whole Laurent series
 * (Miller & Veinott 1969; Puterman 2005, §10.3). With γ = 1/(1+ρ),
 *
 *     V^π = (1+ρ)·Σ_{n ≥ −1} ρ^n y_n,   y_{−1} = P* R,   y_0 = D R,   y_{n+1} = −D y_n,
 *
 * D = (I − P + P*)^{-1} − P*, and choices compare by P_c y_{−1}, then P_c y_0, P_c y_1, … The difference of two of them is a
 * polynomial in γ of degree below S over det(I − γP), and adj(I − γP) vanishes at most one order less than it at γ = 1: what
 * ties for all n < S is equal.
 */
export function blackwellSolver(mdp: Mdp): (rewards: ExactColumn, classes: Int32Array) => BlackwellChoices {
  const policy = mdp.choicePtr.slice(0, mdp.stateCount);
  const evaluate = policyGains(mdp, policy);
  return (rewards, classes) => {
    for (;;) {
      const found = compareLevels(mdp, policy, evaluate(), rewards, classes);
      if (found !== undefined) return found;
    }
  };
}

/** Improves the policy at the first level where that is possible; if at none, what ties with it. */
function compareLevels(
  mdp: Mdp,
  policy: Int32Array,
  { gain, bias }: PolicyGain,
  rewards: ExactColumn,
  classes: Int32Array,
): BlackwellChoices | undefined {
  const tied = new Uint8Array(mdp.choiceCount).fill(1);
  // D y = (I − P*) B y for the map B of relative values, if P* y = 0; the same holds for y = R.
  const deviation = (y: Vector): Vector => {
    const relative = apply(bias, y);
    return difference(relative, apply(gain, relative));
  };
  const reward: Vector = { numerator: rewards.numerator, denominator: rewards.denominator };
  if (narrow(mdp, policy, apply(gain, reward), tied)) return undefined;
  const keepsGain = tied.slice();
  let level = deviation(reward);
  if (narrow(mdp, policy, level, tied)) return undefined;
  const tight = tied.slice();
  for (let n = 1; n < mdp.stateCount && isOpen(mdp, classes, tied); n++) {
    level = negative(deviation(level));
    if (narrow(mdp, policy, level, tied)) return undefined;
  }
  return { keepsGain, tight, optimal: tied, policy: policy.slice() };
}

/**
 * Keeps those of the tied choices that are as good as the policy's by `values`; or switches to better ones.
 * @returns whether the policy was changed
 */
function narrow(mdp: Mdp, policy: Int32Array, { numerator }: Vector, tied: Uint8Array): boolean {
  const rows = integerRows(mdp);
  const expectation = (c: number): bigint => {
    let sum = 0n;
    for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++)
      sum += rows.numerator[k]! * numerator[mdp.successor[k]!]!;
    return sum;
  };
  let changed = false;
  for (let s = 0; s < mdp.stateCount; s++) {
    if (mdp.choicePtr[s + 1]! - mdp.choicePtr[s]! === 1) continue;
    let best = policy[s]!;
    let value = expectation(best);
    const own = { best, value };
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (tied[c] === 0) continue;
      const sum = expectation(c);
      if (sum * rows.denominator[own.best]! !== own.value * rows.denominator[c]!) tied[c] = 0;
      if (sum * rows.denominator[best]! <= value * rows.denominator[c]!) continue;
      [best, value] = [c, sum];
    }
    if (best === policy[s]) continue;
    policy[s] = best;
    changed = true;
  }
  return changed;
}

/** Is there a state with tied choices of several classes? */
function isOpen(mdp: Mdp, classes: Int32Array, tied: Uint8Array): boolean {
  for (let s = 0; s < mdp.stateCount; s++) {
    const seen = new Set<number>();
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) if (tied[c] === 1) seen.add(classes[c]!);
    if (seen.size > 1) return true;
  }
  return false;
}

function apply({ rows, denominator }: IntegerMap, vector: Vector): Vector {
  const numerator = rows.map((row) => {
    let sum = 0n;
    row.forEach((entry, t) => {
      if (entry !== 0n) sum += entry * vector.numerator[t]!;
    });
    return sum;
  });
  return reduced({ numerator, denominator: denominator * vector.denominator });
}

function difference(a: Vector, b: Vector): Vector {
  return reduced({
    numerator: a.numerator.map((x, s) => x * b.denominator - b.numerator[s]! * a.denominator),
    denominator: a.denominator * b.denominator,
  });
}

function negative({ numerator, denominator }: Vector): Vector {
  return { numerator: numerator.map((x) => -x), denominator };
}

/** In lowest terms, so that numbers stay short from level to level. */
function reduced({ numerator, denominator }: Vector): Vector {
  let common = denominator;
  for (const x of numerator) {
    let [a, b] = [common, x < 0n ? -x : x];
    while (b !== 0n) [a, b] = [b, a % b];
    common = a;
    if (common === 1n) return { numerator, denominator };
  }
  return { numerator: numerator.map((x) => x / common), denominator: denominator / common };
}
