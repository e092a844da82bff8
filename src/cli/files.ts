import { constants } from 'node:fs';
import { access, type FileHandle, lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { inputError, ioError, type UserError } from '../errors.js';
import { formatCount } from '../report/format.js';

/** Larger inputs are refused unread: a model of that size would not fit into memory. */
export const SIZE_LIMIT: number = 256 * 1024 * 1024;

/** What commands do with files. Paths are as the user gave them. */
export interface FileAccess {
  /** All bytes of a regular file, read once. @throws {UserError} E_IO; E_LIMIT_SIZE above 256 MB */
  readFile(path: string): Promise<Uint8Array>;
  /** True if `path` is there, whatever it is. */
  exists(path: string): Promise<boolean>;
  /**
   * Refuses, before any work is done, a path that `writeFile` could not write: a directory, a missing or read-only folder,
   * one of the `inputs`. @throws {UserError} E_IO
   */
  checkWritable(path: string, inputs: readonly string[]): Promise<void>;
  /**
   * Replaces the file as a whole: readers see the old text or the new, never a part. A symbolic link stays and its target
   * is replaced; a device or pipe is written to. @throws {UserError} E_IO
   */
  writeFile(path: string, text: string): Promise<void>;
}

export const files: FileAccess = { readFile, exists, checkWritable, writeFile };

async function readFile(path: string): Promise<Uint8Array> {
  // O_NONBLOCK: opening a pipe without a writer must not wait for one.
  const handle = await attempt('read', path, open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    const status = await attempt('read', path, handle.stat());
    if (status.isDirectory()) throw ioFailure('read', path, 'EISDIR');
    if (!status.isFile()) {
      throw ioError(`cannot read ${path}: it is not a regular file`, {
        place: { source: path },
        wanted: 'a file, or - for standard input',
      });
    }
    return await readStream(handle.createReadStream({ autoClose: false }), path, status.size);
  } finally {
    await handle.close();
  }
}

/** All bytes of a stream. @throws {UserError} E_IO; E_LIMIT_SIZE, before reading if `announced` bytes are too many */
export async function readStream(stream: Readable, source: string, announced = 0): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = announced;
  try {
    if (announced <= SIZE_LIMIT) {
      size = 0;
      for await (const chunk of stream) {
        size += (chunk as Buffer).length;
        if (size > SIZE_LIMIT) break;
        chunks.push(chunk as Buffer);
      }
    }
  } catch (error) {
    throw ioFailure('read', source, (error as NodeJS.ErrnoException).code);
  }
  if (size <= SIZE_LIMIT) return Buffer.concat(chunks);
  throw inputError({
    code: 'E_LIMIT_SIZE',
    message: `${source} is too large`,
    place: { source },
    found: announced > 0 ? `${formatCount(announced)} bytes` : `more than ${formatCount(SIZE_LIMIT)} bytes`,
    wanted: `at most ${formatCount(SIZE_LIMIT)} bytes`,
  });
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function checkWritable(path: string, inputs: readonly string[]): Promise<void> {
  const target = await targetOf(path);
  if (target.kind === 'file') {
    for (const input of inputs) {
      if ((await realpath(input).catch(() => null)) === target.path) {
        throw ioError(`cannot write ${path}: it is the input`, {
          place: { source: path },
          hint: 'write the result to another file',
        });
      }
    }
    const folder = dirname(target.path);
    if (!(await attempt('write', path, stat(folder))).isDirectory())
      throw ioFailure('write', path, 'ENOTDIR');
    await attempt('write', path, access(folder, constants.W_OK));
  }
  if (target.exists) await attempt('write', path, access(target.path, constants.W_OK));
}

async function writeFile(path: string, text: string): Promise<void> {
  const target = await targetOf(path);
  if (target.kind === 'device') {
    await withHandle(path, await attempt('write', path, open(target.path, 'w')), (handle) =>
      handle.writeFile(text),
    );
    return;
  }
  const temporary = join(
    dirname(target.path),
    `.mdpower-${process.pid}-${basename(target.path).slice(0, 40)}.tmp`,
  );
  const handle = await attempt('write', path, open(temporary, 'wx', target.mode));
  try {
    await withHandle(path, handle, async () => {
      await handle.writeFile(text);
      if (target.exists) await handle.chmod(target.mode);
      await handle.sync();
    });
    await attempt('write', path, rename(temporary, target.path));
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
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

async function attempt<T>(verb: 'read' | 'write', path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw ioFailure(verb, path, (error as NodeJS.ErrnoException).code);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'it is closed',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links run in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is not a folder',
  ENXIO: 'nothing is at the other end',
  EPERM: 'the operation is not permitted',
  EPIPE: 'the reader has gone',
  EROFS: 'the file system is read-only',
};

/** `cannot read model.json: no such file or folder`, with the system's own name of the error. */
export function ioFailure(verb: string, source: string, code: string | undefined): UserError {
  const reason = reasons[code ?? ''] ?? 'the system refused';
  return ioError(`cannot ${verb} ${source}: ${reason}`, {
    place: { source },
    found: code ?? 'an unknown error',
  });
}
