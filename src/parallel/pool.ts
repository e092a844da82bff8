import { Worker } from 'node:worker_threads';
import { ExitCode, UserError } from '../errors.js';
import type { BlockSums } from '../power/block.js';
import { blockRange, type SamplePlan } from '../power/plan.js';
import type { BlockReply, BlockRequest, WorkerStart } from './message.js';
import { isOutOfMemory, outOfMemory } from './out-of-memory.js';
import { workerAt } from './worker-url.js';

/** Blocks a worker holds at a time: the next one waits in its queue while it solves. */
const blocksInHand = 2;
/** Finished blocks that may wait for an earlier one, for each worker. */
const blocksWaiting = 8;

/** How a worker thread is started. */
export interface WorkerKind {
  readonly url: URL;
  /** megabytes of its heap; the engine's own limit if absent */
  readonly heap?: number;
}

/**
 * Solves the blocks from … plan.blocks−1 on worker threads and hands their sums to `onBlock` in the order of the blocks,
 * whatever order they are finished in. Blocks are handed out one by one, so that slow ones do not hold up a thread's share.
 *
 * @param signal  ends the workers and rejects with its reason
 * @throws {UserError} the one that a worker met; any other error of a worker is thrown with its message and stack
 */
export async function runOnWorkers(
  start: WorkerStart,
  plan: SamplePlan,
  from: number,
  threads: number,
  onBlock: (sums: readonly BlockSums[]) => void,
  signal: AbortSignal | undefined,
  kind: WorkerKind = { url: workerAt('worker') },
): Promise<void> {
  signal?.throwIfAborted();
  const workers: Worker[] = [];
  const inHand = new Map<Worker, number>();
  const waiting = new Map<number, readonly BlockSums[]>();
  let merged = from;
  let next = from;
  let hasEnded = false;

  const handOut = (): void => {
    for (let depth = 1; depth <= blocksInHand; depth++) {
      for (const worker of workers) {
        if (next >= plan.blocks || next >= merged + threads * blocksWaiting) return;
        if ((inHand.get(worker) ?? 0) >= depth) continue;
        inHand.set(worker, (inHand.get(worker) ?? 0) + 1);
        worker.postMessage({ block: next, ...blockRange(plan, next) } satisfies BlockRequest);
        next++;
      }
    }
  };
  const mergeWaiting = (): void => {
    for (let sums = waiting.get(merged); sums !== undefined && !hasEnded; sums = waiting.get(merged)) {
      waiting.delete(merged);
      merged++;
      onBlock(sums);
    }
  };

  const listening = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: unknown): void => {
        hasEnded = true;
        reject(reason);
      };
      signal?.addEventListener('abort', () => fail(signal.reason), { signal: listening.signal });
      const onReply = (worker: Worker, reply: BlockReply): void => {
        if (!('sums' in reply)) {
          fail(errorOfReply(reply));
          return;
        }
        inHand.set(worker, (inHand.get(worker) ?? 0) - 1);
        waiting.set(reply.block, reply.sums);
        mergeWaiting();
        if (merged === plan.blocks) resolve();
        else handOut();
      };
      for (let i = 0; i < threads; i++) {
        const worker = new Worker(kind.url, {
          workerData: start,
          ...(kind.heap !== undefined && { resourceLimits: { maxOldGenerationSizeMb: kind.heap } }),
        });
        workers.push(worker);
        worker.on('message', (reply: BlockReply) => {
          // What a callback throws belongs to the caller of this function.
          try {
            onReply(worker, reply);
          } catch (error) {
            fail(error);
          }
        });
        worker.on('error', (error) => fail(isOutOfMemory(error) ? outOfMemory() : error));
        worker.on('exit', (code) => fail(endedEarly(code)));
      }
      handOut();
    });
  } finally {
    listening.abort();
    const ended = Promise.all(workers.map((worker) => worker.terminate()));
    // A worker ends when it leaves the kernel, which may take long: a run that is to end does not wait for it.
    if (!signal?.aborted) await ended;
  }
}

function endedEarly(code: number): UserError {
  return new UserError(ExitCode.io, {
    code: 'E_WORKER',
    message: 'a worker thread has ended before its work was done',
    found: `exit code ${code}`,
    hint: '--threads 1 does without; with --checkpoint, mdpower resume goes on',
  });
}

function errorOfReply(reply: Exclude<BlockReply, { readonly sums: unknown }>): Error {
  if ('userError' in reply) return new UserError(reply.userError.exitCode, reply.userError.diagnostic);
  const error = new Error(reply.bug.message);
  error.stack = reply.bug.stack;
  return error;
}
