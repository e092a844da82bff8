import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as passed } from 'node:timers/promises';
import { ioError } from '../errors.js';
import { ioFailure } from './io-failure.js';

/** A pipe that nobody reads is tried again for so many milliseconds … */
const PATIENCE = 10_000;
/** … every so many. */
const PAUSE = 20;

/**
 * Opens what is written as it is and not replaced: a device or a pipe. Opening a named pipe without a reader would wait for
 * one for ever, inside the system, where no interrupt is seen.
 *
 * @param patience milliseconds to wait for a reader
 * @throws {UserError} E_IO
 */
export async function openDevice(path: string, patience: number = PATIENCE): Promise<FileHandle> {
  const status = await stat(path);
  if (!status.isFIFO()) return open(path, 'w');
  for (let waited = 0; ; waited += PAUSE) {
    try {
      return await open(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENXIO') throw ioFailure('write', path, code);
      if (waited < patience) await passed(PAUSE);
      else {
        throw ioError(`cannot write ${path}: nobody reads from this pipe`, {
          found: `no reader within ${patience / 1000} s`,
          hint: 'begin to read first',
        });
      }
    }
  }
}

/** Writes all bytes, as many at a time as whatever is at the other end takes. */
export async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += (await handle.write(bytes, at)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      // The pipe is full.
      await passed(1);
    }
  }
}
