import { clopperPearson } from '../number/clopper-pearson.js';
import { studentQuantile } from '../number/student-quantile.js';
import { LEAST_BATCHES } from './batches.js';
import { fewDeviations } from './intervals.js';
import type { RowBatches } from './result.js';

/** One number of a result, as an average over samples of which the batches are known. */
export interface BatchedMean {
  readonly mean: number;
  readonly samples: number;
  /** proved: the mean over the samples of how far a sample may be off */
  readonly meanError: number;
  readonly batches: RowBatches;
  /** the samples are points of randomised Sobol sets: only sets are independent */
  readonly isSobol: boolean;
}

/** Batches of the same samples: range i of both has used the same random numbers, and nothing else has. */
function arePaired(a: BatchedMean, b: BatchedMean): boolean {
  return (
    a.samples === b.samples &&
    a.isSobol === b.isSobol &&
    a.batches.size === b.batches.size &&
    a.batches.means.length === b.batches.means.length &&
    a.batches.means.length >= LEAST_BATCHES &&
    Math.ceil(a.samples / a.batches.size) === a.batches.means.length
  );
}

/**
 * Limits of the difference B − A of two means over the same reward functions, or the same random numbers, batch by batch.
 * Differences d of batches of n samples each are independent with variances σ²/n, so that (d̄ − E d̄)/√(s²/N) with
 * s² = Σ n (d − d̄)²/(m − 1), N = Σ n is Student's t with m − 1 degrees of freedom, right as batches grow.
 *
 * Where batches hardly differ, as for a state that a change does not reach, their spread says little. If none deviates
 * from the commonest difference by more than the proved errors, the chance that a sample does has the Clopper-Pearson limit
 * of no such sample among N, times what one can change at most; deviations within a batch are taken not to cancel. With
 * some deviations, but fewer than 30 by count, there are no limits. Whether there are any thus depends on the samples: 95 %
 * holds of the limits that are given in the end, these or wider ones, not of these by themselves.
 *
 * @param confidence two-sided, in (0, 1)
 * @returns undefined where the two are not paired, or nothing is known
 */
export function pairedLimits(
  a: BatchedMean,
  b: BatchedMean,
  confidence: number,
): readonly [low: number, high: number] | undefined {
  if (!arePaired(a, b)) return undefined;
  const { samples } = a;
  const { size } = a.batches;
  const differences = a.batches.means.map((mean, i) => b.batches.means[i] - mean);
  const counts = differences.map((_, i) => Math.min(size, samples - i * size));
  const bound = a.meanError + b.meanError;
  const rounding = 2 ** -48 * Math.max(...[...a.batches.means, ...b.batches.means].map(Math.abs));
  // All of the error may be in one batch.
  const bounds = counts.map((n) => bound * (samples / n) + rounding);

  const middle = [...differences.keys()].sort((i, j) => differences[i] - differences[j])[
    differences.length >> 1
  ];
  const usual = differences[middle];
  const ends = supportOfDifference(a, b);
  let deviations = 0;
  differences.forEach((difference, i) => {
    const distance = Math.abs(difference - usual) - bounds[i] - bounds[middle];
    if (distance > 0) deviations += Math.max(1, (distance * counts[i]) / (ends[1] - ends[0]));
  });
  if (deviations >= fewDeviations) {
    const m = differences.length;
    const mean = differences.reduce((sum, d, i) => sum + counts[i] * d, 0) / samples;
    const squares = differences.reduce((sum, d, i) => sum + counts[i] * (d - mean) ** 2, 0);
    const error = Math.sqrt(squares / (m - 1) / samples);
    const reach = -studentQuantile((1 - confidence) / 2, m - 1) * error + bound + rounding;
    return [b.mean - a.mean - reach, b.mean - a.mean + reach];
  }
  if (deviations > 0 || a.isSobol || !ends.every(Number.isFinite)) return undefined;
  const chance = clopperPearson(0, samples, confidence)[1];
  const slack = 2 * (bound + rounding) + bounds[middle];
  return [
    usual - chance * Math.max(0, usual - ends[0]) - slack,
    usual + chance * Math.max(0, ends[1] - usual) + slack,
  ];
}

function supportOfDifference(
  { batches: { support: a } }: BatchedMean,
  { batches: { support: b } }: BatchedMean,
): readonly [number, number] {
  return a === null || b === null ? [-Infinity, Infinity] : [b[0] - a[1], b[1] - a[0]];
}
