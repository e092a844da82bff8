import { integerRows } from '../../mdp/integer-rows.js';
import { bitLength } from '../../number/nearest-double.js';
import { type Chain, solveChain } from '../chain.js';
import type { ExactColumn } from './exact-column.js';

/**
 * The values of a policy as big integers: V^π(s) ≈ values[s] / (denominator·2^scale), with reward denominator; and a
 * proved bound, |values[s] − denominator·2^scale·V^π(s)| ≤ bound for every state.
 */
export interface ExactValues {
  scale: number;
  readonly values: bigint[];
  bound: bigint;
}

/** Numbers handed to the doubles have this many bits. */
const DIGITS = 60;

/**
 * Iterative refinement (Wilkinson 1963, §3.5): residuals exactly, in integers; corrections by the doubles. The residual d
 * that is reached proves the result: |V − V^π| ≤ max |d| / (1−gamma).
 *
 * @param chain  prepared
 * @param result refined in place; start with zeros, or with the values at a smaller scale times a power of two
 */
export function refineValues(chain: Chain, rewards: ExactColumn, result: ExactValues): void {
  const { n: gamma, d: gammaDenominator } = chain.discount.exact;
  const { values, scale } = result;
  const stateCount = values.length;
  const right = new Float64Array(stateCount);
  const correction = new Float64Array(stateCount);
  const target = rewards.numerator.map((numerator) => numerator << BigInt(scale));
  let largest = -1n;
  for (let stalled = 0; ; ) {
    const residual = residuals(chain, target, values);
    let size = 0n;
    for (const d of residual) {
      if (d > size) size = d;
      else if (-d > size) size = -d;
    }
    if (largest >= 0n && size * 2n > largest) stalled++;
    largest = largest < 0n || size < largest ? size : largest;
    result.bound = ((size + 1n) * gammaDenominator) / (gammaDenominator - gamma) + 1n;
    if (size <= 1n || stalled > 1) return;
    const shift = BigInt(Math.max(0, bitLength(size) - DIGITS));
    for (let s = 0; s < stateCount; s++) right[s] = Number(residual[s]! >> shift);
    solveChain(chain, right, correction);
    for (let s = 0; s < stateCount; s++)
      values[s] = values[s]! + (BigInt(Math.round(correction[s]!)) << shift);
  }
}

/** target + gamma·P values − values, each cut to an integer (so within 1 of the exact residual). */
function residuals(chain: Chain, target: readonly bigint[], values: readonly bigint[]): bigint[] {
  const { structure, policy } = chain;
  const { mdp, choiceOfRow } = structure;
  const { numerator, denominator } = integerRows(mdp);
  const { n: gamma, d: gammaDenominator } = chain.discount.exact;
  return values.map((value, s) => {
    const c = choiceOfRow[policy[s]!]!;
    const gap = target[s]! - value;
    const start = mdp.rowPtr[c]!;
    const end = mdp.rowPtr[c + 1]!;
    if (end - start === 1) return gap + (gamma * values[mdp.successor[start]!]!) / gammaDenominator;
    let sum = 0n;
    for (let k = start; k < end; k++) sum += numerator[k]! * values[mdp.successor[k]!]!;
    return gap + (gamma * sum) / (gammaDenominator * denominator[c]!);
  });
}

/**
 * Bits by which two different exact numbers of this chain must differ. With integer matrix A = G·D_i·(I − gamma·P) and
 * integer right side, Cramer's rule makes det A·V an integer vector (times the reward's denominator), and det A ≤ Π G·D_i,
 * because the pivots of an M-matrix only shrink. Only the states that `from` leads to under the policy matter.
 *
 * @param from states to start at
 * @returns b with det A < 2^b on the closed set that is reached
 */
export function determinantBits(chain: Chain, from: Iterable<number>): number {
  const { structure, policy, discount } = chain;
  const { rowPtr, successor, choiceOfRow, mdp } = structure;
  const { denominator } = integerRows(mdp);
  const reached = new Set(from);
  let bits = 0;
  for (const s of reached) {
    const r = policy[s]!;
    bits += bitLength(discount.exact.d * denominator[choiceOfRow[r]!]!);
    for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) reached.add(successor[k]!);
  }
  return bits;
}
