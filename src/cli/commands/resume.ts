import { type Command, command } from '../command.js';
import { parseThreads } from '../numbers.js';
import { optional } from '../option.js';
import { estimateOptions, limitOptions, outputOptions } from '../options.js';

const { progress, verbose } = estimateOptions;
const { quiet, color } = outputOptions;

/** `resume`, which runs the command that was interrupted: one of `commands`. */
export function resumeOf(commands: readonly Command[]): Command {
  return command({
    name: 'resume',
    summary: 'go on with a run that was interrupted',
    examples: [
      ['resume run.ckpt', 'a run of --checkpoint run.ckpt from where it was, to the same digits'],
      ['resume sweep-results', 'a sweep, cell by cell'],
      ['resume run.ckpt --threads 2', 'on another number of threads, to the same digits'],
    ],
    arguments: [['<checkpoint>', 'file of --checkpoint, or result folder of mdpower run']],
    options: {
      threads: optional('--threads <n>', 'worker threads (default: as before)', parseThreads),
      ...limitOptions,
      progress: { ...progress, fallback: undefined, fallbackText: 'as before' },
      verbose,
      quiet,
      color: { ...color, fallback: undefined, fallbackText: 'as before' },
    },
    mayTakeLong: async () => true,
    async run([path], options, io) {
      const { resumeRun } = await import('../resume.js');
      return resumeRun(path!, options, commands, io);
    },
  });
}
