import type { Discount } from '../../number/discount.js';
import { ONE } from '../../number/rational.js';
import { type Chain, emptyChain, prepareChain, solveChain } from '../chain.js';
import { emptyChainParts, findChainParts } from '../chain-parts.js';
import { rowValue } from '../policy-iteration.js';
import { rowNoise } from '../rounding.js';
import type { Structure } from '../structure.js';

/** What doubles say of a policy in the long run; unproved. */
export interface AveragePolicy {
  /** Int32 (S): its rows */
  readonly policy: Int32Array;
  /** Int32 (S): for states of a recurrent class, its reference state; −1 elsewhere */
  readonly reference: Int32Array;
  /** Float64 (S): average reward */
  readonly gain: Float64Array;
  /** Float64 (S): Σ (R − gain) until a reference state is met (relative value, 0 there) */
  readonly bias: Float64Array;
  /** Float64 (S): expected steps until a reference state is met, 0 there */
  readonly steps: Float64Array;
}

/** Policies tried; there are about ten. */
const MOST_ROUNDS = 100;
/** Multiply-adds in eliminations, about two seconds. */
const MOST_WORK = 2 ** 31;
/** Gains and relative values come out of sums of sums; what is below this many roundings of one row is no improvement. */
const NOISE_ROWS = 64;

/** No discounting: the chain ends at its reference states, so that its equations have one solution. */
const UNDISCOUNTED: Discount = { text: '1', gamma: 1, oneMinusGamma: 0, exact: ONE };

/**
 * Policy iteration for the average reward (Howard 1960; for several recurrent classes Puterman 2005, §9.2), in doubles: by
 * the gain, and where it cannot be improved, among rows that keep it, by the relative value.
 *
 * @param rewards Float64 (S)
 * @param start   Int32 (S): the rows to begin with
 * @param allowed Uint8 (D): rows with 0 are left out; all rows if it is not given
 * @returns the last policy, evaluated; undefined if its chains are too large, or no end was found
 */
export function averagePolicyIteration(
  structure: Structure,
  rewards: Float64Array,
  start: Int32Array,
  allowed?: Uint8Array,
): AveragePolicy | undefined {
  const { stateCount, statePtr, longestRow } = structure;
  const chain = emptyChain(withEmptyRow(structure), UNDISCOUNTED);
  const policy = start.slice();
  let work = 0;
  for (let round = 0; round < MOST_ROUNDS && work <= MOST_WORK; round++) {
    const found = evaluate(chain, rewards, policy);
    if (found === undefined) return undefined;
    work += found.work;
    const { gain, bias } = found.result;
    const gainNoise = NOISE_ROWS * rowNoise(longestRow, largestSize(gain));
    const biasNoise = NOISE_ROWS * rowNoise(longestRow, largestSize(bias));
    const better = (
      values: Float64Array,
      noise: number,
      mayTake: (s: number, r: number) => boolean,
    ): boolean => {
      let changed = false;
      for (let s = 0; s < stateCount; s++) {
        const end = statePtr[s + 1]!;
        if (end - statePtr[s]! === 1) continue;
        const current = policy[s]!;
        let best = rowValue(structure, current, values) + noise;
        for (let r = statePtr[s]!; r < end; r++) {
          if (r === current || allowed?.[r] === 0) continue;
          const value = rowValue(structure, r, values);
          if (value <= best || !mayTake(s, r)) continue;
          best = value;
          policy[s] = r;
          changed = true;
        }
      }
      return changed;
    };
    if (better(gain, gainNoise, () => true)) continue;
    const keepsGain = (s: number, r: number): boolean => rowValue(structure, r, gain) >= gain[s]! - gainNoise;
    if (!better(bias, biasNoise, keepsGain)) return found.result;
  }
  return undefined;
}

/** The structure with one more row, which leads nowhere: a chain that takes it ends there. */
function withEmptyRow(structure: Structure): Structure {
  const { rowPtr, rowCount } = structure;
  const longer = new Int32Array(rowPtr.length + 1);
  longer.set(rowPtr);
  longer[rowCount + 1] = rowPtr[rowCount]!;
  return { ...structure, rowPtr: longer };
}

function largestSize(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function evaluate(
  chain: Chain,
  rewards: Float64Array,
  policy: Int32Array,
): { result: AveragePolicy; work: number } | undefined {
  const { structure } = chain;
  const { stateCount, rowCount } = structure;
  const reference = recurrentClasses(structure, policy);
  const isReference = (s: number): boolean => reference[s] === s;
  chain.policy.set(policy);
  for (let s = 0; s < stateCount; s++) if (isReference(s)) chain.policy[s] = rowCount;
  const work = prepareChain(chain);
  if (work < 0) return undefined;
  const solve = (right: (s: number) => number): Float64Array => {
    const x = Float64Array.from({ length: stateCount }, (_, s) => right(s));
    solveChain(chain, x, x);
    return x;
  };
  const steps = solve((s) => (isReference(s) ? 0 : 1));
  const least = rewards.reduce((a, b) => Math.min(a, b));
  // Sums of nothing negative round little.
  const totals = solve((s) => (isReference(s) ? 0 : rewards[s]! - least));
  // Renewal: the mean reward of a class is that of a round from its reference state.
  const gain = solve((s) => {
    if (!isReference(s)) return 0;
    const round = 1 + rowValue(structure, policy[s]!, steps);
    const excess = rowValue(structure, policy[s]!, totals);
    return round === 1 ? rewards[s]! : least + (rewards[s]! - least + excess) / round;
  });
  const bias = solve((s) => (isReference(s) ? 0 : rewards[s]! - gain[s]!));
  return { result: { policy: policy.slice(), reference, gain, bias, steps }, work };
}

/** Int32 (S): the reference state of each recurrent state, its class's first; −1 for transient states. */
function recurrentClasses(structure: Structure, policy: Int32Array): Int32Array {
  const { stateCount, rowPtr, successor } = structure;
  const parts = emptyChainParts(stateCount);
  findChainParts(structure, policy, parts);
  const { ptr, member, part } = parts;
  const reference = new Int32Array(stateCount).fill(-1);
  for (let i = 0; i < parts.count; i++) {
    const states = member.subarray(ptr[i]!, ptr[i + 1]!);
    const isClosed = states.every((s) => {
      for (let k = rowPtr[policy[s]!]!; k < rowPtr[policy[s]! + 1]!; k++)
        if (part[successor[k]!] !== i) return false;
      return true;
    });
    if (!isClosed) continue;
    const first = states.reduce((a, b) => Math.min(a, b));
    for (const s of states) reference[s] = first;
  }
  return reference;
}
