import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { inputError, ioError } from '../errors.js';
import { formatCount } from '../report/format.js';
import { attempt, ioFailure } from './io-failure.js';

/** Larger inputs are refused unread: a model of that size would not fit into memory. */
const SIZE_LIMIT = 256 * 1024 * 1024;

/** All bytes of a regular file, read once. @throws {UserError} E_IO; E_LIMIT_SIZE above 256 MB */
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
    found: announced > 0 ? `${formatCount(announced)} bytes` : `more than ${formatCount(SIZE_LIMIT)} bytes`,
    wanted: `at most ${formatCount(SIZE_LIMIT)} bytes`,
  });
}
