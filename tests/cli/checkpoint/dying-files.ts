import { type FileOperations, fileOperations } from '../../../src/cli/checkpoint/file-operations.js';

/** What a call of a process meets that is no more. */
class Dead extends Error {}

/**
 * The real files, until the process dies just before call number `last` (from 0), or in the middle of it if it writes. After
 * that no call does anything, as after kill -9.
 */
export function dyingFiles(last: number): { files: FileOperations; calls: () => number } {
  let calls = 0;
  const guarded = <T>(work: () => T, half?: () => void): T => {
    const call = calls++;
    if (call === last) half?.();
    if (call >= last) throw new Dead();
    return work();
  };
  const real = fileOperations;
  return {
    calls: () => calls,
    files: {
      open: (path, flags) => guarded(() => real.open(path, flags)),
      write: (descriptor, bytes) =>
        guarded(
          // The system may take fewer bytes than it is given.
          () => real.write(descriptor, bytes.subarray(0, Math.max(1, Math.ceil(bytes.length * 0.7)))),
          () => real.write(descriptor, bytes.subarray(0, Math.max(1, bytes.length >> 1))),
        ),
      sync: (descriptor: number) => guarded(() => real.sync(descriptor)),
      close: (descriptor) => guarded(() => real.close(descriptor)),
      rename: (from, to) => guarded(() => real.rename(from, to)),
      link: (from, to) => guarded(() => real.link(from, to)),
      remove: (path) => guarded(() => real.remove(path)),
      read: (path) => guarded(() => real.read(path)),
      modified: (path) => guarded(() => real.modified(path)),
    },
  };
}

/** The real files, on a device that is full from call number `first` to `end`. */
export function fullFiles(first: number, end: number = Number.POSITIVE_INFINITY): FileOperations {
  let calls = 0;
  return {
    ...fileOperations,
    write: (descriptor: number, bytes: Uint8Array) => {
      const call = calls++;
      if (call >= first && call < end) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return fileOperations.write(descriptor, bytes);
    },
  };
}
