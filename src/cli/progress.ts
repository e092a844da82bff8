import type { Io } from './io.js';

export interface Progress {
  update(done: number, total: number): void;
  /** Removes what is shown. */
  stop(): void;
}

const silent: Progress = { update: () => {}, stop: () => {} };

/** Lines in a log are this far apart, in milliseconds. */
const LOG_INTERVAL = 5000;

/**
 * Progress with the time left, on standard error: a bar that is redrawn in place on a terminal, a line now and then in a
 * log if it is asked for with `always`, and nothing otherwise.
 * @param unit what is counted, as cli-progress writes it
 */
export async function startProgress(
  when: 'auto' | 'always' | 'never',
  quiet: boolean,
  io: Io,
  unit = '{value} of {total} reward functions',
): Promise<Progress> {
  if (when === 'never' || (when === 'auto' && (quiet || !io.stderr.isTTY))) return silent;
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    stream: io.stderr.stream as NodeJS.WritableStream,
    format: `{bar} {percentage}%  ${unit}  {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 20,
    hideCursor: null,
    clearOnComplete: true,
    gracefulExit: false,
    noTTYOutput: true,
    notTTYSchedule: LOG_INTERVAL,
  });
  let started = false;
  return {
    update: (done, total) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}
