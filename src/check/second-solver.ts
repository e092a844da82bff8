import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { solveDense } from './dense-solve.js';

/** One reward function, solved at one gamma inside (0, 1). */
export interface SolvedAgain {
  /** Float64 (S): POWER samples, (1 − gamma) max_a Σ P(t|s,a) V(t) */
  readonly power: Float64Array;
  /** proved: |power[s] − exact| ≤ error for every state */
  readonly error: number;
  /** Uint8 (C): 1 for choices that may be optimal; the others are proved not to be */
  readonly possible: Uint8Array;
  /** counted work, in multiplications */
  readonly work: number;
}

/** Models up to this size are solved by elimination, larger ones by sweeps. */
const MOST_DENSE = 128;
/** Sweeps after which the bound that was reached has to do. */
const MOST_SWEEPS = 20_000;
const UNIT_ROUNDOFF = 2 ** -53;

/**
 * Optimal values by policy iteration on a dense system (Howard 1960) or, in models of more than 128 states, by sweeps in
 * place: plain, slow, and without a line in common with the solvers whose results it is held against. One more sweep of
 * the Bellman operator T proves how far V is from the optimum: |V − V*| ≤ max |T V − V| / (1 − gamma), rounding included.
 */
export function solveAgain(mdp: Mdp, reward: Float64Array, discount: Discount): SolvedAgain {
  const { stateCount, choicePtr, transitionCount } = mdp;
  const { gamma, oneMinusGamma } = discount;
  const values = reward.map((r) => r / oneMinusGamma);
  const work =
    stateCount <= MOST_DENSE
      ? iteratePolicies(mdp, reward, gamma, values)
      : sweep(mdp, reward, gamma, values);

  const next = new Float64Array(mdp.choiceCount);
  let longestRow = 1;
  for (let c = 0; c < mdp.choiceCount; c++) {
    next[c] = expected(mdp, c, values);
    longestRow = Math.max(longestRow, mdp.rowPtr[c + 1]! - mdp.rowPtr[c]!);
  }
  const best = new Float64Array(stateCount);
  let residual = 0;
  let size = 0;
  for (let s = 0; s < stateCount; s++) {
    best[s] = Number.NEGATIVE_INFINITY;
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) best[s] = Math.max(best[s]!, next[c]!);
    residual = Math.max(residual, Math.abs(reward[s]! + gamma * best[s]! - values[s]!));
    size = Math.max(size, Math.abs(values[s]!), Math.abs(reward[s]!));
  }
  // Sums of rounded products with rounded probabilities (Higham 2002, Lemma 3.1), a rounded gamma, a rounded reward.
  const rounding = 2 * (longestRow + 6) * UNIT_ROUNDOFF * size;
  const valueError = (residual + rounding) / oneMinusGamma;
  const possible = new Uint8Array(mdp.choiceCount);
  for (let s = 0; s < stateCount; s++) {
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      possible[c] = best[s]! - next[c]! <= 2 * (valueError + rounding) ? 1 : 0;
    }
  }
  return {
    power: best.map((value) => oneMinusGamma * value),
    error: residual + 2 * rounding,
    possible,
    work: work + 2 * transitionCount,
  };
}

/** E of the values after a choice. */
function expected({ rowPtr, successor, probability }: Mdp, choice: number, values: Float64Array): number {
  let sum = 0;
  for (let k = rowPtr[choice]!; k < rowPtr[choice + 1]!; k++) sum += probability[k]! * values[successor[k]!]!;
  return sum;
}

/** Howard's policy iteration; ends when no choice is better by more than rounding can make it look. */
function iteratePolicies(mdp: Mdp, reward: Float64Array, gamma: number, values: Float64Array): number {
  const { stateCount, choicePtr } = mdp;
  const policy = Int32Array.from({ length: stateCount }, (_, s) => choicePtr[s]!);
  let work = 0;
  for (let round = 0; round < 4 * stateCount + 20; round++) {
    let changed = round === 0;
    for (let s = 0; s < stateCount; s++) {
      let best = expected(mdp, policy[s]!, values);
      for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
        const value = expected(mdp, c, values);
        if (value <= best) continue;
        best = value;
        policy[s] = c;
        changed = true;
      }
    }
    if (!changed) break;
    evaluate(mdp, policy, reward, gamma, values);
    work += stateCount ** 3 / 3 + mdp.transitionCount;
  }
  return work;
}

/** V = R + gamma·P V for a policy. */
function evaluate(
  mdp: Mdp,
  policy: Int32Array,
  reward: Float64Array,
  gamma: number,
  values: Float64Array,
): void {
  const { stateCount, rowPtr, successor, probability } = mdp;
  const matrix = new Float64Array(stateCount * stateCount);
  for (let s = 0; s < stateCount; s++) {
    matrix[s * stateCount + s] = 1;
    const c = policy[s]!;
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++)
      matrix[s * stateCount + successor[k]!]! -= gamma * probability[k]!;
  }
  values.set(reward);
  solveDense(matrix, values);
}

/** Value iteration in place, until the values stand still or the sweeps are used up. */
function sweep(mdp: Mdp, reward: Float64Array, gamma: number, values: Float64Array): number {
  const { stateCount, choicePtr } = mdp;
  let sweeps = 0;
  for (let moved = true; moved && sweeps < MOST_SWEEPS; sweeps++) {
    moved = false;
    for (let s = 0; s < stateCount; s++) {
      let best = Number.NEGATIVE_INFINITY;
      for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) best = Math.max(best, expected(mdp, c, values));
      const value = reward[s]! + gamma * best;
      moved ||= value !== values[s];
      values[s] = value;
    }
  }
  return sweeps * mdp.transitionCount;
}
