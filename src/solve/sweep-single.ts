import type { Structure } from './structure.js';
import { LANES } from './sweep.js';

/** What sweeps in single precision read and write; S·8, state-major, as a SweepBlock. */
export interface SingleBlock {
  readonly rewards: Float32Array;
  /** in: h */
  values: Float32Array;
  /** out: T h minus its entry at state 0 */
  next: Float32Array;
  /** out, (8): greatest minus least entry of T h − h */
  readonly width: Float32Array;
  /** out, (8): max |next| of each column */
  readonly size: Float32Array;
}

/** An empty block. */
export function singleBlock(stateCount: number): SingleBlock {
  return {
    rewards: new Float32Array(stateCount * LANES),
    values: new Float32Array(stateCount * LANES),
    next: new Float32Array(stateCount * LANES),
    width: new Float32Array(LANES),
    size: new Float32Array(LANES),
  };
}

/**
 * `sweep` of sweep.ts in single precision, every operation rounded to it, with no bounds but the width of the change: half
 * the bytes, and twice the numbers a vector. Not certified: doubles take over from what it comes to.
 */
export function sweepSingle(structure: Structure, gamma: number, block: SingleBlock): void {
  const { stateCount, statePtr, rowPtr, successor, probability } = structure;
  const { rewards, values, next, width, size } = block;
  const g = Math.fround(gamma);
  const low = new Float32Array(LANES).fill(Infinity);
  const high = new Float32Array(LANES).fill(-Infinity);
  const best = new Float32Array(LANES);
  const row = new Float32Array(LANES);
  const reference = new Float32Array(LANES);
  size.fill(0);
  for (let s = 0; s < stateCount; s++) {
    best.fill(-Infinity);
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
        const p = Math.fround(probability[k]!);
        const from = successor[k]! * LANES;
        for (let b = 0; b < LANES; b++) {
          const term = Math.fround(p * values[from + b]!);
          row[b] = k === rowPtr[r] ? term : row[b]! + term;
        }
      }
      for (let b = 0; b < LANES; b++) if (best[b]! < row[b]!) best[b] = row[b]!;
    }
    for (let b = 0; b < LANES; b++) {
      const at = s * LANES + b;
      const backedUp = Math.fround(rewards[at]! + Math.fround(g * best[b]!));
      if (s === 0) reference[b] = backedUp;
      next[at] = backedUp - reference[b]!;
      if (size[b]! < Math.abs(next[at]!)) size[b] = Math.abs(next[at]!);
      const change = Math.fround(backedUp - values[at]!);
      if (change < low[b]!) low[b] = change;
      if (high[b]! < change) high[b] = change;
    }
  }
  for (let b = 0; b < LANES; b++) width[b] = high[b]! - low[b]!;
}
