import { ExitCode, UserError } from '../errors.js';

/** Whether an error says that there is no more memory, for the heap of a thread or for its arrays. */
export function isOutOfMemory(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    code === 'ERR_WORKER_OUT_OF_MEMORY' || (error instanceof RangeError && /allocation failed/i.test(message))
  );
}

/** What the user is told of it. */
export function outOfMemory(): UserError {
  return new UserError(ExitCode.io, {
    code: 'E_MEMORY',
    message: 'there is not enough memory',
    hint: 'use fewer --threads; with --checkpoint, mdpower resume goes on from what was done',
  });
}
