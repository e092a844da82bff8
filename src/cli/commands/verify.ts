import { ExitCode } from '../../errors.js';
import { type CommandBody, command } from '../command.js';
import { parseSamples } from '../numbers.js';
import { optional } from '../option.js';
import { modelOptions, outputOptions } from '../options.js';

export const verify: CommandBody = command({
  name: 'verify',
  examples: [
    [
      'verify proofs/01-6.9-1.json model.json',
      'hypothesis by hypothesis; exit code 0 if it is valid, 1 if not',
    ],
    ['verify result.json model.json', 'a result of analyze, power or optimality: solved and computed again'],
  ],
  arguments: [
    ['<file>', 'certificate (of symmetry --save-certificates, or by hand), or result (of --format json)'],
    ['<model>', 'model file (JSON, YAML or .mdpb), - for standard input'],
  ],
  options: {
    samples: optional(
      '-n, --samples <n>',
      'results: reward functions to solve again at each gamma (default: 10000, or fewer of large models)',
      parseSamples,
    ),
    ...modelOptions,
    ...outputOptions,
  },
  async run([path, modelPath], options, io) {
    const [{ destinations, writeResult }, { verificationDocument }] = await Promise.all([
      import('../output.js'),
      import('../verify.js'),
    ]);
    const to = await destinations(options, [path!, modelPath!], io);
    const document = await verificationDocument(path!, modelPath!, options, io);
    await writeResult(document, to, options, io);
    return document.verification?.valid === true ? ExitCode.done : ExitCode.gateFailed;
  },
});
