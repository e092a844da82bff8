import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The calls of the system that checkpoints are kept by. A test passes others, which fail or die at any of them. */
export interface FileOperations {
  open(path: string, flags: 'r' | 'wx'): number;
  /** returns the bytes written, at least one */
  write(descriptor: number, bytes: Uint8Array): number;
  sync(descriptor: number): void;
  close(descriptor: number): void;
  rename(from: string, to: string): void;
  /** gives a file a second name, unless something has that name */
  link(from: string, to: string): void;
  remove(path: string): void;
  read(path: string): Uint8Array;
  /** milliseconds since 1970 at which the file was last written */
  modified(path: string): number;
}

/** The real system. Calls wait: a few milliseconds between blocks, and what is saved is what was meant. */
export const fileOperations: FileOperations = {
  open: (path, flags) => openSync(path, flags),
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  link: linkSync,
  remove: unlinkSync,
  read: (path) => {
    // A device or pipe would be read for ever.
    if (!statSync(path).isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTSUP' });
    return readFileSync(path);
  },
  modified: (path) => statSync(path).mtimeMs,
};

/** The name that the system gives an error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** The bytes of a file, or undefined if there is none. */
export function readIfThere(path: string, files: FileOperations): Uint8Array | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Replaces a file as a whole: whatever happens in between, the old bytes or the new are there, and the new ones have
 * reached the disk when this returns.
 *
 * @param temporary path in the same folder that nobody else writes
 */
export function replaceFile(
  path: string,
  temporary: string,
  pieces: readonly Uint8Array[],
  files: FileOperations,
): void {
  removeIfThere(temporary, files);
  const descriptor = files.open(temporary, 'wx');
  try {
    for (const stretch of stretches(pieces)) writeWhole(descriptor, stretch, files);
    files.sync(descriptor);
  } finally {
    files.close(descriptor);
  }
  files.rename(temporary, path);
  syncFolder(dirname(path), files);
}

/** Makes a new name last, where the system can do that for a folder. */
function syncFolder(path: string, files: FileOperations): void {
  let descriptor: number;
  try {
    descriptor = files.open(path, 'r');
  } catch {
    return;
  }
  try {
    files.sync(descriptor);
  } catch {
    // The file itself has reached the disk.
  } finally {
    files.close(descriptor);
  }
}

/** Pieces of fewer bytes are put together before they are written. */
const SMALL = 1 << 16;

/** The same bytes in fewer pieces: many small ones would be as many calls of the system. */
function* stretches(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (size + piece.length > SMALL && size > 0) {
      yield Buffer.concat(gathered);
      gathered = [];
      size = 0;
    }
    if (piece.length > SMALL) yield piece;
    else {
      gathered.push(piece);
      size += piece.length;
    }
  }
  if (size > 0) yield Buffer.concat(gathered);
}

/** Writes all bytes, however many calls it takes. */
export function writeWhole(descriptor: number, bytes: Uint8Array, files: FileOperations): void {
  for (let at = 0; at < bytes.length; ) at += files.write(descriptor, bytes.subarray(at));
}

/** Removes a file, if it is there. */
export function removeIfThere(path: string, files: FileOperations): void {
  try {
    files.remove(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
