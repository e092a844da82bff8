import type { Structure } from '../structure.js';
import { LANES } from './sweep.js';

/** Reward functions that are swept together in single precision: two groups of eight. */
export const SINGLE_LANES: number = 2 * LANES;

/** What sweeps in single precision read and write; S·16, state-major, as a SweepBlock. */
export interface SingleBlock {
  readonly rewards: Float32Array;
  /** in: h */
  values: Float32Array;
  /** out: T h minus its entry at state 0 */
  next: Float32Array;
  /** out, (16): greatest minus least entry of T h − h */
  readonly width: Float32Array;
  /** out, (16): max |next| of each column */
  readonly size: Float32Array;
}

/** An empty block. */
export function singleBlock(stateCount: number): SingleBlock {
  return {
    rewards: new Float32Array(stateCount * SINGLE_LANES),
    values: new Float32Array(stateCount * SINGLE_LANES),
    next: new Float32Array(stateCount * SINGLE_LANES),
    width: new Float32Array(SINGLE_LANES),
    size: new Float32Array(SINGLE_LANES),
  };
}

/** Rows of eight doubles to the first (0) or second (1) half of rows of singles, rounded. */
export function narrow(doubles: Float64Array, half: 0 | 1, singles: Float32Array): void {
  for (let i = 0; i < doubles.length; i++) {
    singles[2 * i - (i % LANES) + half * LANES] = doubles[i]!;
  }
}

/** That half of rows of singles to rows of eight doubles, exactly. */
export function widen(singles: Float32Array, half: 0 | 1, doubles: Float64Array): void {
  for (let i = 0; i < doubles.length; i++) {
    doubles[i] = singles[2 * i - (i % LANES) + half * LANES]!;
  }
}

/**
 * `sweep` of sweep.ts in single precision, every operation rounded to it, with no bounds but the width of the change: half
 * the bytes, and twice the numbers a vector. Not certified: doubles take over from what it comes to.
 */
export function sweepSingle(structure: Structure, gamma: number, block: SingleBlock): void {
  const { stateCount, statePtr, rowPtr, successor, probability } = structure;
  const { rewards, values, next, width, size } = block;
  const g = Math.fround(gamma);
  const low = new Float32Array(SINGLE_LANES).fill(Infinity);
  const high = new Float32Array(SINGLE_LANES).fill(-Infinity);
  const best = new Float32Array(SINGLE_LANES);
  const row = new Float32Array(SINGLE_LANES);
  const reference = new Float32Array(SINGLE_LANES);
  size.fill(0);
  for (let s = 0; s < stateCount; s++) {
    best.fill(-Infinity);
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
        const p = Math.fround(probability[k]!);
        const from = successor[k]! * SINGLE_LANES;
        for (let b = 0; b < SINGLE_LANES; b++) {
          const term = Math.fround(p * values[from + b]!);
          row[b] = k === rowPtr[r] ? term : row[b]! + term;
        }
      }
      for (let b = 0; b < SINGLE_LANES; b++) if (best[b]! < row[b]!) best[b] = row[b]!;
    }
    for (let b = 0; b < SINGLE_LANES; b++) {
      const at = s * SINGLE_LANES + b;
      const backedUp = Math.fround(rewards[at]! + Math.fround(g * best[b]!));
      if (s === 0) reference[b] = backedUp;
      next[at] = backedUp - reference[b]!;
      if (size[b]! < Math.abs(next[at]!)) size[b] = Math.abs(next[at]!);
      const change = Math.fround(backedUp - values[at]!);
      if (change < low[b]!) low[b] = change;
      if (high[b]! < change) high[b] = change;
    }
  }
  for (let b = 0; b < SINGLE_LANES; b++) width[b] = high[b]! - low[b]!;
}
