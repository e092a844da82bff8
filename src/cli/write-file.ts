import { constants } from 'node:fs';
import {
  access,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ioError } from '../errors.js';
import { openDevice, writeWhole } from './device.js';
import { attempt, ioFailure } from './io-failure.js';
import { temporaries } from './temporaries.js';

/** True if `path` is there, whatever it is. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** True if `path` is a folder with nothing in it. */
export async function isEmptyFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    (names) => names.length === 0,
    () => false,
  );
}

/**
 * Refuses, before any work is done, a path that `writeFile` could not write: a directory, a missing or read-only folder,
 * one of the `inputs`.
 * @throws {UserError} E_IO
 */
export async function checkWritable(path: string, inputs: readonly string[]): Promise<void> {
  const target = await targetOf(path);
  if (target.kind === 'file') {
    for (const input of inputs) {
      if ((await realpath(input).catch(() => null)) === target.path) {
        throw ioError(`cannot write ${path}: it is the input`, {
          hint: 'write the result to another file',
        });
      }
    }
    const folder = dirname(target.path);
    if (!(await attempt('write', path, stat(folder))).isDirectory())
      throw ioFailure('write', path, 'ENOTDIR');
    // What permissions say is not all: some systems of files take no new one.
    const temporary = temporaryFor(target.path);
    await (await attempt('write', path, open(temporary, 'wx'))).close();
    await unlink(temporary);
  }
  if (target.exists) await attempt('write', path, access(target.path, constants.W_OK));
}

/** Makes a folder, and those above it, where there is none. @throws {UserError} E_IO */
export async function makeFolder(path: string): Promise<void> {
  await attempt('write', path, mkdir(path, { recursive: true }));
}

/**
 * Replaces the file as a whole: readers see the old text or the new, never a part. A symbolic link stays and its target
 * is replaced; a device or pipe is written to, and a pipe waits 10 s for a reader.
 * @throws {UserError} E_IO
 */
export async function writeFile(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const target = await targetOf(path);
  if (target.kind === 'device') {
    await withHandle(path, await attempt('write', path, openDevice(target.path)), (handle) =>
      writeAll(handle, content),
    );
    return;
  }
  const temporary = temporaryFor(target.path);
  const handle = await attempt('write', path, open(temporary, 'wx', target.mode));
  temporaries.watch(temporary, true);
  try {
    await withHandle(path, handle, async () => {
      await writeAll(handle, content);
      if (target.exists) await handle.chmod(target.mode);
      await handle.sync();
    });
    await attempt('write', path, rename(temporary, target.path));
    await syncFolder(dirname(target.path));
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  } finally {
    temporaries.watch(temporary, false);
  }
}

/** Where the text of a file stands until it is whole. */
function temporaryFor(path: string): string {
  return join(dirname(path), `.mdpower-${process.pid}-${basename(path).slice(0, 40)}.tmp`);
}

/** Makes a new name last, where the system can do that for a folder; the file itself has reached the disk. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Removes from folders what `writeFile` left there when it was killed. Nobody else may be writing there. */
export async function removeTemporaries(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (/^\.mdpower-\d+-.*\.tmp$/.test(name)) await attempt('write', folder, unlink(join(folder, name)));
    }
  }
}

/** Adds to the end of a file, which need not exist. @throws {UserError} E_IO */
export async function appendFile(path: string, text: string): Promise<void> {
  const target = await targetOf(path);
  const opened = target.kind === 'device' ? openDevice(target.path) : open(path, 'a');
  await withHandle(path, await attempt('write', path, opened), (handle) => writeAll(handle, text));
}

interface Target {
  /** with symbolic links followed */
  readonly path: string;
  readonly kind: 'file' | 'device';
  readonly exists: boolean;
  readonly mode: number;
}

async function targetOf(path: string): Promise<Target> {
  if (path === '') throw ioFailure('write', '""', 'ENOENT');
  if (!(await exists(path))) return { path, kind: 'file', exists: false, mode: 0o666 };
  const status = await attempt('write', path, stat(path));
  if (status.isDirectory()) throw ioFailure('write', path, 'EISDIR');
  const resolved = await attempt('write', path, realpath(path)).catch(() => path);
  return {
    path: resolved,
    kind: status.isFile() ? 'file' : 'device',
    exists: true,
    mode: status.mode & 0o777,
  };
}

async function withHandle(
  path: string,
  handle: FileHandle,
  use: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    await attempt('write', path, use(handle));
  } finally {
    await handle.close();
  }
}

/** Each piece goes where the one before it ended. */
async function writeAll(handle: FileHandle, content: string | Uint8Array | Iterable<string>): Promise<void> {
  if (content instanceof Uint8Array) await writeWhole(handle, content);
  else
    for (const piece of typeof content === 'string' ? [content] : content)
      await writeWhole(handle, Buffer.from(piece));
}
