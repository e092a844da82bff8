import { type CommandBody, command } from '../command.js';
import { parseSamples, parseThreads } from '../numbers.js';
import { optional } from '../option.js';
import { estimateOptions, limitOptions, outputOptions } from '../options.js';

const { progress, verbose } = estimateOptions;
const { quiet, color } = outputOptions;

export const resume: CommandBody = command({
  name: 'resume',
  examples: [
    ['resume run.ckpt', 'a run of --checkpoint run.ckpt from where it was, to the same digits'],
    ['resume sweep-results', 'a sweep, cell by cell'],
    ['resume run.ckpt --samples 1e6', 'to more samples, as one run of so many gives them'],
    ['resume run.ckpt --threads 2', 'on another number of threads, to the same digits'],
  ],
  arguments: [['<checkpoint>', 'file of --checkpoint, or result folder of mdpower run']],
  options: {
    samples: optional(
      '-n, --samples <n>',
      'reward functions to draw in all (default: as before)',
      parseSamples,
    ),
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
    // Commands whose run can be kept in a checkpoint.
    const [{ analyze }, { power }, { optimality }] = await Promise.all([
      import('./analyze.js'),
      import('./power.js'),
      import('./optimality.js'),
    ]);
    return resumeRun(path!, options, [analyze, power, optimality], io);
  },
});
