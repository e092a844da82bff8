import { type Chain, prepareChain, solveChain } from './chain.js';
import { rowNoise } from './rounding.js';
import type { Structure } from './structure.js';

/** Rounds of policy iteration for one reward function; it takes about ten, and the certificate judges what comes out. */
const MOST_ROUNDS = 200;

/** Multiply-adds in eliminations for one reward function, about ten seconds; reached only by thousands of states. */
const MOST_WORK = 2 ** 34;

/** The row with the largest P_r h in every state, the first of them where several are equal. */
export function greedyPolicy(structure: Structure, values: Float64Array, policy: Int32Array): void {
  for (let s = 0; s < structure.stateCount; s++) {
    let row = structure.statePtr[s]!;
    let best = rowValue(structure, row, values);
    for (let r = row + 1; r < structure.statePtr[s + 1]!; r++) {
      const value = rowValue(structure, r, values);
      if (value > best) {
        best = value;
        row = r;
      }
    }
    policy[s] = row;
  }
}

/** Σ_t P(t|row r)·values(t), by the same operations as in the sweep. */
export function rowValue(structure: Structure, r: number, values: Float64Array): number {
  const { rowPtr, successor, probability, certain } = structure;
  if (certain[r] === 1) return values[successor[rowPtr[r]!]!]!;
  let sum = probability[rowPtr[r]!]! * values[successor[rowPtr[r]!]!]!;
  for (let k = rowPtr[r]! + 1; k < rowPtr[r + 1]!; k++) sum += probability[k]! * values[successor[k]!]!;
  return sum;
}

/**
 * Howard's policy iteration (Puterman 2005, §6.4) for one reward function, from the policy that stands in `chain`. A
 * state changes its row only for an improvement beyond rounding, so that rounding cannot make it go round in circles.
 *
 * @param rewards Float64 (S), least entry 0 (so that evaluation adds nothing negative)
 * @param values  Float64 (S), written: V of the last policy
 * @returns rounds done, or −1 if a chain was too large to evaluate (values are then of no use)
 */
export function policyIteration(chain: Chain, rewards: Float64Array, values: Float64Array): number {
  const { structure, policy } = chain;
  const { stateCount, statePtr } = structure;
  let work = 0;
  for (let round = 1; ; round++) {
    const spent = prepareChain(chain);
    if (spent < 0) return -1;
    work += spent;
    solveChain(chain, rewards, values);
    let largest = 0;
    for (let s = 0; s < stateCount; s++) if (values[s]! > largest) largest = values[s]!;
    const noise = rowNoise(structure.longestRow, largest);
    let changed = false;
    for (let s = 0; s < stateCount; s++) {
      const end = statePtr[s + 1]!;
      const start = statePtr[s]!;
      if (end - start === 1) continue;
      const current = policy[s]!;
      let best = rowValue(structure, current, values) + noise;
      for (let r = start; r < end; r++) {
        if (r === current) continue;
        const value = rowValue(structure, r, values);
        if (value > best) {
          best = value;
          policy[s] = r;
          changed = true;
        }
      }
    }
    if (!changed || round === MOST_ROUNDS || work > MOST_WORK) return round;
  }
}
