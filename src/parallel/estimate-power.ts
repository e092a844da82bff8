import type { Mdp } from '../mdp/model.js';
import { addToBatches } from '../power/batches.js';
import { type BlockSums, mergeSums } from '../power/block.js';
import { estimateNotes } from '../power/estimate.js';
import { formEstimates } from '../power/form-estimate.js';
import { emptyFormSums } from '../power/linear-form.js';
import type { PowerEstimate } from '../power/result.js';
import type { GammaSums, RowContext } from '../power/rows.js';
import { addToSet } from '../power/set-means.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type Rows, rowsWithChecks } from './checked-rows.js';
import type { EstimateOptions } from './estimate-options.js';
import { withFineBatches } from './fine-batches.js';
import { interruptedNote } from './interrupted-note.js';
import { looksOf } from './looks.js';
import { type PlannedRun, plannedRun } from './planned-run.js';
import { type Run, runBlocks } from './run-blocks.js';
import { beginningOf } from './saved-beginning.js';
import { copied, drawnBy, savedPart } from './saved-parts.js';
import { sumsBasis } from './sums-basis.js';

/** What came of the blocks. */
interface Outcome {
  readonly parts: readonly GammaSums[];
  readonly rows: Rows;
  /** threads */
  readonly used: number;
  readonly isInterrupted: boolean;
  readonly widthReached: boolean;
}

/**
 * Estimates POWER of states (Turner et al. 2021, Def. 5.2) and the probability that actions are optimal (Def. 4.4) under a
 * law of reward functions, from the same samples of the law at every gamma.
 *
 * The digits depend on model, law, seed, samples, sampler, confidence and tolerance only: not on threads, machine, or the
 * other gammas and states asked for (`simultaneous` and `untilWidth` aside, which look at all rows).
 *
 * @throws {UserError} an option has no meaning, or the law does not fit the model or the sampler
 */
export async function estimatePower(
  mdp: Mdp,
  reward: RewardSpec,
  options: EstimateOptions,
): Promise<PowerEstimate> {
  const planned = await plannedRun(mdp, reward, options);
  return estimateOf(planned, await outcomeOf(planned, reward, options), options);
}

/** Solves the blocks, from where a saved run was, until all are done, the rows are narrow enough, or the signal ends it. */
async function outcomeOf(
  planned: PlannedRun,
  reward: RewardSpec,
  options: EstimateOptions,
): Promise<Outcome> {
  const { job, points, plan, reported } = planned;
  const { choiceSets } = planned.context;
  const { seed, threads = 1, keepsFree = false, signal, onProgress, untilWidth, store } = options;
  const asked = options.samples;
  const stage = job.forms ? 'claims' : 'samples';
  const basis = sumsBasis(job, points, plan, reported);
  const endsByWidth = untilWidth !== undefined;
  const begun = beginningOf(store, { stage, plan, asked, basis, endsByWidth, parts: planned.parts });
  let { parts, merged } = begun;
  const save = (last?: readonly BlockSums[]): void => {
    const drawn = drawnBy(plan, merged + (last ? 1 : 0));
    store?.save(stage, {
      blocks: merged,
      drawn,
      asked,
      basis,
      sums: parts.map(savedPart),
      ...(last && { last }),
    });
  };
  const onBlock = (block: readonly BlockSums[]): void => {
    const isWhole = (merged + 1) * plan.columns <= plan.samples;
    if (!isWhole && store) {
      // With more samples this block is another one: the sums without it are what is kept.
      save(block);
      parts = parts.map(copied);
    }
    block.forEach((sums, gamma) => {
      const part = parts[gamma];
      if (part.sets) addToSet(part.sets, sums, part.sums);
      else mergeSums(part.sums, sums);
      if (part.batches) addToBatches(part.batches, merged, sums, part.orbits, choiceSets);
    });
    merged++;
    if (isWhole) save();
    onProgress?.(drawnBy(plan, merged), plan.samples);
  };
  if (begun.last) onBlock(begun.last);
  else if (begun.isOther) save();
  const run: Run = { job, reward, seed, points, plan, threads, keepsFree, onBlock, signal, store, stage };
  const looks = untilWidth === undefined ? [plan.blocks] : looksOf(plan);
  const context = contextOf(planned, options, looks.length);
  let used = 1;
  let before = merged;
  let rows: Rows = { power: [], optimality: [], effort: [] };
  let widthReached = untilWidth === undefined;
  try {
    // A run that goes on was not narrow enough at the looks before.
    for (const look of looks.filter((blocks) => blocks >= merged)) {
      used = Math.max(used, await runBlocks(run, before, look));
      before = look;
      if (options.batches && untilWidth === undefined)
        parts = await withFineBatches(parts, run, reported, choiceSets);
      rows = await rowsWithChecks(context, parts, run);
      widthReached ||= areNarrow(rows, untilWidth!);
      if (widthReached) break;
    }
    return { parts, rows, used, isInterrupted: false, widthReached };
  } catch (error) {
    // Blocks are merged in their order, so that what is there is the beginning of the sample.
    const isPartial = parts.every(({ sums }) => sums.moments.count > 0);
    if (!(options.keepPartial && signal?.aborted && isPartial)) throw error;
    parts = parts.map(({ batches: _, ...part }) => part);
    rows = await rowsWithChecks(context, parts, run);
    return { parts, rows, used, isInterrupted: true, widthReached };
  }
}

/**
 * Bonferroni, over rows and looks: each look has its own limits, and all of them hold together. An interruption, which no
 * sample decides, ends the run at a look that takes the place of the last one.
 */
function contextOf(
  { reported, context }: PlannedRun,
  { gammas, confidence = 0.95, simultaneous = false }: EstimateOptions,
  looks: number,
): RowContext {
  const rows = reported.states.length + reported.choices.length;
  const share = (simultaneous ? rows * gammas.length : 1) * looks;
  return { ...context, confidence: 1 - (1 - confidence) / share };
}

function estimateOf(
  { law, points, plan, setSize, job }: PlannedRun,
  { parts, rows, used, isInterrupted, widthReached }: Outcome,
  options: EstimateOptions,
): PowerEstimate {
  const { power, optimality, effort } = rows;
  const { seed, confidence = 0.95, simultaneous = false, forms = [], untilWidth, signal } = options;
  const counts = parts.map(({ sums }) => sums.moments.count);
  const done = Math.max(...counts);
  const formConfidence = 1 - (1 - confidence) / Math.max(1, forms.length);
  const width = untilWidth === undefined ? undefined : { wanted: untilWidth, reached: widthReached };
  const left = `this is the result of the first ${done} of ${plan.samples} reward functions`;
  return {
    power,
    optimality,
    forms: formEstimates(forms, parts[0].sums.forms ?? emptyFormSums(0), parts, law, formConfidence),
    effort,
    samples: done,
    complete: !isInterrupted,
    estimator: {
      sampler: points.kind,
      sets: setSize === undefined ? null : Math.floor(Math.min(...counts) / setSize),
      setSize: setSize ?? null,
      averaged: job.orbits?.stateMembers.some((members) => members > 1) ?? false,
      controls: parts.filter(({ job }) => job.control).map(({ job }) => job.discount.text),
    },
    untilWidth: untilWidth ?? null,
    widthReached,
    seed,
    reward: law.text,
    confidence,
    simultaneous,
    threads: used,
    precisionReached: effort.every(({ tolerance, largestError }) => largestError <= tolerance),
    notes: [
      ...estimateNotes(law, power, optimality, effort, width),
      ...(isInterrupted ? [interruptedNote(left, signal?.reason)] : []),
    ],
  };
}

function areNarrow({ power, optimality }: Rows, width: number): boolean {
  return [...power, ...optimality].every(
    ({ low, high }) => low !== null && high !== null && high - low <= width,
  );
}
