import { PassThrough } from 'node:stream';
import { files } from '../../src/cli/files.js';
import type { Io, Output } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import type { UserError } from '../../src/errors.js';

interface World {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** what writing to standard output fails with */
  readonly stdoutError?: UserError;
  /** what interrupts a run */
  readonly signal?: AbortSignal;
  /** bytes of memory */
  readonly memoryUsed?: number;
  /** called with the number of each file that is written, from 0, before it is */
  readonly beforeWrite?: (file: number) => void;
  /** what reading a file fails with */
  readonly readError?: unknown;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, on real files, with streams that are remembered. */
export async function run(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    stream: new PassThrough().on('data', (chunk) => {
      written[name] += String(chunk);
    }),
    isTTY: world.isTTY ?? false,
    columns: world.columns,
    write: async (text) => {
      if (name === 'stdout' && world.stdoutError !== undefined) throw world.stdoutError;
      written[name] += text;
    },
  });
  let writes = 0;
  const io: Io = {
    ...files,
    readFile: async (path) => {
      if (world.readError !== undefined) throw world.readError;
      return files.readFile(path);
    },
    writeFile: async (path, content) => {
      world.beforeWrite?.(writes++);
      await files.writeFile(path, content);
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: world.env ?? {},
    processors: 2,
    readStdin: async () => Buffer.from(world.stdin ?? ''),
    interruptible: (work) => work(world.signal ?? new AbortController().signal),
    isApart: false,
    runApart: undefined,
    keep: () => {},
    now: () => 0,
    memoryUsed: () => world.memoryUsed ?? 0,
  };
  const code = await main(argv, io);
  return { code, ...written };
}
