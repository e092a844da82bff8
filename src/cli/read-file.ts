import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { inputError, ioError, type UserError } from '../errors.js';
import { isBinaryModel, MAGIC } from '../mdp/binary/layout.js';
import { formatCount } from '../report/format.js';
import { attempt, ioFailure } from './io-failure.js';

/** Larger inputs are refused unread: a model of that size would not fit into memory. */
const SIZE_LIMIT = 256 * 1024 * 1024;
/** Binary models are used as they are read, so that they may be larger. */
const BINARY_SIZE_LIMIT = 4 * 1024 * 1024 * 1024;
/** Bytes that one call of the system reads. */
const STRETCH = 1 << 26;

/** Bytes of a file; undefined if there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() ? status.size : undefined;
}

/** All bytes of a regular file, read once. @throws {UserError} E_IO; E_LIMIT_SIZE above 256 MB, 4 GB for binary models */
export async function readFile(path: string): Promise<Uint8Array> {
  // O_NONBLOCK: opening a pipe without a writer must not wait for one.
  const handle = await attempt('read', path, open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    const status = await attempt('read', path, handle.stat());
    if (status.isDirectory()) throw ioFailure('read', path, 'EISDIR');
    if (!status.isFile()) {
      throw ioError(`cannot read ${path}: it is not a regular file`, {
        wanted: 'a file, or - for standard input',
      });
    }
    const begins = await attempt('read', path, handle.read(new Uint8Array(MAGIC.length), 0, MAGIC.length, 0));
    if (isBinaryModel(begins.buffer))
      return await attempt('read', path, readBinary(handle, path, status.size));
    return await readStream(handle.createReadStream({ autoClose: false, start: 0 }), path, status.size);
  } finally {
    await handle.close();
  }
}

/** The bytes of a file of known size, on shared memory: its arrays become those of the model. */
async function readBinary(handle: FileHandle, path: string, size: number): Promise<Uint8Array> {
  if (size > BINARY_SIZE_LIMIT) throw tooLarge(path, `${formatCount(size)} bytes`, BINARY_SIZE_LIMIT);
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(STRETCH, size - at), at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
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
  throw tooLarge(
    source,
    announced > 0 ? `${formatCount(announced)} bytes` : `more than ${formatCount(SIZE_LIMIT)} bytes`,
    SIZE_LIMIT,
  );
}

function tooLarge(source: string, found: string, limit: number): UserError {
  return inputError({
    code: 'E_LIMIT_SIZE',
    message: `${source} is too large`,
    found,
    wanted: `at most ${formatCount(limit)} bytes`,
    ...(limit === SIZE_LIMIT && {
      hint: 'mdpower generate and mdpower convert write smaller binary files: .mdpb',
    }),
  });
}
