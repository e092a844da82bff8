import { rowValue } from '../policy-iteration.js';
import type { Structure } from '../structure.js';
import { LANES, type SweepBlock } from './sweep.js';

/** The policy iteration of the kernel in plain TypeScript, equal to kernel.as/policies.ts bit for bit. */
export function iteratePolicies(
  structure: Structure,
  block: SweepBlock,
  gamma: number,
  noise: number,
  most: number,
): number {
  const { stateCount } = structure;
  const column = new Float64Array(stateCount);
  const reward = new Float64Array(stateCount);
  let longest = 0;
  for (let b = 0; b < LANES; b++) {
    for (let s = 0; s < stateCount; s++) {
      column[s] = block.values[s * LANES + b]!;
      reward[s] = block.rewards[s * LANES + b]!;
    }
    const policy = structure.statePtr.slice(0, stateCount);
    let rounds = most + 1;
    for (let round = 0; round <= most; round++) {
      const changed = improve(structure, policy, column, round === 0 ? 0 : noise);
      if (round > 0 && !changed) {
        rounds = round;
        break;
      }
      if (round < most) evaluate(structure, policy, gamma, reward, column);
    }
    longest = Math.max(longest, rounds);
    for (let s = 0; s < stateCount; s++) block.values[s * LANES + b] = column[s]!;
  }
  return longest;
}

/** Takes the best row of every state where it is better than the policy's by more than noise·max |V|. */
function improve(structure: Structure, policy: Int32Array, values: Float64Array, noise: number): boolean {
  const { stateCount, statePtr } = structure;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const slack = noise * largest;
  let changed = false;
  for (let s = 0; s < stateCount; s++) {
    let best = -Infinity;
    let bestRow = policy[s]!;
    let current = 0;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      const value = rowValue(structure, r, values);
      if (r === policy[s]) current = value;
      if (best < value) [best, bestRow] = [value, r];
    }
    if (!(current + slack < best)) continue;
    policy[s] = bestRow;
    changed = true;
  }
  return changed;
}

/** Solves V = R + gamma·P V of the policy by Gaussian elimination in the band, without exchanges. */
function evaluate(
  { stateCount, rowPtr, successor, probability, position, bandwidth }: Structure,
  policy: Int32Array,
  gamma: number,
  reward: Float64Array,
  values: Float64Array,
): void {
  const width = 2 * bandwidth + 1;
  const matrix = new Float64Array(stateCount * width);
  const right = new Float64Array(stateCount);
  /** Place of entry (i, j). */
  const place = (i: number, j: number): number => i * width + j - i + bandwidth;
  for (let s = 0; s < stateCount; s++) {
    const i = position[s]!;
    right[i] = reward[s]!;
    matrix[place(i, i)] = 1;
    for (let k = rowPtr[policy[s]!]!; k < rowPtr[policy[s]! + 1]!; k++) {
      const at = place(i, position[successor[k]!]!);
      matrix[at] = matrix[at]! - gamma * probability[k]!;
    }
  }
  for (let i = 0; i < stateCount; i++) {
    const last = Math.min(stateCount - 1, i + bandwidth);
    const scale = 1 / matrix[place(i, i)]!;
    matrix[place(i, i)] = scale;
    for (let j = i + 1; j <= last; j++) {
      const factor = matrix[place(j, i)]! * scale;
      for (let c = i + 1; c <= last; c++) {
        matrix[place(j, c)] = matrix[place(j, c)]! - factor * matrix[place(i, c)]!;
      }
      right[j] = right[j]! - factor * right[i]!;
    }
  }
  for (let i = stateCount - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let j = i + 1; j <= Math.min(stateCount - 1, i + bandwidth); j++) {
      sum -= matrix[place(i, j)]! * right[j]!;
    }
    right[i] = sum * matrix[place(i, i)]!;
  }
  for (let s = 0; s < stateCount; s++) values[s] = right[position[s]!]!;
}
