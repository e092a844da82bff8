import { setTimeout as passed } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ExitCode, UserError } from '../../errors.js';
import { interruptedNote } from '../../parallel/interrupted-note.js';
import { isOutOfMemory, outOfMemory } from '../../parallel/out-of-memory.js';
import { reportFailure } from '../failure.js';
import { endAtOnce, onInterrupt } from '../interrupts.js';
import type { Io, Kept, KeptResult } from '../io.js';
import { type Limits, watchLimits } from '../limits.js';
import { temporaries } from '../temporaries.js';
import { type FromThread, type ThreadStart, type ToThread, told } from './messages.js';

/** A thread that is to end has so many milliseconds to hear it; one that is busy does not. */
const HEARING = 500;
/** A thread ends within so many milliseconds, unless it is inside a long call of the engine. */
const ENDING = 300;

/**
 * Runs a command line on a thread of its own. This one does nothing but move text, so that it sees interrupts and limits
 * whatever the command is at: one that hears of them ends by itself with what is done; of one that is busy what it has left
 * (`Io.keep`) is written here.
 */
export async function runApart(argv: readonly string[], limits: Limits, io: Io): Promise<ExitCode> {
  const { stdout, stderr } = io;
  const terminal = {
    stdout: { isTTY: stdout.isTTY, columns: stdout.columns },
    stderr: { isTTY: stderr.isTTY, columns: stderr.columns },
  };
  const thread = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: { argv, terminal } satisfies ThreadStart,
  });
  const reply = (message: ToThread): void => thread.postMessage(message);
  const answer = async (id: number, work: Promise<unknown>): Promise<void> => {
    try {
      const bytes = await work;
      reply({ kind: 'done', id, ...(bytes instanceof Uint8Array && { bytes }) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      reply({ kind: 'done', id, error: told(error) });
    }
  };

  let left: KeptResult | undefined;
  let isSettled = false;
  let hasDrawn = false;
  let reason: UserError | undefined;
  let unwatch = (): void => {};
  let hearing: NodeJS.Timeout | undefined;
  let giveUp = (_exitCode: Promise<ExitCode>): void => {};
  const abandon = async (): Promise<ExitCode> => {
    const ended = thread.terminate();
    await Promise.race([ended, passed(ENDING, undefined, { ref: false })]);
    temporaries.removeAll();
    if (hasDrawn && stderr.isTTY) await stderr.write('\r\u001b[K').catch(() => {});
    if (left !== undefined) return writeLeft(left, reason!, argv, io);
    return reportFailure(isSettled ? whileWriting(reason!) : reason, argv, io);
  };
  const end = (why: UserError): void => {
    if (reason !== undefined) return;
    reason = why;
    reply({ kind: 'abort', reason: told(why) });
    hearing = setTimeout(() => giveUp(abandon()), HEARING);
  };
  const stopListening = onInterrupt(end);
  try {
    const exitCode = await new Promise<ExitCode>((resolve, reject) => {
      giveUp = (exitCode) => exitCode.then(resolve, reject);
      thread.on('message', (message: FromThread) => {
        switch (message.kind) {
          case 'write':
            answer(message.id, io[message.to].write(message.text)).catch(reject);
            break;
          case 'read':
            answer(message.id, io.readStdin()).catch(reject);
            break;
          case 'draw':
            hasDrawn = true;
            stderr.stream.write(message.text);
            break;
          case 'keep':
            isSettled ||= message.kept === 'settled';
            if (isSettled) unwatch();
            left = keptAfter(left, message.kept);
            break;
          case 'temporary':
            temporaries.note(message.path, message.isThere);
            break;
          case 'heard':
            clearTimeout(hearing);
            if (!message.endsItself) giveUp(abandon());
            break;
          case 'end':
            resolve(message.exitCode);
        }
      });
      thread.on('error', (error) => {
        giveUp(reportFailure(isOutOfMemory(error) ? outOfMemory() : error, argv, io));
      });
      unwatch = watchLimits(limits, io, end);
    });
    const hasEnded = thread.terminate().then(() => true);
    const isOver = await Promise.race([hasEnded, passed(ENDING, false, { ref: false })]);
    temporaries.removeAll();
    if (!isOver && isInterrupt(exitCode)) endAtOnce(exitCode);
    await hasEnded;
    return exitCode;
  } finally {
    unwatch();
    clearTimeout(hearing);
    stopListening();
  }
}

function isInterrupt(exitCode: ExitCode): boolean {
  return exitCode === ExitCode.interrupted || exitCode === ExitCode.terminated;
}

function keptAfter(before: KeptResult | undefined, kept: Kept): KeptResult | undefined {
  if (kept === 'settled') return undefined;
  if ('document' in kept) return kept;
  if (before === undefined) return undefined;
  const { document } = before;
  const { power, optimality } = document;
  return {
    ...before,
    document: {
      ...document,
      ...(power && { power: [...power, ...kept.power] }),
      ...(optimality && { optimality: [...optimality, ...kept.optimality] }),
    },
  };
}

function whileWriting({ exitCode, diagnostic }: UserError): UserError {
  return new UserError(exitCode, {
    ...diagnostic,
    message: 'the run was interrupted while its result was written',
  });
}

/** Writes what is left of a command in place of its result. */
async function writeLeft(
  { document, what, to, options }: KeptResult,
  reason: UserError,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const { code, message } = interruptedNote(what, reason);
  try {
    const { writeResult } = await import('../output.js');
    const notes = [...document.notes, { code, message }];
    await writeResult({ ...document, complete: false, notes }, to, options, io);
    return reason.exitCode;
  } catch (error) {
    return reportFailure(error, argv, io);
  }
}
