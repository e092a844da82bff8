import { ExitCode, internalError, type UserError } from '../../errors.js';
import { fileOperations, removeIfThere } from '../checkpoint/file-operations.js';
import { takeLock } from '../checkpoint/lock.js';
import type { Io } from '../io.js';
import { ioFailure } from '../io-failure.js';
import { type Limits, withLimits } from '../limits.js';
import { say } from '../output.js';
import { startProgress } from '../progress.js';
import {
  type Cell,
  hashOf,
  MANIFEST,
  type Manifest,
  manifestText,
  type Plan,
  readManifest,
} from './manifest.js';
import { checkpointOf, runCell, valuesOfPlan } from './run-cell.js';
import { readSweep, type SweepFolder } from './sweep-document.js';
import { writeOutputs } from './write-outputs.js';

export interface SweepValues extends Limits {
  readonly threads: number;
  readonly quiet: boolean;
  readonly progress: 'auto' | 'always' | 'never';
}

/** How a sweep ended. */
export interface SweepOutcome {
  readonly folder: SweepFolder;
  readonly exitCode: ExitCode;
}

/**
 * Does what is left of a sweep whose manifest is in the folder: cells in their order, each written as a whole and entered in
 * the manifest, then the outputs. Whatever ends it, the folder can be gone on from.
 *
 * @throws {UserError} E_SWEEP: the folder is damaged; E_LOCKED: another run works on it; E_IO
 */
export async function runSweep(path: string, options: SweepValues, io: Io): Promise<SweepOutcome> {
  const unlock = lockFolder(path);
  try {
    await io.removeTemporaries([path, `${path}/cells`, `${path}/models`]);
    const loaded = readManifest(await io.readFile(`${path}/${MANIFEST}`), `${path}/${MANIFEST}`);
    let manifest = await withoutDamaged(path, loaded, options.quiet, io);
    const { plan } = manifest;
    const samples = valuesOfPlan(plan).samples ?? 100_000;
    const total = plan.cells.reduce((sum, cell) => sum + workOf(cell), 0);
    let before = 0;
    let count = Object.keys(manifest.done).length;
    const progress = await startProgress(options.progress, options.quiet, io, 'of the work');
    let ended: ExitCode | undefined;
    try {
      ended = await withLimits(options, io, async (signal): Promise<ExitCode | undefined> => {
        for (const cell of plan.cells) {
          if (manifest.done[cell.id] === undefined) {
            if (signal.aborted) return (signal.reason as UserError).exitCode;
            const onProgress = (done: number): void =>
              progress.update(before + (workOf(cell) * done) / samples, total);
            const threads = options.threads === 0 ? io.processors : options.threads;
            const outcome = await runCell({ path, plan, cell, threads, signal, onProgress }, io);
            if ('interrupted' in outcome) return outcome.interrupted;
            manifest = await finishCell(path, manifest, loaded, cell, outcome.text, io);
            count++;
          }
          before += workOf(cell);
          progress.update(before, total);
        }
        return undefined;
      });
    } catch (error) {
      // A cell that is ended before its first block has no result, and the sweep goes on from there later.
      const { exitCode } = error as Partial<UserError>;
      if (exitCode !== ExitCode.interrupted && exitCode !== ExitCode.terminated && !isLimit(error))
        throw error;
      ended = exitCode!;
    } finally {
      progress.stop();
    }
    if (ended !== undefined) {
      if (!options.quiet)
        await say(`${count} of ${plan.cells.length} cells are done; mdpower resume ${path} goes on\n`, io);
      return { folder: await readSweep(path, io), exitCode: ended };
    }
    manifest = await writeOutputs(await readSweep(path, io), io);
    await io.writeFile(`${path}/${MANIFEST}`, manifestText(manifest));
    const folder = await readSweep(path, io);
    return { folder, exitCode: isAllReached(folder) ? ExitCode.done : ExitCode.undecided };
  } finally {
    unlock();
  }
}

/** A number that grows with the time that a cell takes. */
function workOf({ transitions, states }: Cell): number {
  return transitions + states;
}

/** What a result says that has not all that was asked for. */
const MISSED: readonly string[] = ['W_PRECISION', 'W_NOT_EXACT'];

function isAllReached({ cells }: SweepFolder): boolean {
  return cells.every(({ result }) => result.notes.every(({ code }) => !MISSED.includes(code)));
}

function isLimit(error: unknown): boolean {
  const code = (error as Partial<UserError>).diagnostic?.code;
  return code === 'E_TIMEOUT' || code === 'E_LIMIT_MEMORY';
}

function lockFolder(path: string): () => void {
  try {
    return takeLock(`${path}/run.lock`, `the result folder ${path}`, fileOperations);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw ioFailure('write', path, String(error.code));
    throw error;
  }
}

/** The manifest without the cells whose files are not those that were written: they are computed again. */
async function withoutDamaged(path: string, manifest: Manifest, quiet: boolean, io: Io): Promise<Manifest> {
  const done: Record<string, string> = {};
  for (const { id, file } of manifest.plan.cells) {
    const written = manifest.done[id];
    if (written === undefined) continue;
    const bytes = (await io.exists(`${path}/${file}`)) ? await io.readFile(`${path}/${file}`) : undefined;
    if (bytes !== undefined && hashOf(bytes) === written) done[id] = written;
    else if (!quiet) {
      const what = bytes === undefined ? 'is missing' : 'is damaged';
      await say(`note: the cell ${file} ${what} and is computed again\n`, io);
    }
  }
  const isWhole = Object.keys(done).length === manifest.plan.cells.length;
  return { ...manifest, done, complete: manifest.complete && isWhole };
}

/** Writes a cell and enters it. @throws {UserError} internal: it was done before, with other digits */
async function finishCell(
  path: string,
  manifest: Manifest,
  loaded: Manifest,
  cell: Cell,
  text: string,
  io: Io,
): Promise<Manifest> {
  const before = loaded.done[cell.id];
  const now = hashOf(text);
  if (before !== undefined && before !== now) {
    throw internalError(`the cell ${cell.id} has other digits than when it was first computed`, {
      found: `SHA-256 ${now}`,
      wanted: `SHA-256 ${before}`,
    });
  }
  await io.writeFile(`${path}/${cell.file}`, text);
  const done = { ...manifest.done, [cell.id]: now };
  const inOrder = manifest.plan.cells
    .filter(({ id }) => done[id] !== undefined)
    .map(({ id }) => [id, done[id]!]);
  const next = { ...manifest, done: Object.fromEntries(inOrder) };
  await io.writeFile(`${path}/${MANIFEST}`, manifestText(next));
  for (const end of ['', '.tmp', '.lock']) removeIfThere(checkpointOf(path, cell) + end, fileOperations);
  return next;
}

/** Begins a result folder: models, then the manifest, so that a folder with a manifest is whole. */
export async function beginSweep(
  path: string,
  plan: Plan,
  models: ReadonlyMap<string, string>,
  io: Io,
): Promise<void> {
  for (const folder of [path, `${path}/models`, `${path}/cells`]) await io.makeFolder(folder);
  for (const [file, text] of models) await io.writeFile(`${path}/${file}`, text);
  const manifest: Manifest = { mdpowerSweep: 1, plan, done: {}, outputs: {}, complete: false };
  await io.writeFile(`${path}/${MANIFEST}`, manifestText(manifest));
}
