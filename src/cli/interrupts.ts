import { ExitCode, UserError } from '../errors.js';
import { temporaries } from './temporaries.js';

const SIGNALS = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;

/**
 * Has the first interrupt (SIGINT, SIGTERM) told to `end`; the second one ends the process at once. Without anybody to be
 * told, an interrupt ends the process as the system does.
 *
 * @returns what stops listening
 */
export function onInterrupt(end: (reason: UserError) => void): () => void {
  let isTold = false;
  const handlers = (['SIGINT', 'SIGTERM'] as const).map((name) => {
    const handler = (): void => {
      if (isTold) endAtOnce(SIGNALS[name]);
      isTold = true;
      end(interruption(SIGNALS[name]));
    };
    process.on(name, handler);
    return () => process.removeListener(name, handler);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}

/**
 * Ends the process as the system does on an interrupt, which shells report as exit code 130 or 143: `process.exit` would
 * wait for threads, and they may be inside a call that takes long.
 */
export function endAtOnce(exitCode: ExitCode): void {
  temporaries.removeAll();
  const name = exitCode === ExitCode.terminated ? 'SIGTERM' : 'SIGINT';
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}

/** What a run that was interrupted before anything was finished ends with. */
function interruption(exitCode: typeof ExitCode.interrupted | typeof ExitCode.terminated): UserError {
  const message = 'the run was interrupted before any reward function was finished';
  return new UserError(exitCode, { code: 'E_INTERRUPTED', message });
}
