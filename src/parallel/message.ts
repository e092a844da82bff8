import type { Diagnostic, ExitCode } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { exactProbabilities, type Quotients, quotientsOf } from '../mdp/quotients.js';
import type { Discount } from '../number/discount.js';
import { type Rational, rational } from '../number/rational.js';
import type { BlockSums } from '../power/block.js';
import type { SampleJob } from '../power/solved-samples.js';
import type { Points } from '../rewards/points.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';

/** What solving does without; names of actions and places would be copied for each worker. */
type NotSent = 'reward' | 'notes' | 'actions' | 'labels' | 'layout' | 'exact';

/** A model as workers are sent it. Typed arrays on shared memory are shared, not copied. */
export interface SentModel {
  readonly mdp: Omit<Mdp, NotSent>;
  readonly probabilities: { readonly quotients: Quotients; readonly index: Int32Array };
}

/** What a worker needs to solve any block of a run. */
export interface WorkerStart extends SentModel {
  readonly reward: RewardSpec;
  readonly seed: bigint;
  readonly points: Points;
  readonly job: Omit<SampleJob, 'mdp' | 'source' | 'plainSource'>;
}

/** Asks for the sums of the samples first … first+count−1. */
export interface BlockRequest {
  readonly block: number;
  readonly first: number;
  readonly count: number;
}

/** The sums of a block, one entry a gamma; or why there are none. */
export type BlockReply =
  | { readonly block: number; readonly sums: readonly BlockSums[] }
  | { readonly userError: { readonly exitCode: ExitCode; readonly diagnostic: Diagnostic } }
  | { readonly bug: { readonly message: string; readonly stack: string } };

/** What a worker is sent at its start, fit for the structured clone. */
export function workerStart(
  { mdp, source: _, plainSource: __, ...job }: SampleJob,
  reward: RewardSpec,
  seed: bigint,
  points: Points,
): WorkerStart {
  return { ...sentModel(mdp), reward, seed, points, job };
}

/** A model without what solving does without. */
export function sentModel(mdp: Mdp): SentModel {
  const { reward: _r, notes: _n, actions: _a, labels: _b, layout: _y, exact, ...model } = mdp;
  return { mdp: model, probabilities: { quotients: quotientsOf(exact), index: exact.index } };
}

/** The model that a worker was sent. */
export function modelOf({ mdp, probabilities }: SentModel): Mdp {
  return {
    ...mdp,
    exact: exactProbabilities(probabilities.quotients, probabilities.index),
    actions: [],
    labels: new Map(),
    layout: [],
    notes: [],
  };
}

/** The job that a worker was sent. */
export function jobOfStart({ mdp, probabilities, reward, seed, points, job }: WorkerStart): SampleJob {
  const model = modelOf({ mdp, probabilities });
  return {
    ...job,
    mdp: model,
    source: rewardSource(reward, model, seed, points),
    plainSource: rewardSource(reward, model, seed),
    gammas: job.gammas.map((gamma) => ({ ...gamma, discount: revivedDiscount(gamma.discount) })),
  };
}

/** A discount that went through the structured clone. */
export function revivedDiscount(discount: Discount): Discount {
  return { ...discount, exact: revived(discount.exact) };
}

/** A rational that went through the structured clone, which keeps its numbers and loses its methods. */
function revived({ s, n, d }: Pick<Rational, 's' | 'n' | 'd'>): Rational {
  return rational(s * n, d);
}
