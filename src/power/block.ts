import type { Mdp } from '../mdp/model.js';
import { limitOf } from '../number/discount.js';
import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import type { GroupSolver } from '../solve/group.js';
import { LANES } from '../solve/sweep.js';
import {
  type AverageCounts,
  countAverage,
  emptyAverageCounts,
  mergeAverageCounts,
} from './average-counts.js';
import { type ChoiceCounts, countChoices, emptyChoiceCounts, mergeChoiceCounts } from './choice-counts.js';
import { drawnOnce, fitsGroups, groupedSolver } from './grouped-block.js';
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
  /** at gamma 1 only */
  readonly average?: AverageCounts;
  /** linear forms, whatever their gammas: in the sums of the first gamma only, if any are asked for */
  readonly forms?: FormSums;
  /** sum over the samples of the solver's bounds */
  errorSum: number;
  largestError: number;
  readonly effort: Effort;
  /** what solved them, apart from single columns left over: counted work chose it (solve/choose-solver.ts) */
  solver: GroupSolver | 'columns';
}

/** Counted work: the solver's own counts (Solution.effort), and the reward functions it was given. */
type Effort = SolvedSamples['effort'] & { solved: number };

/**
 * No samples yet.
 * @param decisions which kinds are asked for; average-optimal choices only at gamma 1
 */
export function emptySums(mdp: Mdp, decisions: { choices: boolean; average: boolean }): BlockSums {
  return {
    moments: emptyMoments(mdp.stateCount),
    modes: emptyModes(mdp.stateCount),
    ...(decisions.choices ? { choices: emptyChoiceCounts(mdp.choiceCount) } : {}),
    ...(decisions.average ? { average: emptyAverageCounts(mdp.choiceCount) } : {}),
    errorSum: 0,
    largestError: 0,
    effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0, solved: 0 },
    solver: 'columns',
  };
}

/**
 * Sums a solved block.
 * @param classes  Int32 (C), as in `countChoices`; absent if the block has no decisions
 */
function sumBlock(mdp: Mdp, samples: SolvedSamples, classes?: Int32Array): BlockSums {
  const { power, error, status, averageStatus, effort, solved } = samples;
  return {
    moments: momentsOfBlock(power, error.length),
    modes: modesOfBlock(power, error),
    ...(classes === undefined ? {} : { choices: countChoices(mdp, status, error.length, classes) }),
    ...(classes === undefined || averageStatus === undefined
      ? {}
      : { average: countAverage(averageStatus, error.length) }),
    errorSum: error.reduce((sum, bound) => sum + bound, 0),
    largestError: error.reduce((largest, bound) => Math.max(largest, bound), 0),
    effort: { ...effort, solved },
    solver: 'columns',
  };
}

/** Adds `block` to `into`. Sums round, so the same digits need the same blocks in the same order. */
export function mergeSums(into: BlockSums, block: BlockSums): void {
  mergeMoments(into.moments, block.moments);
  mergeModes(into.modes, block.modes);
  into.solver = block.solver;
  if (into.choices && block.choices) mergeChoiceCounts(into.choices, block.choices);
  if (into.average && block.average) mergeAverageCounts(into.average, block.average);
  if (into.forms && block.forms) mergeFormSums(into.forms, block.forms);
  into.errorSum += block.errorSum;
  into.largestError = Math.max(into.largestError, block.largestError);
  for (const key of Object.keys(into.effort) as (keyof Effort)[]) into.effort[key] += block.effort[key];
}

/** Solves and sums samples first … first+count−1; one entry a gamma. */
export function blockSolver(job: SampleJob): (first: number, count: number) => readonly BlockSums[] {
  const { mdp, classes } = job;
  const solve = sampleSolver(job);
  const inColumns = (first: number, count: number): readonly BlockSums[] => {
    const solved = solve(first, count);
    const sums = solved.map((samples) => sumBlock(mdp, samples, classes));
    return job.forms === undefined
      ? sums
      : [{ ...sums[0], forms: sumForms(job.forms, solved) }, ...sums.slice(1)];
  };
  // Linear forms need every sample at all gammas, which the kernel does not hand out.
  if (!fitsGroups(job.source) || job.forms !== undefined) return inColumns;
  const fill = drawnOnce(job);
  const solvers = job.gammas.map((gamma) => {
    const atGamma = { ...job, gammas: [gamma] };
    const solveColumns = sampleSolver(atGamma);
    // The limits have solvers of their own.
    const grouped = limitOf(gamma.discount) === undefined ? groupedSolver(atGamma, gamma, fill) : undefined;
    return (first: number, count: number): BlockSums => {
      if (grouped === undefined || grouped.solver === 'columns' || first % LANES !== 0) {
        return sumBlock(mdp, solveColumns(first, count)[0], classes);
      }
      const { sums, left } = grouped.block(first, count);
      for (const sample of left) mergeSums(sums, sumBlock(mdp, solveColumns(sample, 1)[0], classes));
      sums.solver = grouped.solver;
      return sums;
    };
  });
  return (first, count) => solvers.map((solveGamma) => solveGamma(first, count));
}
