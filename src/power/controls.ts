import type { Mdp } from '../mdp/model.js';

/**
 * Control variates of every state: the greatest reward among the states that can be reached in 1 to r steps, for the radii
 * r = 1, 2, 4, …. The optimal value is governed by the best rewards nearby, and the mean of a maximum is known exactly.
 */
export interface Controls {
  /** how to get from one radius to the next, by radius */
  readonly levels: readonly ControlLevel[];
  /** Int32 (levels · S), level-major: how many distinct states are that near */
  readonly sizes: Int32Array;
}

/** The control of state s is the greatest of the last level's of some states (of their rewards, at the first level). */
interface ControlLevel {
  /** Int32 (S+1) into `state`, Int32: those states, at least one for each s */
  readonly ptr: Int32Array;
  readonly state: Int32Array;
}

/** Controls with the mean of each, for rewards that are independent with one law. */
export interface CenteredControls extends Controls {
  /** Float64 (levels · S), level-major */
  readonly means: Float64Array;
}

/** Sets of states, one a state, as bits: row s has the words s·words … (s+1)·words−1. */
interface Reach {
  readonly words: number;
  readonly bits: Uint32Array;
}

/**
 * The controls of a model, as many of the first `most` radii as there are states with a larger neighbourhood at that radius
 * and as looking for them takes no more than `budget` steps; null if that is not even one. A neighbourhood of 2r steps is the
 * union of neighbourhoods of r steps, of few of them: a greedy cover.
 */
export function localControls(mdp: Mdp, most: number, budget: number): Controls | null {
  const S = mdp.stateCount;
  const words = Math.ceil(S / 32);
  let left = budget - S * words - mdp.transitionCount;
  if (left < 0) return null;
  const first = neighbours(mdp);
  const levels = [first];
  let reach: Reach = { words, bits: new Uint32Array(S * words) };
  for (let s = 0; s < S; s++) {
    for (const t of first.state.subarray(first.ptr[s], first.ptr[s + 1])) add(reach, s, t);
  }
  const sizes = [countsOf(reach, S)];
  while (levels.length < most) {
    const further: Reach = { words, bits: new Uint32Array(S * words) };
    const ptr = new Int32Array(S + 1);
    const state: number[] = [];
    for (let s = 0; s < S && left >= 0; s++) {
      left -= cover(reach, further, s, state);
      ptr[s + 1] = state.length;
    }
    const next = countsOf(further, S);
    if (left < 0 || next.every((size, s) => size === sizes[sizes.length - 1][s])) break;
    levels.push({ ptr, state: Int32Array.from(state) });
    sizes.push(next);
    reach = further;
  }
  return { levels, sizes: Int32Array.from(sizes.flatMap((level) => [...level])) };
}

/** Appends to `chosen` states near s, or s itself, whose sets have the union of all of these; writes the union. @returns steps */
function cover({ words, bits }: Reach, union: Reach, s: number, chosen: number[]): number {
  const missing = union.bits.subarray(s * words, (s + 1) * words);
  const candidates = [s];
  for (let t = 0; t < 32 * words; t++) {
    if (t !== s && has({ words, bits }, s, t)) candidates.push(t);
  }
  for (const t of candidates) for (let w = 0; w < words; w++) missing[w] |= bits[t * words + w];
  const whole = missing.slice();
  let rounds = 1;
  for (; missing.some((word) => word !== 0); rounds++) {
    let best = s;
    let most = 0;
    for (const t of candidates) {
      let count = 0;
      for (let w = 0; w < words; w++) count += bitCount(bits[t * words + w] & missing[w]);
      if (count > most) [best, most] = [t, count];
    }
    chosen.push(best);
    for (let w = 0; w < words; w++) missing[w] &= ~bits[best * words + w];
  }
  missing.set(whole);
  return rounds * candidates.length * words;
}

function add({ words, bits }: Reach, s: number, t: number): void {
  bits[s * words + (t >>> 5)] |= 1 << (t & 31);
}

function has({ words, bits }: Reach, s: number, t: number): boolean {
  return ((bits[s * words + (t >>> 5)] >>> (t & 31)) & 1) === 1;
}

function countsOf({ words, bits }: Reach, states: number): Int32Array {
  const counts = new Int32Array(states);
  for (let i = 0; i < bits.length; i++) counts[Math.floor(i / words)] += bitCount(bits[i]);
  return counts;
}

/** Set bits of a word, added in parallel (Knuth, The Art of Computer Programming 4A, section 7.1.3). */
function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The distinct states one step from each state. */
function neighbours({ stateCount, choicePtr, rowPtr, successor }: Mdp): ControlLevel {
  const ptr = new Int32Array(stateCount + 1);
  const state: number[] = [];
  const seen = new Int32Array(stateCount).fill(-1);
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]]; k < rowPtr[choicePtr[s + 1]]; k++) {
      if (seen[successor[k]] === s) continue;
      seen[successor[k]] = s;
      state.push(successor[k]);
    }
    ptr[s + 1] = state.length;
  }
  return { ptr, state: Int32Array.from(state) };
}

/**
 * Computes the controls of a block of rewards, one radius after the other.
 *
 * @param rewards  Float64 (S·B), state-major
 * @param each     is given the level and the maxima, Float64 (S·B), which the next level but one overwrites
 */
export function eachControl(
  { levels }: Controls,
  rewards: Float64Array,
  columns: number,
  each: (level: number, maxima: Float64Array) => void,
): void {
  let from = rewards;
  const spare = [new Float64Array(rewards.length), new Float64Array(rewards.length)];
  levels.forEach(({ ptr, state }, level) => {
    const to = spare[level % 2];
    for (let s = 0; s + 1 < ptr.length; s++) {
      const row = s * columns;
      const start = state[ptr[s]] * columns;
      to.set(from.subarray(start, start + columns), row);
      for (let i = ptr[s] + 1; i < ptr[s + 1]; i++) {
        const other = state[i] * columns;
        for (let b = 0; b < columns; b++) {
          const value = from[other + b];
          if (value > to[row + b]) to[row + b] = value;
        }
      }
    }
    each(level, to);
    from = to;
  });
}
