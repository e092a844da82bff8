import { precisionError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { estimatePower } from '../parallel/estimate-power.js';
import type { PowerEstimate } from '../power/result.js';
import type { ResultDocument } from '../report/document.js';
import { parseReward } from '../rewards/parse-reward.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { Io } from './io.js';
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
  readonly estimate: PowerEstimate;
}

/** What to estimate beside POWER of every state. */
export interface EstimateScope {
  /** are optimal actions wanted too? */
  readonly decide: boolean;
  /** the state to report; default all */
  readonly state?: string | undefined;
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
  if (options.method === 'exact') {
    throw precisionError('exact results cannot be computed by this version', {
      hint: 'leave out --method exact; sampled results carry their error',
    });
  }
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const threads = await threadsOf(options, io);
  const progress = await startProgress(options.progress, options.quiet, io);
  try {
    const estimate = await estimatePower(mdp, reward, {
      gammas: options.gamma,
      samples: options.samples,
      seed: options.seed,
      threads,
      confidence: options.confidence,
      simultaneous: options.simultaneous,
      sampler: options.sampler,
      untilWidth: options.untilWidth,
      tolerance: options.tolerance,
      decide: scope.decide,
      states: scope.state === undefined ? undefined : [stateNamed(mdp, scope.state, '--state')],
      onProgress: progress.update,
    });
    return { mdp, reward, estimate };
  } finally {
    progress.stop();
  }
}

/** More threads than this only cost memory. */
const MOST_THREADS = 256;

/** The threads to offer: one per core unless a number is given. The digits do not depend on it. */
async function threadsOf({ threads, quiet }: EstimateValues, io: Io): Promise<number> {
  if (threads <= MOST_THREADS) return threads === 0 ? io.processors : threads;
  if (!quiet) await say(`note: at most ${MOST_THREADS} threads are used\n`, io);
  return MOST_THREADS;
}

/** The law that `--reward` names, or the model's own, or uniform(0, 1). */
export async function rewardOf(mdp: Mdp, text: string | undefined, io: Io): Promise<RewardSpec> {
  return parseReward((await loadReward(text, io)) ?? mdp.reward ?? 'uniform(0, 1)', mdp.states);
}

/** The document of an estimate; rows and findings are added by the command. */
export function estimateDocument(
  command: ResultDocument['command'],
  { mdp, estimate }: Estimated,
  options: EstimateValues,
): ResultDocument {
  const parameters = {
    reward: estimate.reward,
    gammas: options.gamma.map(({ text }) => text),
    samples: estimate.samples,
    seed: String(estimate.seed),
    confidence: estimate.confidence,
    simultaneous: estimate.simultaneous,
    tolerance: options.tolerance ?? null,
    method: 'sampled',
    estimator: estimate.estimator,
    untilWidth: estimate.untilWidth,
    normalizeRows: options.normalizeRows,
  } as const;
  return documentOf(command, mdp, parameters, estimate.notes);
}
