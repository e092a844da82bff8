import { UserError } from '../../errors.js';
import type { SavedSums, SumsStore } from '../../parallel/sums-store.js';
import { ioFailure } from '../io-failure.js';
import { type Checkpoint, checkpointError, decodeCheckpoint, encodeCheckpoint } from './checkpoint-bytes.js';
import {
  type FileOperations,
  fileOperations,
  readIfThere,
  replaceFile,
  systemCode,
} from './file-operations.js';
import { takeLock } from './lock.js';

/** A checkpoint file that a run is kept in. This process alone writes it until it is closed. */
export interface CheckpointStore extends SumsStore {
  /** Writes what was not written yet and lets others use the file; returns E_IO if it could not be written. */
  close(): UserError | undefined;
}

interface World {
  readonly files?: FileOperations;
  /** milliseconds from some fixed moment */
  readonly now: () => number;
  /** told what a person should know, a sentence at a time */
  readonly notice?: (text: string) => void;
}

/** Files are written when this many milliseconds have passed since the last time … */
const INTERVAL = 1000;
/** … and this many times as many as writing took, so that writing costs a twentieth of the time at most. */
const INTERVAL_OF_WRITING = 20;

/**
 * Opens a checkpoint, or begins one where there is no file. A process that is killed loses what was done since the last time
 * the file was written: the block at work, and whole blocks of one second, or of twenty times what writing takes.
 *
 * @param run what is to be run: a checkpoint of anything else is refused, the number of samples aside
 * @throws {UserError} E_CHECKPOINT: damaged, or of another run; E_LOCKED: in use; E_IO
 */
export function openCheckpoint(
  path: string,
  run: Pick<Checkpoint, 'request' | 'settings'>,
  { files = fileOperations, now, notice = () => {} }: World,
): CheckpointStore {
  const attempt = <T>(verb: 'read' | 'write', work: () => T): T => attempted(verb, path, work);
  const unlock = attempt('write', () => takeLock(`${path}.lock`, `the checkpoint ${path}`, files));
  try {
    const bytes = attempt('read', () => readIfThere(path, files));
    const stages = new Map<string, SavedSums>();
    if (bytes !== undefined) {
      const found = decodeCheckpoint(bytes, path);
      checkSettings(path, found.settings, run.settings);
      for (const [stage, saved] of Object.entries(found.stages)) stages.set(stage, saved);
    }
    let isWritten = true;
    let due = Number.NEGATIVE_INFINITY;
    let failure: UserError | undefined;
    const write = (): void => {
      const began = now();
      const content = encodeCheckpoint({ ...run, stages: Object.fromEntries(stages) });
      try {
        attempt('write', () => replaceFile(path, `${path}.tmp`, content, files));
        isWritten = true;
        failure = undefined;
      } catch (error) {
        // The run goes on: there may be space again later, and its result does not need the checkpoint.
        failure = error as UserError;
      }
      const ended = now();
      due = ended + Math.max(INTERVAL, INTERVAL_OF_WRITING * (ended - began));
    };
    return {
      load: (stage) => stages.get(stage),
      discard: (stage, why) => {
        for (const name of stages.keys()) {
          if (name === stage || name.startsWith(`${stage}: `)) stages.delete(name);
        }
        notice(`the samples of ${path} are drawn anew: ${why}`);
      },
      save: (stage, saved) => {
        stages.set(stage, saved);
        isWritten = false;
        if (now() >= due) write();
      },
      close: () => {
        if (!isWritten) write();
        try {
          attempt('write', unlock);
        } catch (error) {
          failure ??= error as UserError;
        }
        return failure;
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** What a checkpoint file holds. @throws {UserError} E_CHECKPOINT: damaged; E_IO */
export function readCheckpoint(path: string): Checkpoint {
  return decodeCheckpoint(
    attempted('read', path, () => fileOperations.read(path)),
    path,
  );
}

function attempted<T>(verb: 'read' | 'write', path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UserError ? error : ioFailure(verb, path, systemCode(error));
  }
}

/** The setting that may differ: what is saved is the beginning of a run of more samples, or is looked at by it. */
const NUMBER = 'samples';

/** Refuses a checkpoint of another run, by the first setting that differs. */
function checkSettings(path: string, found: Checkpoint['settings'], wanted: Checkpoint['settings']): void {
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    if (found[name] === wanted[name] || name === NUMBER) continue;
    throw checkpointError(path, `this checkpoint is of another run: its ${name} differs`, {
      found: found[name] ?? 'nothing',
      wanted: wanted[name] ?? 'nothing',
      hint: 'name another file, or remove this one to begin anew',
    });
  }
}
