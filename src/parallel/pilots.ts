import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Discount } from '../number/discount.js';
import {
  type EstimatorLaw,
  type PilotPlan,
  pilotDiscounts,
  planPilots,
  type Sampler,
  usesPilots,
} from '../power/estimator.js';
import type { Pilots } from '../power/pilot.js';
import { type SentModel, sentModel } from './message.js';
import { isOutOfMemory, outOfMemory } from './out-of-memory.js';
import { workerAt } from './worker-url.js';

/** What a thread needs to run pilots. */
export interface PilotStart {
  readonly model: SentModel;
  readonly law: Omit<EstimatorLaw, 'mdp'>;
  readonly sampler: Sampler | 'independent';
  readonly discounts: readonly Discount[];
}

/** Pilots by the text of their gamma. */
export type PilotReply = readonly (readonly [gamma: string, pilots: Pilots])[];

/**
 * Transitions and states of a model from which on a pilot, about a hundred updates for each and each of its samples, takes
 * longer than the start of a thread.
 */
const WORTH_THREAD = 2000;

/**
 * The pilots of a run. Where they are much work they are run at once, on several threads of which this is one; those that
 * the deciding one makes superfluous too. Each depends on its discount alone.
 */
export async function runPilots(
  law: EstimatorLaw,
  sampler: Sampler | 'independent',
  gammas: readonly Discount[],
  threads: number,
  signal: AbortSignal | undefined,
): Promise<PilotPlan | undefined> {
  const discounts = pilotDiscounts(gammas);
  const used = Math.min(threads, discounts.length);
  const { mdp, ...rest } = law;
  const isWorth = mdp.transitionCount + mdp.stateCount >= WORTH_THREAD;
  if (used === 1 || !isWorth || !usesPilots(law, sampler)) return planPilots(law, sampler);
  const shares = Array.from({ length: used }, (_, i) => discounts.filter((_d, k) => k % used === i));
  const model = sentModel(mdp);
  const workers: Worker[] = [];
  try {
    // They load while this thread gets ready for its own pilots.
    for (const share of shares.slice(1)) {
      const workerData: PilotStart = { model, law: rest, sampler, discounts: share };
      workers.push(new Worker(workerAt('pilot-worker'), { workerData }));
    }
    const replies = workers.map(async (worker): Promise<PilotReply> => {
      const [reply] = await once(worker, 'message', { ...(signal && { signal }) });
      return reply as PilotReply;
    });
    const settled = Promise.allSettled(replies);
    const plan = planPilots(law, sampler)!;
    for (const discount of shares[0]!) plan.pilotAt(discount);
    await settled;
    signal?.throwIfAborted();
    const found = new Map((await Promise.all(replies)).flat());
    return { ...plan, pilotAt: (discount) => found.get(discount.text) ?? plan.pilotAt(discount) };
  } catch (error) {
    throw isOutOfMemory(error) ? outOfMemory() : error;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
