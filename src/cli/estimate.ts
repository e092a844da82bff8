import type { ExitCode, UserError } from '../errors.js';
import type { ExactResult } from '../exact/exact-result.js';
import type { Mdp } from '../mdp/model.js';
import type { ComputedPower } from '../parallel/compute-power.js';
import { bindAssertions } from '../power/assertion/bind-assertions.js';
import { planClaims } from '../power/assertion/judge.js';
import type { Assertion } from '../power/assertion/syntax.js';
import type { AssertionRow } from '../power/result.js';
import type { Parameters, ResultDocument } from '../report/document.js';
import { parseReward } from '../rewards/parse-reward.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { CheckpointStore } from './checkpoint/checkpoint-store.js';
import type { Io } from './io.js';
import { computeAndJudge } from './judge.js';
import { type Limits, withLimits } from './limits.js';
import { loadModel, loadReward } from './load.js';
import { stateNamed } from './names.js';
import type { Values } from './option.js';
import type { estimateOptions, modelOptions, outputOptions } from './options.js';
import { say } from './output.js';
import { startProgress } from './progress.js';
import { documentOf } from './result.js';

export type EstimateValues = Values<typeof estimateOptions & typeof modelOptions & typeof outputOptions>;

/** A model, the law of its rewards, and what sampling them gave. */
export interface Estimated {
  readonly mdp: Mdp;
  readonly reward: RewardSpec;
  readonly estimate: ComputedPower;
  /** what was asserted and whether it is so */
  readonly assertions: readonly AssertionRow[];
  /** what an interrupted run is to end with */
  readonly interrupted: ExitCode | undefined;
  /** why the checkpoint could not be written, if so */
  readonly notKept: UserError | undefined;
}

/** What to estimate beside POWER of every state. */
export interface EstimateScope {
  /** are optimal actions wanted too? */
  readonly decide: boolean;
  /** the states to report; default all */
  readonly states?: readonly string[] | undefined;
  /** reward functions to draw unless the options say it; default 100,000 */
  readonly samples?: number;
  /** what is to be judged from the same samples; default nothing */
  readonly assertions?: readonly Assertion[];
  /** what the run may use; default: no limits */
  readonly limits?: Limits;
  /** ends the run as an interrupt does */
  readonly signal?: AbortSignal;
  /** takes the place of the display of progress */
  readonly onProgress?: (done: number, total: number) => void;
  /** given each exact answer as soon as it is found (ComputeOptions.onExact) */
  readonly onExact?: (mdp: Mdp, frame: ComputedPower, answer: ExactResult) => void;
  /** opens what the run is kept in; default: nothing */
  readonly openStore?: ((mdp: Mdp, reward: RewardSpec) => CheckpointStore) | undefined;
}

/**
 * Reads the model and the reward law and estimates, with progress on standard error.
 * @throws {UserError} bad input or usage; precision, if exact results are asked for
 */
export async function estimateModel(
  path: string,
  options: EstimateValues,
  scope: EstimateScope,
  io: Io,
): Promise<Estimated> {
  return estimateMdp(await loadModel(path, options, io), options, scope, io);
}

/** The same for a model that has been read. */
export async function estimateMdp(
  mdp: Mdp,
  options: EstimateValues,
  scope: EstimateScope,
  io: Io,
): Promise<Estimated> {
  const reward = await rewardOf(mdp, options.reward, io);
  const claims = bindAssertions(mdp, options.gamma, scope.assertions ?? []);
  const plan = planClaims(mdp, rewardSource(reward, mdp, options.seed), claims);
  const threads = await threadsOf(options, io);
  const store = scope.openStore?.(mdp, reward);
  const progress = await startProgress(options.progress, options.quiet, io);
  try {
    let interrupted: ExitCode | undefined;
    const { estimate, assertions } = await withLimits(scope.limits ?? NO_LIMITS, io, async (signal) => {
      const ended = scope.signal === undefined ? signal : AbortSignal.any([signal, scope.signal]);
      const request = {
        method: methodOf(options),
        gammas: options.gamma,
        samples: options.samples ?? scope.samples ?? DEFAULT_SAMPLES,
        seed: options.seed,
        threads,
        confidence: options.confidence,
        simultaneous: options.simultaneous,
        sampler: options.sampler,
        untilWidth: options.untilWidth,
        tolerance: options.tolerance,
        decide: scope.decide,
        batches: hasBatches(mdp, options, scope),
        states: statesNamed(mdp, scope.states),
        onProgress: scope.onProgress ?? progress.update,
        signal: ended,
        keepPartial: true,
        keepsFree: io.isApart,
        onExact: (frame: ComputedPower, answer: ExactResult) => scope.onExact?.(mdp, frame, answer),
        store,
      };
      const partial = await computeAndJudge(mdp, reward, request, plan);
      if (ended.aborted) interrupted = (ended.reason as UserError).exitCode;
      return partial;
    });
    const notKept = store?.close();
    return { mdp, reward, estimate, assertions, interrupted, notKept };
  } catch (error) {
    store?.close();
    throw error;
  } finally {
    progress.stop();
  }
}

/** Results of more rows keep no batches: lists of 32 to 64 numbers, which `mdpower compare` subtracts pair by pair. */
const MOST_BATCHED_ROWS = 1000;

function hasBatches(mdp: Mdp, { gamma }: EstimateValues, { decide, states }: EstimateScope): boolean {
  const reported = statesNamed(mdp, states) ?? mdp.states.map((_, s) => s);
  const choices = reported.reduce((sum, s) => sum + mdp.choicePtr[s + 1]! - mdp.choicePtr[s]!, 0);
  return (reported.length + (decide ? choices : 0)) * gamma.length <= MOST_BATCHED_ROWS;
}

const NO_LIMITS: Limits = { timeout: undefined, maxMemory: undefined };

/** Reward functions drawn where nothing else is said. */
export const DEFAULT_SAMPLES = 100_000;

/** Who asks for a number of samples wants samples. */
export function methodOf({ method, samples }: EstimateValues): 'auto' | 'exact' | 'sampled' {
  return method === 'auto' && samples !== undefined ? 'sampled' : method;
}

/** The numbers of the states that `--state` names, in the order of the model; undefined if it names none: all. */
export function statesNamed(mdp: Mdp, names: readonly string[] | undefined): readonly number[] | undefined {
  if (names === undefined || names.length === 0) return undefined;
  const states = new Set(names.map((name) => stateNamed(mdp, name, '--state')));
  return [...states].sort((a, b) => a - b);
}

/** More threads than this only cost memory. */
const MOST_THREADS = 256;

/** The threads to offer: one per core unless a number is given. The digits do not depend on it. */
export async function threadsOf({ threads, quiet }: EstimateValues, io: Io): Promise<number> {
  if (threads <= MOST_THREADS) return threads === 0 ? io.processors : threads;
  if (!quiet) await say(`note: at most ${MOST_THREADS} threads are used\n`, io);
  return MOST_THREADS;
}

/** The law that `--reward` names, or the model's own, or uniform(0, 1). */
export async function rewardOf(mdp: Mdp, text: string | undefined, io: Io): Promise<RewardSpec> {
  return parseReward((await loadReward(text, io)) ?? mdp.reward ?? 'uniform(0, 1)', mdp.states);
}

function samplesOf(
  { samples }: ComputedPower,
  options: EstimateValues,
): Pick<Parameters, 'samples' | 'mostSamples' | 'sampler'> {
  const asked = options.samples ?? DEFAULT_SAMPLES;
  return { samples, ...(samples < asked ? { mostSamples: asked } : {}), sampler: options.sampler };
}

/** The document of an estimate; rows and findings are added by the command. */
export function estimateDocument(
  command: ResultDocument['command'],
  { mdp, estimate }: Pick<Estimated, 'mdp' | 'estimate'>,
  options: EstimateValues,
): ResultDocument {
  const parameters = {
    reward: estimate.reward,
    gammas: options.gamma.map(({ text }) => text),
    ...(estimate.samples === 0 ? {} : samplesOf(estimate, options)),
    // The check of symmetries draws reward functions even where every number is exact.
    ...(estimate.samples === 0 && command !== 'analyze' ? {} : { seed: String(estimate.seed) }),
    confidence: estimate.confidence,
    simultaneous: estimate.simultaneous,
    tolerance: options.tolerance ?? null,
    method: methodOf(options),
    solvers: estimate.effort.map(({ solver }) => solver),
    ...(estimate.samples === 0 ? {} : { estimator: estimate.estimator }),
    ...(estimate.untilWidth === null ? {} : { untilWidth: estimate.untilWidth }),
    normalizeRows: options.normalizeRows,
  } as const;
  return { ...documentOf(command, mdp, parameters, estimate.notes), complete: estimate.complete };
}
