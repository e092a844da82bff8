import { Average } from '../solve/long-run/average-optimal.js';

/** How often each choice was average-optimal, at gamma 1. Whole numbers, so that adding them up is exact in any order. */
export interface AverageCounts {
  /** Float64 (C) samples in which it is certified average-optimal */
  readonly optimal: Float64Array;
  /** Float64 (C) samples in which that could not be decided */
  readonly undecided: Float64Array;
}

/** No samples yet. */
export function emptyAverageCounts(choiceCount: number): AverageCounts {
  return { optimal: new Float64Array(choiceCount), undecided: new Float64Array(choiceCount) };
}

/** Counts a block of decisions, Uint8 (C·B), choice-major, as in Solution. */
export function countAverage(averageStatus: Uint8Array, columns: number): AverageCounts {
  const counts = emptyAverageCounts(averageStatus.length / columns);
  averageStatus.forEach((status, i) => {
    const c = Math.floor(i / columns);
    if (status === Average.yes) counts.optimal[c]++;
    else if (status === Average.undecided) counts.undecided[c]++;
  });
  return counts;
}

/** Adds the samples of `other` to `into`. */
export function mergeAverageCounts(into: AverageCounts, other: AverageCounts): void {
  for (let c = 0; c < into.optimal.length; c++) {
    into.optimal[c] += other.optimal[c];
    into.undecided[c] += other.undecided[c];
  }
}
