import type { Discount } from '../number/discount.js';
import { LANES, type SweepBlock } from './kernel/sweep.js';
import { rowNoise } from './rounding.js';
import type { Structure } from './structure.js';

/** Rounds for one reward function; it takes about five, and the certificate judges what comes out. */
const MOST_ROUNDS = 30;

/** Room for the policies of a model in which every row is certain, used again for every reward function. */
export interface DeterministicPolicies {
  readonly structure: Structure;
  /** Int32 (S): the state that the policy leads to */
  readonly next: Int32Array;
  /** Float64 (S): rewards and h of one reward function */
  readonly rewards: Float64Array;
  readonly values: Float64Array;
  /** Int32 (S): states, each after the one it leads to; those of a cycle side by side, its last state first */
  readonly order: Int32Array;
  /** Int32 (S): the walk that met a state, from 1 on; 0 if none has */
  readonly walk: Int32Array;
  readonly path: Int32Array;
  /** Int32 (S): places in `order` where cycles begin and end, and Float64 (S): what each is worth, times 1 − gamma */
  readonly cycleStart: Int32Array;
  readonly cycleEnd: Int32Array;
  readonly cycleGain: Float64Array;
}

/** Makes that room. */
export function deterministicPolicies(structure: Structure): DeterministicPolicies {
  const integers = (): Int32Array => new Int32Array(structure.stateCount);
  const doubles = (): Float64Array => new Float64Array(structure.stateCount);
  return {
    structure,
    next: integers(),
    rewards: doubles(),
    values: doubles(),
    order: integers(),
    walk: integers(),
    path: integers(),
    cycleStart: integers(),
    cycleEnd: integers(),
    cycleGain: doubles(),
  };
}

/**
 * Howard's policy iteration (Puterman 2005, §6.4) for each reward function of a block, from the policies that are greedy for
 * block.values, which become h = V less the value of a state on the best cycle. A policy leads from every state into one
 * cycle, whose worth is a closed form, so that a round takes O(S + rows) whatever gamma is. What is small is computed small:
 * rewards are taken less the gain of the best cycle. A column's numbers are its own.
 *
 * @returns rounds of the reward function that took most
 */
export function iterateDeterministic(
  room: DeterministicPolicies,
  block: SweepBlock,
  discount: Discount,
): number {
  const { structure, rewards, values } = room;
  const { stateCount } = structure;
  let most = 0;
  for (let b = 0; b < LANES; b++) {
    for (let s = 0, i = b; s < stateCount; s++, i += LANES) {
      rewards[s] = block.rewards[i]!;
      values[s] = block.values[i]!;
    }
    takeGreedy(room);
    let round = 1;
    while (evaluate(room, discount) && round < MOST_ROUNDS && improve(room)) round++;
    if (round > most) most = round;
    for (let s = 0, i = b; s < stateCount; s++, i += LANES) block.values[i] = values[s]!;
  }
  return most;
}

function takeGreedy({ structure, next, values }: DeterministicPolicies): void {
  const { stateCount, statePtr, successor } = structure;
  for (let s = 0; s < stateCount; s++) {
    let best = successor[statePtr[s]!]!;
    for (let r = statePtr[s]! + 1; r < statePtr[s + 1]!; r++) {
      const t = successor[r]!;
      if (values[t]! > values[best]!) best = t;
    }
    next[s] = best;
  }
}

/** Switches where another row is better beyond rounding, so that rounding cannot make policies go round in circles. */
function improve({ structure, next, values }: DeterministicPolicies): boolean {
  const { stateCount, statePtr, successor } = structure;
  let largest = 0;
  for (let s = 0; s < stateCount; s++) {
    const size = Math.abs(values[s]!);
    if (size > largest) largest = size;
  }
  const noise = rowNoise(1, largest);
  let changed = false;
  for (let s = 0; s < stateCount; s++) {
    let best = values[next[s]!]! + noise;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      const value = values[successor[r]!]!;
      if (value <= best) continue;
      best = value;
      next[s] = successor[r]!;
      changed = true;
    }
  }
  return changed;
}

/**
 * h of the policy: on a cycle s_0 → s_1 → … → s_{n−1} → s_0, V(s_0) = Σ gamma^i R(s_i) / (1 − gamma^n), with
 * 1 − gamma^n = (1 − gamma)·Σ gamma^i; backwards from there. False if a number is not finite.
 */
function evaluate(room: DeterministicPolicies, { gamma, oneMinusGamma }: Discount): boolean {
  const { structure, next, rewards, values, order, cycleStart, cycleEnd, cycleGain } = room;
  const { stateCount } = structure;
  const cycles = findCycles(room);
  let best = 0;
  for (let c = 0; c < cycles; c++) {
    let sum = 0;
    let weight = 0;
    for (let n = cycleStart[c]!; n < cycleEnd[c]!; n++) {
      sum = rewards[order[n]!]! + gamma * sum;
      weight = 1 + gamma * weight;
    }
    cycleGain[c] = sum / weight;
    if (cycleGain[c]! > cycleGain[best]!) best = c;
  }
  const gain = cycleGain[best]!;
  for (let n = 0, c = 0; n < stateCount; n++) {
    const s = order[n]!;
    if (c < cycles && n === cycleStart[c]) {
      // The last state of the cycle, which leads to the first.
      const first = next[s]!;
      values[first] = c === best ? 0 : (cycleGain[c]! - gain) / oneMinusGamma;
      for (; n < cycleEnd[c]! - 1; n++) {
        const t = order[n]!;
        values[t] = rewards[t]! - gain + gamma * values[next[t]!]!;
      }
      c++;
      continue;
    }
    values[s] = rewards[s]! - gain + gamma * values[next[s]!]!;
  }
  return Number.isFinite(gain);
}

/** Walks along the policy from every state: writes `order` and the cycles' places in it. @returns how many cycles */
function findCycles({
  structure,
  next,
  order,
  walk,
  path,
  cycleStart,
  cycleEnd,
}: DeterministicPolicies): number {
  const { stateCount } = structure;
  walk.fill(0);
  let cycles = 0;
  let filled = 0;
  for (let start = 0; start < stateCount; start++) {
    if (walk[start] !== 0) continue;
    let length = 0;
    let s = start;
    for (; walk[s] === 0; s = next[s]!) {
      walk[s] = start + 1;
      path[length++] = s;
    }
    if (walk[s] === start + 1) {
      cycleStart[cycles] = filled;
      let t: number;
      do {
        t = path[--length]!;
        order[filled++] = t;
      } while (t !== s);
      cycleEnd[cycles++] = filled;
    }
    while (length > 0) order[filled++] = path[--length]!;
  }
  return cycles;
}
