import { sum } from './sum.js';

/**
 * Count, mean and M2 = Σ(x − mean)² for many slots that all saw the same number of samples. Plain data, safe to send
 * between threads; a slot is whatever the caller numbers, such as state · gammas + gamma.
 */
export interface Moments {
  count: number;
  /** Float64 (slots) */
  readonly mean: Float64Array;
  /** Float64 (slots): sum of squared deviations from the mean */
  readonly m2: Float64Array;
}

/** No samples yet. */
export function emptyMoments(slots: number): Moments {
  return { count: 0, mean: new Float64Array(slots), m2: new Float64Array(slots) };
}

/**
 * Moments of a block of samples, slot-major: sample b of slot i is values[i·columns + b]. Two passes with compensated
 * sums and the correction of Chan, Golub & LeVeque (1983), eq. 1.7: M2 = Σd² − (Σd)²/n for d = x − mean.
 *
 * @throws {RangeError} values.length is not a multiple of columns
 */
export function momentsOfBlock(values: Float64Array, columns: number): Moments {
  if (!(columns >= 1) || values.length % columns !== 0) {
    throw new RangeError(`a block of ${values.length} values cannot have ${columns} columns`);
  }
  const slots = values.length / columns;
  const moments = emptyMoments(slots);
  moments.count = columns;
  const deviation = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let slot = 0; slot < slots; slot++) {
    const start = slot * columns;
    const mean = sum(values, start, start + columns) / columns;
    for (let b = 0; b < columns; b++) {
      deviation[b] = values[start + b] - mean;
      square[b] = deviation[b] * deviation[b];
    }
    const residue = sum(deviation);
    moments.mean[slot] = mean + residue / columns;
    moments.m2[slot] = Math.max(0, sum(square) - (residue * residue) / columns);
  }
  return moments;
}

/**
 * Adds the samples of `other` to `into`, slot by slot (Chan, Golub & LeVeque 1983, eq. 2.1; Welford 1962 is the case of
 * one sample). Not associative in the last digits: merge blocks in the order of their samples for reproducible output.
 *
 * @throws {RangeError} the two have different numbers of slots
 */
export function mergeMoments(into: Moments, other: Moments): void {
  if (into.mean.length !== other.mean.length) {
    throw new RangeError(`cannot merge moments of ${other.mean.length} slots into ${into.mean.length}`);
  }
  if (other.count === 0) return;
  const count = into.count + other.count;
  const share = other.count / count;
  for (let slot = 0; slot < into.mean.length; slot++) {
    const difference = other.mean[slot] - into.mean[slot];
    into.mean[slot] += difference * share;
    into.m2[slot] += other.m2[slot] + difference * difference * into.count * share;
  }
  into.count = count;
}

/** Standard error of a slot's mean, √(M2 / (n(n−1))); NaN for fewer than two samples, which estimate none. */
export function standardError(moments: Moments, slot: number): number {
  const { count, m2 } = moments;
  return count < 2 ? Number.NaN : Math.sqrt(m2[slot] / count / (count - 1));
}

/** Mean and M2 of whole numbers of which n came counts[n] times, `samples` in all ≥ 1: exact but for the last divisions. */
export function momentsOfCounts(
  counts: ArrayLike<number>,
  samples: number,
): { readonly mean: number; readonly m2: number } {
  let total = 0;
  let squares = 0;
  for (let n = 0; n < counts.length; n++) {
    total += n * counts[n];
    squares += n * n * counts[n];
  }
  return { mean: total / samples, m2: Math.max(0, (squares * samples - total * total) / samples) };
}
