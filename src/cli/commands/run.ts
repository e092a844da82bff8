import { FORMATS } from '../../report/formats.js';
import { type CommandBody, command } from '../command.js';
import { choice, flag, optional, text } from '../option.js';
import { estimateOptions, limitOptions, outputOptions } from '../options.js';

const { threads, progress } = estimateOptions;
const { quiet, color } = outputOptions;

export const run: CommandBody = command({
  name: 'run',
  examples: [
    ['run experiment.yaml', 'every cell into experiment-results/, with the tables it names'],
    ['run experiment.yaml --dry-run', 'sizes, memory and time, before it is done'],
    ['run experiment.yaml --folder sweep --resume', 'go on with a sweep that was interrupted'],
  ],
  arguments: [['<experiment>', 'experiment file (JSON or YAML); `mdpower schema experiment`']],
  options: {
    folder: optional('--folder <folder>', "for the results (default: the experiment's name)", text),
    resume: flag('--resume', 'go on in a folder that has a part of it already'),
    dryRun: flag('--dry-run', 'say sizes, memory and time; do nothing'),
    threads,
    ...limitOptions,
    progress,
    format: choice('-f, --format <format>', 'of the summary on standard output', FORMATS),
    quiet,
    color,
  },
  mayTakeLong: async (_, { dryRun }) => !dryRun,
  async run([path], options, io) {
    const { runExperiment } = await import('../sweep/run-experiment.js');
    return runExperiment(path!, options, io);
  },
});
