import { availableParallelism } from 'node:os';
import type { Writable } from 'node:stream';
import type { ExitCode } from '../errors.js';
import type { OptimalityRow, PowerRow } from '../power/result.js';
import type { ResultDocument } from '../report/document.js';
import { closedAtStart } from './closed-stream.js';
import { type FileAccess, files } from './files.js';
import { onInterrupt } from './interrupts.js';
import { ioFailure } from './io-failure.js';
import type { Limits } from './limits.js';
import type { Destination, OutputOptions } from './output.js';
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
  /** true: this is the thread of a command, and the main thread sees its interrupts and limits */
  readonly isApart: boolean;
  /** Runs a command line on a thread of its own, so that interrupts and limits are seen whatever it is at; undefined there. */
  readonly runApart: ((argv: readonly string[], limits: Limits) => Promise<ExitCode>) | undefined;
  /** Says what is to be written if the command is ended while it is busy; nobody listens where it is not apart. */
  keep(kept: Kept): void;
  /** milliseconds from some fixed moment */
  now(): number;
  /** bytes of memory that this process holds, threads included */
  memoryUsed(): number;
}

/** A result that is complete so far, and where it goes. */
export interface KeptResult {
  readonly document: ResultDocument;
  /** for the note: `these are …` */
  readonly what: string;
  readonly to: readonly Destination[];
  readonly options: OutputOptions;
}

/** A result in place of the one before, rows to be added to its tables, or that all is computed and nothing is to be kept. */
export type Kept =
  | KeptResult
  | { readonly power: readonly PowerRow[]; readonly optimality: readonly OptimalityRow[] }
  | 'settled';

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
  const io: Io = {
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
    isApart: false,
    runApart: async (argv, limits) => {
      const { runApart } = await import('./apart/supervise.js');
      return runApart(argv, limits, io);
    },
    keep: () => {},
    now: () => performance.now(),
    memoryUsed: () => process.memoryUsage.rss(),
  };
  return io;
}

/**
 * The handlers stand only while the work does: it lets events through between its parts, and without a handler an interrupt
 * ends the process at once.
 */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stopListening = onInterrupt((reason) => controller.abort(reason));
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
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
