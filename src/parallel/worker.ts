import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { blockSolver } from '../power/block.js';
import { type BlockReply, type BlockRequest, jobOfStart, type WorkerStart } from './message.js';
import { isOutOfMemory, outOfMemory } from './out-of-memory.js';

/** The thread that pool.ts starts: solves the blocks it is asked for, one after the other. */
function serve(port: NonNullable<typeof parentPort>, start: WorkerStart): void {
  const guarded = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      port.postMessage(failure(error));
      return undefined;
    }
  };
  const solve = guarded(() => blockSolver(jobOfStart(start)));
  port.on('message', ({ block, first, count }: BlockRequest) => {
    const sums = guarded(() => solve?.(first, count));
    if (sums !== undefined) port.postMessage({ block, sums } satisfies BlockReply);
  });
}

function failure(thrown: unknown): BlockReply {
  const error = isOutOfMemory(thrown) ? outOfMemory() : thrown;
  if (error instanceof UserError) {
    return { userError: { exitCode: error.exitCode, diagnostic: error.diagnostic } };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { bug: { message, stack: stack ?? '' } };
}

if (parentPort !== null) serve(parentPort, workerData as WorkerStart);
