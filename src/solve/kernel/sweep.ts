import type { Structure } from '../structure.js';

/** Reward functions that are swept together: eight doubles are one row of 64 bytes, a cache line. */
export const LANES = 8;

/** What a sweep reads and writes; all blocks are state-major, S×B: x(s, b) = x[s·B + b]. */
export interface SweepBlock {
  /** B */
  readonly columns: number;
  readonly rewards: Float64Array;
  /** in: h, the values up to a constant per column */
  values: Float64Array;
  /** out: max_a P_a h */
  readonly best: Float64Array;
  /** out: T h minus its entry at state 0, the h of the next sweep */
  next: Float64Array;
  /** out, (B): least and greatest entry of T h − h */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** scratch (B) */
  readonly row: Float64Array;
  readonly reference: Float64Array;
}

/** An empty block of B columns. */
export function sweepBlock(stateCount: number, columns: number): SweepBlock {
  return {
    columns,
    rewards: new Float64Array(stateCount * columns),
    values: new Float64Array(stateCount * columns),
    best: new Float64Array(stateCount * columns),
    next: new Float64Array(stateCount * columns),
    low: new Float64Array(columns),
    high: new Float64Array(columns),
    row: new Float64Array(columns),
    reference: new Float64Array(columns),
  };
}

/**
 * One sweep of relative value iteration over all columns (Puterman 2005, §6.6 and §8.5.5):
 *
 *     T h = R + gamma · max_a P_a h,   low = min (T h − h),   high = max (T h − h),   next = T h − (T h)(0).
 *
 * Every column is computed by the same operations in the same order whatever else is in the block.
 */
export function sweep(structure: Structure, gamma: number, block: SweepBlock): void {
  const { stateCount, statePtr, rowPtr, successor, certain } = structure;
  const { columns, rewards, values, best, next, low, high, row, reference } = block;
  low.fill(Infinity);
  high.fill(-Infinity);
  for (let s = 0; s < stateCount; s++) {
    const at = s * columns;
    const lastRow = statePtr[s + 1]!;
    for (let r = statePtr[s]!; r < lastRow; r++) {
      const first = r === statePtr[s];
      const from = successor[rowPtr[r]!]! * columns;
      if (certain[r] === 1) {
        if (first) {
          for (let b = 0; b < columns; b++) best[at + b] = values[from + b]!;
        } else {
          for (let b = 0; b < columns; b++) {
            const value = values[from + b]!;
            if (value > best[at + b]!) best[at + b] = value;
          }
        }
        continue;
      }
      addRow(structure, r, values, columns, row);
      if (first) {
        for (let b = 0; b < columns; b++) best[at + b] = row[b]!;
      } else {
        for (let b = 0; b < columns; b++) if (row[b]! > best[at + b]!) best[at + b] = row[b]!;
      }
    }
    if (s === 0) for (let b = 0; b < columns; b++) reference[b] = rewards[b]! + gamma * best[b]!;
    for (let b = 0; b < columns; b++) {
      const backedUp = rewards[at + b]! + gamma * best[at + b]!;
      const change = backedUp - values[at + b]!;
      if (change < low[b]!) low[b] = change;
      if (change > high[b]!) high[b] = change;
      next[at + b] = backedUp - reference[b]!;
    }
  }
}

/** sum(b) = Σ_t P(t|row r) · values(t, b), in the order of the transitions. */
function addRow(
  structure: Structure,
  r: number,
  values: Float64Array,
  columns: number,
  sum: Float64Array,
): void {
  const { rowPtr, successor, probability } = structure;
  const start = rowPtr[r]!;
  const p0 = probability[start]!;
  const o0 = successor[start]! * columns;
  for (let b = 0; b < columns; b++) sum[b] = p0 * values[o0 + b]!;
  for (let k = start + 1; k < rowPtr[r + 1]!; k++) {
    const p = probability[k]!;
    const o = successor[k]! * columns;
    for (let b = 0; b < columns; b++) sum[b] = sum[b]! + p * values[o + b]!;
  }
}
