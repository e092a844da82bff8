import { ExitCode, UserError } from '../errors.js';
import { formatDuration } from '../report/format.js';
import type { Io } from './io.js';

/** What a run may use at most; undefined: no limit. */
export interface Limits {
  /** milliseconds */
  readonly timeout: number | undefined;
  /** bytes of memory that the whole process holds */
  readonly maxMemory: number | undefined;
}

/** Memory is looked at as often, in milliseconds. */
const LOOK_INTERVAL = 50;

/**
 * Runs work that an interrupt or a limit ends: its signal is aborted, with a UserError that has the exit code as reason.
 * Limits are seen when the work lets events through; those of a command on a thread of its own are watched from outside.
 */
export function withLimits<T>(limits: Limits, io: Io, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (io.isApart) return io.interruptible(work);
  return io.interruptible(async (interrupt) => {
    const controller = new AbortController();
    const unwatch = watchLimits(limits, io, (reason) => controller.abort(reason));
    try {
      return await work(AbortSignal.any([interrupt, controller.signal]));
    } finally {
      unwatch();
    }
  });
}

/** Tells `end` of the first limit that is reached. @returns what stops watching */
export function watchLimits(
  { timeout, maxMemory }: Limits,
  io: Pick<Io, 'memoryUsed'>,
  end: (reason: UserError) => void,
): () => void {
  const timers: NodeJS.Timeout[] = [];
  if (timeout !== undefined) timers.push(setTimeout(() => end(timeIsUp(timeout)), timeout));
  if (maxMemory !== undefined) {
    const look = (): void => {
      const used = io.memoryUsed();
      if (used > maxMemory) end(memoryIsUsed(used, maxMemory));
    };
    look();
    timers.push(setInterval(look, LOOK_INTERVAL));
  }
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function timeIsUp(timeout: number): UserError {
  return new UserError(ExitCode.undecided, {
    code: 'E_TIMEOUT',
    message: 'the time limit was reached before any reward function was finished',
    wanted: `--timeout ${formatDuration(timeout)}`,
    hint: 'give it more time',
  });
}

function memoryIsUsed(used: number, maxMemory: number): UserError {
  return new UserError(ExitCode.undecided, {
    code: 'E_LIMIT_MEMORY',
    message: 'the memory limit was reached before any reward function was finished',
    found: megabytes(used),
    wanted: `at most ${megabytes(maxMemory)} (--max-memory)`,
    hint: 'allow more, or use fewer --threads',
  });
}

/** `512 MB`, in millions of bytes. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
