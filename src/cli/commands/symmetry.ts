import { ExitCode } from '../../errors.js';
import { type Command, command } from '../command.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';

const { gamma, reward, seed } = estimateOptions;

export const symmetry: Command = command({
  name: 'symmetry',
  summary: 'automorphisms of the environment, and what follows from them',
  examples: [
    ['symmetry model.json', 'generators, order and state orbits'],
    [
      `symmetry model.json --reward '{"states": {"off": "point(0)"}}'`,
      'which POWERs are equal under this law',
    ],
  ],
  arguments: [['<model>', 'model file (JSON or YAML), - for standard input']],
  options: { gamma, reward, seed, ...modelOptions, ...outputOptions },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { symmetryDocument }] = await Promise.all([
      import('../output.js'),
      import('../symmetry.js'),
    ]);
    const to = await destinations(options, [path!, options.reward ?? ''], io);
    await writeResult(await symmetryDocument(path!, options, io), to, options, io);
    return ExitCode.done;
  },
});
