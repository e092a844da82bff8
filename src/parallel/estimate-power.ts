import { type Diagnostic, usageError } from '../errors.js';
import { bisimulation } from '../mdp/bisimulation.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import { type BlockSums, blockSolver, emptySums, mergeSums } from '../power/block.js';
import { estimateNotes, type GammaSums, gammaEffort, optimalityRows, powerRows } from '../power/estimate.js';
import { formEstimates } from '../power/form-estimate.js';
import { checkForm, emptyFormSums, formsNeedDecisions, type LinearForm } from '../power/linear-form.js';
import { blockRange, planSamples, type SamplePlan } from '../power/plan.js';
import type { PowerEstimate } from '../power/result.js';
import type { SampleJob } from '../power/solved-samples.js';
import { powerSupport } from '../power/support.js';
import { defaultTolerance } from '../power/tolerance.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { structureOf } from '../solve/structure.js';
import { LANES } from '../solve/sweep.js';
import { workerStart } from './message.js';
import { runOnWorkers } from './pool.js';

export interface EstimateOptions {
  /** 0 and 1 stand for the limits */
  readonly gammas: readonly Discount[];
  /** reward functions to draw, ≥ 1 */
  readonly samples: number;
  /** same seed, same digits */
  readonly seed: bigint;
  /** threads that may be used, ≥ 1; the digits do not depend on it. Default 1. */
  readonly threads?: number | undefined;
  /** of each interval, in (0, 1). Default 0.95. */
  readonly confidence?: number | undefined;
  /** largest solver error of a POWER sample, in reward units. Default: power/tolerance.ts, by gamma. */
  readonly tolerance?: number | undefined;
  /** true: `confidence` holds for all rows of the result at once (Bonferroni) */
  readonly simultaneous?: boolean | undefined;
  /** the states to report, in order. Default: all. */
  readonly states?: readonly number[] | undefined;
  /** false: POWER only, no optimal actions. Default true. */
  readonly decide?: boolean | undefined;
  /** linear combinations whose means are wanted too, from paired samples; terms number `gammas` */
  readonly forms?: readonly LinearForm[] | undefined;
  /** called after each block with the samples done and asked for */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** ends the run: the promise is rejected with the signal's reason */
  readonly signal?: AbortSignal | undefined;
  /** true: a run that the signal ends is fulfilled with the samples finished by then, if there are any */
  readonly keepPartial?: boolean | undefined;
}

/**
 * Estimates POWER of states (Turner et al. 2021, Def. 5.2) and the probability that actions are optimal (Def. 4.4) under a
 * law of reward functions, from samples 0 … samples−1 of the law, the same ones at every gamma.
 *
 * The digits depend on model, law, seed, samples, confidence and tolerance only: not on threads, machine, or the other
 * gammas and states asked for (`simultaneous` aside, which widens by the number of rows).
 *
 * @throws {UserError} an option has no meaning, or the law does not fit the model
 */
export async function estimatePower(
  mdp: Mdp,
  reward: RewardSpec,
  options: EstimateOptions,
): Promise<PowerEstimate> {
  checkOptions(mdp, options);
  const { gammas, samples, seed, threads = 1, confidence = 0.95, signal, onProgress } = options;
  const { simultaneous = false, forms = [] } = options;
  const withActions = options.decide ?? true;
  const decide = withActions || formsNeedDecisions(forms);
  for (const form of forms) checkForm(mdp, form, gammas.length);
  const states = options.states ?? mdp.states.map((_, s) => s);

  const source = rewardSource(reward, mdp, seed);
  const classes = bisimulation(mdp, source.equalRewardClass).choiceClass;
  const law = { mdp, source, ...(decide ? { classes } : {}) };
  const parts: GammaSums[] = [];
  for (const discount of gammas) {
    await breathe(signal);
    const support = powerSupport(mdp, source, discount);
    const tolerance = options.tolerance ?? defaultTolerance(law, discount, samples, support.certain);
    parts.push({
      job: { discount, tolerance },
      support,
      sums: emptySums(mdp, { choices: decide, average: decide && limitOf(discount) === 1 }),
    });
  }
  const formSums = emptyFormSums(forms.length);
  parts[0] = { ...parts[0], sums: { ...parts[0].sums, forms: formSums } };
  const asked = forms.length === 0 ? undefined : forms;
  const job: SampleJob = { ...law, gammas: parts.map((part) => part.job), forms: asked };

  const plan = planSamples(mdp.stateCount, samples);
  let done = 0;
  const merge = (block: readonly BlockSums[]): void => {
    block.forEach((sums, gamma) => {
      mergeSums(parts[gamma].sums, sums);
    });
    done += block[0].moments.count;
    onProgress?.(done, samples);
  };
  const solve = blockSolver(job);
  const runHere = async (from: number, to: number): Promise<void> => {
    for (let block = from; block < to; block++) {
      await breathe(signal);
      const { first, count } = blockRange(plan, block);
      merge(solve(first, count));
    }
  };
  let used = 1;
  try {
    await runHere(0, 1);
    used = threadsWorthStarting(mdp, plan, parts, threads);
    if (used === 1) await runHere(1, plan.blocks);
    else {
      const start = workerStart(mdp, reward, seed, job.gammas, job.classes, asked);
      await runOnWorkers(start, plan, 1, used, merge, signal);
    }
  } catch (error) {
    // Blocks are merged in their order, so that what is there is the beginning of the sample.
    if (!(options.keepPartial && signal?.aborted && done > 0)) throw error;
  }

  const rows = states.reduce(
    (count, s) => count + 1 + (withActions ? mdp.choicePtr[s + 1] - mdp.choicePtr[s] : 0),
    0,
  );
  const context = {
    mdp,
    source,
    states,
    classes,
    confidence: simultaneous ? 1 - (1 - confidence) / (rows * gammas.length) : confidence,
  };
  const power = parts.flatMap((part) => powerRows(context, part));
  const optimality = withActions ? parts.flatMap((part) => optimalityRows(context, part)) : [];
  const effort = parts.map(gammaEffort);
  const formConfidence = 1 - (1 - confidence) / Math.max(1, forms.length);
  return {
    power,
    optimality,
    forms: formEstimates(forms, formSums, parts, source, formConfidence),
    effort,
    samples: done,
    seed,
    reward: source.text,
    confidence,
    simultaneous,
    threads: used,
    precisionReached: effort.every(({ tolerance, largestError }) => largestError <= tolerance),
    notes: [
      ...estimateNotes(source, power, optimality, effort),
      ...(done < samples ? [interruptedNote(done, samples)] : []),
    ],
  };
}

function interruptedNote(done: number, samples: number): Diagnostic {
  return {
    code: 'W_INTERRUPTED',
    message: `the run was interrupted: this is the result of the first ${done} of ${samples} reward functions`,
  };
}

/** Lets events through, such as an interrupt or a progress display, before the next stretch of work. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** Updates of a transition for one reward function that take a thread longer than its start does: about a tenth of a second. */
const WORK_WORTH_THREAD = 3e8;
/**
 * Measured costs in such updates, for each state and transition: drawing and summing a reward function in a group;
 * solving one by itself, in JavaScript; improving a policy by itself; what is finished in higher precision or exactly.
 */
const COST = { grouped: 4, single: 400, improvement: 1500, finished: 10_000 };

/**
 * How many threads the blocks after the first are worth, by counting the work of the first: counted, not timed, so that
 * two runs of one command do the same. Sweeps and rounds are counted over eight reward functions.
 */
function threadsWorthStarting(
  mdp: Mdp,
  plan: SamplePlan,
  parts: readonly GammaSums[],
  threads: number,
): number {
  const size = mdp.transitionCount + mdp.stateCount;
  const { eliminationWork } = structureOf(mdp);
  const perBlock = parts.reduce((work, { sums: { effort, solver } }) => {
    const { sweeps, policyIterations, extended, exact, solved } = effort;
    const isSingle = solver === 'columns';
    const improvement = isSingle ? COST.improvement * size : LANES * (size + eliminationWork / 2);
    return (
      work +
      LANES * sweeps * size +
      policyIterations * improvement +
      (extended + exact) * COST.finished * size +
      solved * (isSingle ? COST.single : COST.grouped) * size
    );
  }, 0);
  const remaining = plan.blocks - 1;
  return Math.max(1, Math.min(threads, remaining, Math.floor((perBlock * remaining) / WORK_WORTH_THREAD)));
}

function checkOptions(mdp: Mdp, options: EstimateOptions): void {
  const { gammas, samples, threads = 1, confidence = 0.95, tolerance = 1, states = [] } = options;
  const refuse = (name: string, found: unknown, wanted: string): never => {
    throw usageError(`the option ${name} has no meaning as given`, { found: String(found), wanted });
  };
  if (gammas.length === 0) refuse('gammas', '[]', 'at least one discount');
  if (!Number.isSafeInteger(samples) || samples < 1)
    refuse('samples', samples, 'a whole number from 1 to 2^53 − 1');
  if (!Number.isSafeInteger(threads) || threads < 1) refuse('threads', threads, 'a whole number from 1 on');
  if (!(confidence > 0 && confidence < 1))
    refuse('confidence', confidence, 'a number between 0 and 1, such as 0.95');
  if (!(tolerance > 0 && tolerance < Infinity))
    refuse('tolerance', tolerance, 'a positive number, in reward units');
  const wrongState = states.find((s) => !Number.isSafeInteger(s) || s < 0 || s >= mdp.stateCount);
  if (wrongState !== undefined) refuse('states', wrongState, `state numbers from 0 to ${mdp.stateCount - 1}`);
}
