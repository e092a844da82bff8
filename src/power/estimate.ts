import type { Diagnostic } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { clopperPearson } from '../number/clopper-pearson.js';
import { standardError } from '../number/moments.js';
import type { RewardSource } from '../rewards/source.js';
import type { AverageCounts } from './average-counts.js';
import type { BlockSums } from './block.js';
import { powerInterval } from './intervals.js';
import type { GammaEffort, OptimalityRow, PowerRow } from './result.js';
import type { GammaJob } from './solved-samples.js';
import type { PowerSupport } from './support.js';

/** All samples of one gamma, added up. */
export interface GammaSums {
  readonly job: GammaJob;
  readonly support: PowerSupport;
  readonly sums: BlockSums;
}

/** What the rows of a result are made from besides the sums. */
export interface RowContext {
  readonly mdp: Mdp;
  readonly source: RewardSource;
  /** the states to report, in order */
  readonly states: readonly number[];
  /** of each interval, after any widening for simultaneity */
  readonly confidence: number;
  /** Int32 (C): the first choice of the state that counts as the same action */
  readonly classes: Int32Array;
}

/** The POWER rows of one gamma, one a state. */
export function powerRows({ mdp, source, states, confidence }: RowContext, gamma: GammaSums): PowerRow[] {
  const { moments, modes, errorSum, largestError } = gamma.sums;
  const { count, mean } = moments;
  const solverError = errorSum / count;
  return states.map((s) => ({
    state: mdp.states[s],
    gamma: gamma.job.discount.text,
    power: mean[s],
    ...powerInterval(
      {
        count,
        mean: mean[s],
        standardError: standardError(moments, s),
        mode: modes.value[s],
        modeCount: modes.count[s],
        meanError: solverError,
        largestError,
        support: [gamma.support.low[s], gamma.support.high[s]],
        certain: gamma.support.certain[s] === 1,
        hasVariance: source.moments !== 'infiniteVariance',
      },
      confidence,
    ),
    solverError,
    samples: count,
    method: 'sampled',
    exact: null,
  }));
}

/**
 * The optimality rows of one gamma, one a choice. Clopper-Pearson limits: the lower one as if every undecided sample were
 * not optimal, the upper one as if every one were. What is the same for every reward function has no sampling error.
 */
export function optimalityRows(context: RowContext, gamma: GammaSums): OptimalityRow[] {
  const { mdp, states } = context;
  return states.flatMap((s) => {
    const choices = Array.from(
      { length: mdp.choicePtr[s + 1] - mdp.choicePtr[s] },
      (_, i) => mdp.choicePtr[s] + i,
    );
    const isOnlyClass = choices.every((c) => context.classes[c] === context.classes[choices[0]]);
    return choices.map((c) => optimalityRow(context, gamma, s, c, isOnlyClass));
  });
}

function optimalityRow(
  { mdp, source, confidence }: RowContext,
  { job, sums }: GammaSums,
  state: number,
  choice: number,
  isOnlyClass: boolean,
): OptimalityRow {
  const counts = sums.choices;
  if (counts === undefined) throw new RangeError('optimality rows need decisions');
  const samples = sums.moments.count;
  const undecided = counts.undecided[choice];
  const optimal = counts.unique[choice] + counts.tied[choice];
  const limits = (least: number, most: number): readonly [number, number] =>
    isOnlyClass || source.constant
      ? [Math.floor(least / samples), Math.ceil(most / samples)]
      : clopperPearson([least, most], samples, confidence);
  const [low, high] = limits(optimal, optimal + undecided);
  return {
    state: mdp.states[state],
    action: mdp.actions[choice],
    gamma: job.discount.text,
    probability: (optimal + undecided / 2) / samples,
    low,
    high,
    strict: counts.unique[choice] / samples,
    fractional: (counts.unique[choice] + (counts.share[choice] + counts.shareLost[choice])) / samples,
    undecided: undecided / samples,
    samples,
    method: 'sampled',
    exact: null,
    ...(sums.average === undefined ? {} : averageFields(sums.average, choice, samples, limits)),
  };
}

/** The share of samples in which a choice is average-optimal. */
function averageFields(
  average: AverageCounts,
  choice: number,
  samples: number,
  limits: (least: number, most: number) => readonly [number, number],
): Partial<OptimalityRow> {
  const [optimal, undecided] = [average.optimal[choice], average.undecided[choice]];
  const [averageLow, averageHigh] = limits(optimal, optimal + undecided);
  return {
    averageProbability: (optimal + undecided / 2) / samples,
    averageLow,
    averageHigh,
    averageUndecided: undecided / samples,
  };
}

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
): Diagnostic[] {
  const notes: Diagnostic[] = [];
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
