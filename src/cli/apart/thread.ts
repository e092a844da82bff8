import { availableParallelism } from 'node:os';
import { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../errors.js';
import { files } from '../files.js';
import type { Io, Output } from '../io.js';
import { main } from '../main.js';
import { temporaries } from '../temporaries.js';
import type { FromThread, ThreadStart, Told, ToThread } from './messages.js';

/** The thread that supervise.ts starts: runs a command, and leaves streams and interrupts to the main thread. */
async function serve(port: NonNullable<typeof parentPort>, { argv, terminal }: ThreadStart): Promise<void> {
  const tell = (message: FromThread): void => port.postMessage(message);
  const open = new Map<number, (reply: Extract<ToThread, { kind: 'done' }>) => void>();
  const interruptible = new Set<AbortController>();
  let questions = 0;
  port.on('message', (message: ToThread) => {
    if (message.kind === 'abort') {
      tell({ kind: 'heard', endsItself: interruptible.size > 0 });
      for (const controller of interruptible) controller.abort(errorOf(message.reason));
      return;
    }
    open.get(message.id)?.(message);
    open.delete(message.id);
  });
  const ask = (question: (id: number) => FromThread): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const id = questions++;
      open.set(id, ({ error, bytes }) =>
        error === undefined ? resolve(bytes ?? new Uint8Array(0)) : reject(errorOf(error)),
      );
      tell(question(id));
    });
  const output = (to: 'stdout' | 'stderr'): Output => ({
    ...terminal[to],
    stream: Object.assign(drawing(tell), terminal[to]),
    write: async (text) => {
      await ask((id) => ({ kind: 'write', id, to, text }));
    },
  });
  temporaries.watch = (path, isThere) => tell({ kind: 'temporary', path, isThere });
  const io: Io = {
    ...files,
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: process.env,
    processors: availableParallelism(),
    readStdin: () => ask((id) => ({ kind: 'read', id })),
    interruptible: async (work) => {
      const controller = new AbortController();
      interruptible.add(controller);
      try {
        return await work(controller.signal);
      } finally {
        interruptible.delete(controller);
      }
    },
    isApart: true,
    runApart: undefined,
    keep: (kept) => tell({ kind: 'keep', kept }),
    now: () => performance.now(),
    memoryUsed: () => process.memoryUsage.rss(),
  };
  tell({ kind: 'end', exitCode: await main(argv, io) });
  port.close();
}

/** What a display of progress draws on. */
function drawing(tell: (message: FromThread) => void): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      tell({ kind: 'draw', text: String(chunk) });
      done();
    },
  });
}

function errorOf({ exitCode, diagnostic }: Told): UserError {
  return new UserError(exitCode, diagnostic);
}

if (parentPort !== null) await serve(parentPort, workerData as ThreadStart);
