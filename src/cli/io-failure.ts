import { ioError, UserError } from '../errors.js';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'it is closed',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links run in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left on the device',
  ENOTSUP: 'it is not a regular file',
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
    found: code ?? 'an unknown error',
  });
}

/** `work`, with an error of the system in our own form. @throws {UserError} E_IO */
export async function attempt<T>(verb: 'read' | 'write', path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UserError ? error : ioFailure(verb, path, (error as NodeJS.ErrnoException).code);
  }
}
