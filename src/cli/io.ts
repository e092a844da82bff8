import { availableParallelism } from 'node:os';
import type { Writable } from 'node:stream';
import { ExitCode, UserError } from '../errors.js';
import { closedAtStart } from './closed-stream.js';
import { type FileAccess, files } from './files.js';
import { ioFailure } from './io-failure.js';
import { readStream } from './read-file.js';

/** The world outside, as a value: a test passes another one. */
export interface Io extends FileAccess {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** cores that threads can use */
  readonly processors: number;
  /** All of standard input. @throws {UserError} E_IO, E_LIMIT_SIZE */
  readStdin(): Promise<Uint8Array>;
  /** Runs work that an interrupt (SIGINT, SIGTERM) ends; the reason of the signal is a UserError with the exit code. */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** milliseconds from some fixed moment */
  now(): number;
  /** bytes of memory that this process holds, threads included */
  memoryUsed(): number;
}

export interface Output {
  /** Resolves when the text has left the process. @throws {UserError} E_IO: full device, closed stream, reader gone */
  write(text: string): Promise<void>;
  readonly stream: Writable;
  readonly isTTY: boolean;
  /** width of the terminal; undefined where there is none */
  readonly columns: number | undefined;
}

/**
 * The real world: this process, its streams and its files.
 * @public called by bin/mdpower.js
 */
export function processIo(): Io {
  return {
    ...files,
    stdout: output(process.stdout, 1, 'standard output'),
    stderr: output(process.stderr, 2, 'standard error'),
    env: process.env,
    processors: availableParallelism(),
    readStdin: async () => {
      if (closedAtStart(0)) throw ioFailure('read', 'standard input', 'EBADF');
      return readStream(process.stdin, 'standard input');
    },
    interruptible,
    now: () => performance.now(),
    memoryUsed: () => process.memoryUsage.rss(),
  };
}

/**
 * The handlers stand only while the work does: it lets events through between its parts, and without a handler an interrupt
 * ends the process at once. A second interrupt does so too.
 */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const on = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;
  const remove: (() => void)[] = [];
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const handler = (): void => controller.abort(interruption(on[name]));
    process.once(name, handler);
    remove.push(() => process.removeListener(name, handler));
  }
  try {
    return await work(controller.signal);
  } finally {
    for (const one of remove) one();
  }
}

/** What a run that was interrupted before anything was finished ends with. */
function interruption(exitCode: typeof ExitCode.interrupted | typeof ExitCode.terminated): UserError {
  const message = 'the run was interrupted before any reward function was finished';
  return new UserError(exitCode, { code: 'E_INTERRUPTED', message });
}

function output(stream: NodeJS.WriteStream, descriptor: number, name: string): Output {
  // Without a listener a failed write would end the process with a stack trace; `write` reports it instead.
  stream.on('error', () => {});
  return {
    stream,
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (closedAtStart(descriptor)) reject(ioFailure('write to', name, 'EBADF'));
        else {
          stream.write(text, (error) =>
            error ? reject(ioFailure('write to', name, (error as NodeJS.ErrnoException).code)) : resolve(),
          );
        }
      }),
  };
}
