import { type CommandBody, command } from '../command.js';
import { mayEstimateLong } from '../long-work.js';
import {
  checkpointOptions,
  estimateOptions,
  gateOptions,
  limitOptions,
  modelOptions,
  outputOptions,
} from '../options.js';

export const analyze: CommandBody = command({
  name: 'analyze',
  examples: [
    ['analyze model.json', 'everything, at four discounts, for uniform(0, 1) rewards'],
    ['analyze model.json --gamma 2/3 --samples 1e6 --seed 7', 'one discount, more samples, another seed'],
    ['analyze model.json -o result.json -o result.md', 'the same result as a document and as a report'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    ...estimateOptions,
    ...limitOptions,
    ...checkpointOptions,
    ...gateOptions,
    ...modelOptions,
    ...outputOptions,
  },
  mayTakeLong: ([path], options, io) => mayEstimateLong(path!, options, io),
  async run([path], options, io) {
    const { runEstimate } = await import('../run-estimate.js');
    const { symmetryFindings } = await import('../symmetry.js');
    const { certifiedFindings } = await import('../findings.js');
    return runEstimate(
      'analyze',
      path!,
      { decide: true },
      options,
      io,
      ({ power, optimality }) => ({ power, optimality }),
      ({ mdp, reward }) => ({
        automorphisms: symmetryFindings(mdp, reward, options),
        ...certifiedFindings(mdp),
      }),
    );
  },
});
