/**
 * Elimination without subtraction of a strongly connected part of a chain with discount: the system
 *
 *     (1 − c_ii)·x_i − Σ_{j≠i} c_ij·x_j = r_i,   c_ij = gamma·P_ij,   1 − Σ_j c_ij = excess_i > 0 known by itself.
 *
 * Each pivot is its row's excess plus the entries still to its right, never 1 minus something, so nothing cancels
 * however near gamma is to 1: for r ≥ 0 every x_i has a small relative error (Grassmann, Taksar & Heyman 1985, Oper.
 * Res. 33; Alfa, Xue & Ye 2002, Math. Comp. 71 for the M-matrix form used here).
 */
export interface Eliminated {
  readonly size: number;
  readonly bandwidth: number;
  /** entry (i, j) at i·step + j + shift: above the diagonal the reduced entries, below it the multipliers */
  readonly entries: Float64Array;
  readonly step: number;
  readonly shift: number;
  readonly pivot: Float64Array;
}

/** Room for a matrix of this size and half bandwidth: a band, or a full square where that is no larger. */
export function emptyMatrix(size: number, bandwidth: number): Eliminated {
  const banded = 2 * bandwidth + 1 < size;
  return {
    size,
    bandwidth,
    entries: new Float64Array(size * (banded ? 2 * bandwidth + 1 : size)),
    step: banded ? 2 * bandwidth : size,
    shift: banded ? bandwidth : 0,
    pivot: new Float64Array(size),
  };
}

/** Factors in place. `excess` (n) is used up. The diagonal entries are never read. */
export function eliminate(matrix: Eliminated, excess: Float64Array): void {
  const { size, bandwidth, entries, step, shift, pivot } = matrix;
  for (let k = 0; k < size; k++) {
    const end = Math.min(size, k + bandwidth + 1);
    const rowK = k * step + shift;
    let sum = excess[k]!;
    let last = k;
    for (let j = k + 1; j < end; j++) {
      const entry = entries[rowK + j]!;
      if (entry !== 0) {
        sum += entry;
        last = j;
      }
    }
    pivot[k] = sum;
    for (let i = k + 1; i < end; i++) {
      const rowI = i * step + shift;
      const entry = entries[rowI + k]!;
      if (entry === 0) continue;
      const factor = entry / sum;
      entries[rowI + k] = factor;
      for (let j = k + 1; j <= last; j++)
        entries[rowI + j] = entries[rowI + j]! + factor * entries[rowK + j]!;
      excess[i] = excess[i]! + factor * excess[k]!;
    }
  }
}

/** Solves for one right-hand side (n), in place. */
export function backSubstitute(matrix: Eliminated, x: Float64Array): void {
  const { size, bandwidth, entries, step, shift, pivot } = matrix;
  for (let i = 0; i < size; i++) {
    const row = i * step + shift;
    let sum = x[i]!;
    for (let j = Math.max(0, i - bandwidth); j < i; j++) sum += entries[row + j]! * x[j]!;
    x[i] = sum;
  }
  for (let k = size - 1; k >= 0; k--) {
    const row = k * step + shift;
    const end = Math.min(size, k + bandwidth + 1);
    let sum = x[k]!;
    for (let j = k + 1; j < end; j++) sum += entries[row + j]! * x[j]!;
    x[k] = sum / pivot[k]!;
  }
}
