import { ExitCode } from '../../errors.js';
import { type Command, command } from '../command.js';
import { parseBudget } from '../numbers.js';
import { option, optional, text } from '../option.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';

const { gamma, reward, seed } = estimateOptions;

export const symmetry: Command = command({
  name: 'symmetry',
  summary: 'automorphisms of the environment, and what is certain for most reward functions',
  examples: [
    ['symmetry model.json', 'generators, order, state orbits; instances of the theorems'],
    ['symmetry model.json --save-certificates proofs', 'and a certificate of each, for mdpower verify'],
    ['symmetry model.json --state hub --actions left,right', 'these two actions alone'],
    [
      `symmetry model.json --reward '{"states": {"off": "point(0)"}}'`,
      'which POWERs are equal under this law',
    ],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: optional('-s, --state <name>', 'only what concerns this state', text),
    actions: optional('-a, --actions <a,b>', 'only these two actions of it (or of the start)', text),
    saveCertificates: optional('--save-certificates <dir>', 'write a file for every instance', text),
    budget: option('--budget <nodes>', 'effort of the search', parseBudget, 2_000_000, '2000000'),
    gamma,
    reward,
    seed,
    ...modelOptions,
    ...outputOptions,
  },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { symmetryDocument }, { saveCertificates }] = await Promise.all([
      import('../output.js'),
      import('../symmetry.js'),
      import('../save-certificates.js'),
    ]);
    const to = await destinations(options, [path!, options.reward ?? ''], io);
    const folder = options.saveCertificates;
    if (folder !== undefined) await io.makeFolder(folder);
    const document = await symmetryDocument(path!, options, io);
    if (folder !== undefined) await saveCertificates(document.symmetry ?? [], folder, options, io);
    await writeResult(document, to, options, io);
    return ExitCode.done;
  },
});
