import { Session } from 'node:inspector/promises';

/** Watches which blocks of our sources run. */
export interface Coverage {
  /** how many blocks have run that had not run before the last call */
  readonly fresh: () => Promise<number>;
  readonly total: () => number;
  readonly stop: () => Promise<void>;
}

/** Begins to watch, by the block coverage of V8. */
export async function watchCoverage(): Promise<Coverage> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Set<string>();
  return {
    fresh: async () => {
      const before = seen.size;
      const { result } = await session.post('Profiler.takePreciseCoverage');
      for (const { url, scriptId, functions } of result) {
        if (!url.includes('/src/')) continue;
        for (const { ranges } of functions) {
          for (const { startOffset, endOffset, count } of ranges) {
            // Counts by powers of two, as loops that run longer are something new as well.
            if (count > 0) seen.add(`${scriptId}:${startOffset}:${endOffset}:${31 - Math.clz32(count)}`);
          }
        }
      }
      return seen.size - before;
    },
    total: () => seen.size,
    stop: async () => {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
