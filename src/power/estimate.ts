import { type Diagnostic, UserError } from '../errors.js';
import type { RewardSource } from '../rewards/source.js';
import type { GammaEffort, OptimalityRow, PowerRow } from './result.js';
import type { GammaSums } from './rows.js';

/** What one gamma cost. */
export function gammaEffort({ job, sums }: GammaSums): GammaEffort {
  return {
    gamma: job.discount.text,
    tolerance: job.tolerance,
    largestError: sums.largestError,
    solver: sums.solver,
    ...sums.effort,
  };
}

/** What a reader of the rows has to know. */
export function estimateNotes(
  source: RewardSource,
  power: readonly PowerRow[],
  optimality: readonly OptimalityRow[],
  effort: readonly GammaEffort[],
  width: { readonly wanted: number; readonly reached: boolean } | undefined,
): Diagnostic[] {
  const notes: Diagnostic[] = [];
  if (width !== undefined && !width.reached) {
    notes.push({
      code: 'W_WIDTH',
      message: `the samples allowed were drawn before every interval was narrower than ${width.wanted}`,
      hint: 'allow more with --samples, or ask for fewer rows with --state',
    });
  }
  if (source.moments === 'unchecked') {
    notes.push({
      code: 'W_MOMENTS_UNCHECKED',
      message: `the mean and variance of ${source.text} are taken as finite; its intervals mean nothing if they are not`,
    });
  }
  if (power.some((row) => row.interval === 'none')) {
    const isInfinite = source.moments === 'infiniteVariance';
    notes.push({
      code: 'W_NO_INTERVAL',
      message: isInfinite
        ? `${source.text} has infinite variance, so POWER has a mean but no confidence interval`
        : 'too few different samples of an unbounded reward: POWER has no confidence interval',
      hint: isInfinite ? 'use a law with a finite variance' : 'draw more samples with --samples',
    });
  }
  const undecided = optimality.reduce(
    (largest, row) => Math.max(largest, row.undecided, row.averageUndecided ?? 0),
    0,
  );
  if (undecided > 0) {
    notes.push({
      code: 'W_UNDECIDED',
      message: `whether an action is optimal stayed undecided in up to ${percent(undecided)} of the samples; they count half, and the limits allow for both answers`,
    });
  }
  for (const { gamma, tolerance, largestError } of effort) {
    if (largestError <= tolerance) continue;
    notes.push({
      code: 'W_PRECISION',
      message: `at gamma ${gamma} the solver reached ${largestError.toPrecision(2)}, not the tolerance; the limits allow for it`,
      found: largestError.toPrecision(2),
      wanted: `at most ${tolerance.toPrecision(2)}`,
      hint: 'ask for a larger --tolerance',
    });
  }
  return notes;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}

/** What ended a run early, by the code of the signal's reason. */
const ENDED_BY: Readonly<Record<string, string>> = {
  E_TIMEOUT: 'the time limit was reached',
  E_LIMIT_MEMORY: 'the memory limit was reached',
};

/** What a reader has to know of a run that was ended early. */
export function interruptedNote(done: number, samples: number, reason: unknown): Diagnostic {
  const cause = reason instanceof UserError ? ENDED_BY[reason.diagnostic.code] : undefined;
  return {
    code: 'W_INTERRUPTED',
    message: `${cause ?? 'the run was interrupted'}: this is the result of the first ${done} of ${samples} reward functions`,
  };
}
