import { unlinkSync } from 'node:fs';

const there = new Set<string>();

/** Files that are not to be left when the process is ended by an interrupt: locks, and files that are being written. */
export const temporaries: {
  /** told of each; replaced on the thread of a command, which is ended with its files there */
  watch: (path: string, isThere: boolean) => void;
  note(path: string, isThere: boolean): void;
  removeAll(): void;
} = {
  watch: (path, isThere) => temporaries.note(path, isThere),
  note: (path, isThere) => {
    if (isThere) there.add(path);
    else there.delete(path);
  },
  removeAll: () => {
    for (const path of there) {
      try {
        unlinkSync(path);
      } catch {
        // It is gone, or cannot be removed: the next run finds it and says so.
      }
    }
    there.clear();
  },
};
