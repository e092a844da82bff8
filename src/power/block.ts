import type { Mdp } from '../mdp/model.js';
import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import { type ChoiceCounts, countChoices, emptyChoiceCounts, mergeChoiceCounts } from './choice-counts.js';
import { type FormSums, mergeFormSums, sumForms } from './linear-form.js';
import { emptyModes, type Modes, mergeModes, modesOfBlock } from './mode.js';
import { type SampleJob, type SolvedSamples, sampleSolver } from './solved-samples.js';

/** All that is kept of a block of samples at one gamma. Plain data, sent from worker threads. */
export interface BlockSums {
  /** POWER samples, one slot a state */
  readonly moments: Moments;
  readonly modes: Modes;
  /** absent if optimal actions are not asked for */
  readonly choices?: ChoiceCounts;
  /** linear forms, whatever their gammas: in the sums of the first gamma only, if any are asked for */
  readonly forms?: FormSums;
  /** sum over the samples of the solver's bounds */
  errorSum: number;
  largestError: number;
  readonly effort: Effort;
}

/** Counted work: the solver's own counts (Solution.effort), and the reward functions it was given. */
type Effort = SolvedSamples['effort'] & { solved: number };

/** No samples yet. */
export function emptySums(mdp: Mdp, withChoices: boolean): BlockSums {
  return {
    moments: emptyMoments(mdp.stateCount),
    modes: emptyModes(mdp.stateCount),
    ...(withChoices ? { choices: emptyChoiceCounts(mdp.choiceCount) } : {}),
    errorSum: 0,
    largestError: 0,
    effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0, solved: 0 },
  };
}

/**
 * Sums a solved block.
 * @param classes  Int32 (C), as in `countChoices`; absent if the block has no decisions
 */
function sumBlock(mdp: Mdp, samples: SolvedSamples, classes?: Int32Array): BlockSums {
  const { power, error, status, effort, solved } = samples;
  return {
    moments: momentsOfBlock(power, error.length),
    modes: modesOfBlock(power, error),
    ...(classes === undefined ? {} : { choices: countChoices(mdp, status, error.length, classes) }),
    errorSum: error.reduce((sum, bound) => sum + bound, 0),
    largestError: error.reduce((largest, bound) => Math.max(largest, bound), 0),
    effort: { ...effort, solved },
  };
}

/** Adds `block` to `into`. Sums round, so the same digits need the same blocks in the same order. */
export function mergeSums(into: BlockSums, block: BlockSums): void {
  mergeMoments(into.moments, block.moments);
  mergeModes(into.modes, block.modes);
  if (into.choices && block.choices) mergeChoiceCounts(into.choices, block.choices);
  if (into.forms && block.forms) mergeFormSums(into.forms, block.forms);
  into.errorSum += block.errorSum;
  into.largestError = Math.max(into.largestError, block.largestError);
  for (const key of Object.keys(into.effort) as (keyof Effort)[]) into.effort[key] += block.effort[key];
}

/** Solves and sums samples first … first+count−1; one entry a gamma. */
export function blockSolver(job: SampleJob): (first: number, count: number) => readonly BlockSums[] {
  const solve = sampleSolver(job);
  return (first, count) => {
    const solved = solve(first, count);
    const sums = solved.map((samples) => sumBlock(job.mdp, samples, job.classes));
    return job.forms === undefined
      ? sums
      : [{ ...sums[0], forms: sumForms(job.forms, solved) }, ...sums.slice(1)];
  };
}
