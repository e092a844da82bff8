import { bisimulation } from '../mdp/bisimulation.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { type BlockSums, emptySums, mergeSums } from '../power/block.js';
import { estimateNotes } from '../power/estimate.js';
import { chooseEstimator, type Sampler } from '../power/estimator.js';
import { formEstimates } from '../power/form-estimate.js';
import { checkForm, emptyFormSums, formsNeedDecisions, type LinearForm } from '../power/linear-form.js';
import { membersOfSets } from '../power/orbits.js';
import { planSamples } from '../power/plan.js';
import type { PowerEstimate } from '../power/result.js';
import type { GammaSums, RowContext } from '../power/rows.js';
import { addToSet, emptySetMeans } from '../power/set-means.js';
import { gammaJobs, type SampleJob } from '../power/solved-samples.js';
import { powerSupport } from '../power/support.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { checkOptions, checkSampler } from './check-options.js';
import { type Rows, rowsWithChecks } from './checked-rows.js';
import { interruptedNote } from './interrupted-note.js';
import { looksOf } from './looks.js';
import { breathe, type Run, runBlocks } from './run-blocks.js';
import { checkSaved, drawnBy, savedPart, withSaved } from './saved-parts.js';
import type { SumsStore } from './sums-store.js';

export interface EstimateOptions {
  /** 0 and 1 stand for the limits */
  readonly gammas: readonly Discount[];
  /** reward functions to draw, ≥ 1; Sobol sets are whole, so that somewhat fewer may be drawn */
  readonly samples: number;
  /**
   * `random`: plain independent samples; `sobol`: randomised Sobol sets; `auto`, the default: what a pilot finds best
   * (power/estimator.ts)
   */
  readonly sampler?: Sampler | undefined;
  /**
   * End when no interval is wider, in reward units or as a probability: the widths are looked at after about 1024 samples
   * and at every doubling up to `samples`, and the limits hold at all looks together. Samples are independent ones then.
   */
  readonly untilWidth?: number | undefined;
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
  /**
   * true: samples are solved on worker threads even where one is enough, so that the calling thread sees its events while
   * they are
   */
  readonly keepsFree?: boolean | undefined;
  /** where the sums are kept while the run goes on, and from where it goes on if some are there */
  readonly store?: SumsStore | undefined;
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
  checkOptions(mdp, options);
  const { gammas, seed, threads = 1, confidence = 0.95, signal, onProgress, untilWidth, store } = options;
  const { simultaneous = false, keepsFree = false, forms = [] } = options;
  const withActions = options.decide ?? true;
  const decide = withActions || formsNeedDecisions(forms);
  for (const form of forms) checkForm(mdp, form, gammas.length);
  const states = options.states ?? mdp.states.map((_, s) => s);

  const law = rewardSource(reward, mdp, seed);
  const classes = bisimulation(mdp, law.equalRewardClass).choiceClass;
  checkSampler(reward, law, options);
  await breathe(signal);
  const estimator = chooseEstimator(
    { mdp, reward, seed, classes, samples: options.samples, tolerance: options.tolerance },
    samplerOf(options),
  );
  const { points, orbits, controls } = estimator;
  const setSize = points.kind === 'sobol' ? 2 ** points.log2Size : undefined;
  const samples = setSize === undefined ? options.samples : setSize * Math.floor(options.samples / setSize);
  const gammaList = [];
  for (const discount of gammas) {
    await breathe(signal);
    gammaList.push(estimator.gammaJob(discount));
  }
  const job: SampleJob = {
    mdp,
    source: rewardSource(reward, mdp, seed, points),
    plainSource: law,
    gammas: gammaList,
    ...(decide ? { classes } : {}),
    ...(forms.length > 0 ? { forms } : {}),
    orbits,
    controls,
  };
  let parts = gammaJobs(job).map((atGamma, i): GammaSums => {
    const [gamma] = atGamma.gammas;
    const none = (): BlockSums => emptySums(atGamma);
    const sets = setSize === undefined || gamma.plain ? undefined : emptySetMeans(setSize, none);
    const sums = i === 0 && forms.length > 0 ? { ...none(), forms: emptyFormSums(forms.length) } : none();
    return {
      job: gamma,
      support: powerSupport(mdp, law, gamma.discount),
      sums,
      sets,
      orbits: atGamma.orbits,
    };
  });

  const plan = planSamples(mdp.stateCount, samples, setSize);
  const stage = forms.length > 0 ? 'claims' : 'samples';
  const saved = store?.load(stage, parts.map(savedPart));
  if (saved !== undefined) {
    checkSaved(saved, plan);
    parts = parts.map((part, i) => withSaved(part, saved.sums[i]));
  }
  let merged = saved?.blocks ?? 0;
  let drawn = drawnBy(plan, merged);
  const onBlock = (block: readonly BlockSums[]): void => {
    block.forEach((sums, gamma) => {
      const part = parts[gamma];
      if (part.sets) addToSet(part.sets, sums, part.sums);
      else mergeSums(part.sums, sums);
    });
    drawn = drawnBy(plan, ++merged);
    store?.save(stage, { blocks: merged, sums: parts.map(savedPart) });
    onProgress?.(drawn, samples);
  };
  const run: Run = { job, reward, seed, points, plan, threads, keepsFree, onBlock, signal, store };
  const looks = untilWidth === undefined ? [plan.blocks] : looksOf(plan);
  const rowCount = states.reduce(
    (count, s) => count + 1 + (withActions ? mdp.choicePtr[s + 1] - mdp.choicePtr[s] : 0),
    0,
  );
  // Bonferroni, over rows and looks: each look has its own limits, and all of them hold together. An interruption, which
  // no sample decides, ends the run at a look that takes the place of the last one.
  const share = (simultaneous ? rowCount * gammas.length : 1) * looks.length;
  const context: RowContext = {
    mdp,
    source: law,
    states,
    decided: withActions,
    classes,
    choiceSets: orbits && membersOfSets(orbits.ofChoice),
    confidence: 1 - (1 - confidence) / share,
  };
  let isInterrupted = false;
  let used = 1;
  let before = merged;
  let rows: Rows = { power: [], optimality: [], effort: [] };
  let widthReached = untilWidth === undefined;
  try {
    // A run that goes on was not narrow enough at the looks before.
    for (const look of looks.filter((blocks) => blocks >= merged)) {
      used = Math.max(used, await runBlocks(run, before, look));
      before = look;
      rows = await rowsWithChecks(context, parts, run);
      widthReached ||= areNarrow(rows, untilWidth!);
      if (widthReached) break;
    }
  } catch (error) {
    // Blocks are merged in their order, so that what is there is the beginning of the sample.
    const isPartial = parts.every(({ sums }) => sums.moments.count > 0);
    if (!(options.keepPartial && signal?.aborted && isPartial)) throw error;
    isInterrupted = true;
    rows = await rowsWithChecks(context, parts, run);
  }

  const { power, optimality, effort } = rows;
  const counts = parts.map(({ sums }) => sums.moments.count);
  const done = Math.max(...counts);
  const formConfidence = 1 - (1 - confidence) / Math.max(1, forms.length);
  const width = untilWidth === undefined ? undefined : { wanted: untilWidth, reached: widthReached };
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
      averaged: orbits?.stateMembers.some((members) => members > 1) ?? false,
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
      ...(isInterrupted
        ? [
            interruptedNote(
              `this is the result of the first ${done} of ${samples} reward functions`,
              signal?.reason,
            ),
          ]
        : []),
    ],
  };
}

/** Linear forms need independent samples, and so does a run that ends by its widths. */
function samplerOf({ sampler = 'auto', untilWidth, forms = [] }: EstimateOptions): Sampler | 'independent' {
  if (forms.length > 0) return 'random';
  return untilWidth !== undefined && sampler === 'auto' ? 'independent' : sampler;
}

function areNarrow({ power, optimality }: Rows, width: number): boolean {
  return [...power, ...optimality].every(
    ({ low, high }) => low !== null && high !== null && high - low <= width,
  );
}
