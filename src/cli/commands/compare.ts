import { type CommandBody, command } from '../command.js';
import { optional, text } from '../option.js';
import { estimateOptions, outputOptions } from '../options.js';

const { confidence } = estimateOptions;

export const compare: CommandBody = command({
  name: 'compare',
  examples: [
    ['compare before.json after.json', 'results of --format json, row by row'],
    [
      'compare before.json after.json --fail-on differs',
      'exit code 1 if some number has changed for certain',
    ],
    [
      "compare old.json new.json --fail-on 'abs(difference) > 0.01 in POWER'",
      'exit code 1 if some POWER moved further for certain, 4 if that is open',
    ],
  ],
  arguments: [
    ['<a>', 'result of analyze, power or optimality (--format json)'],
    ['<b>', 'the result that is compared with it'],
  ],
  options: {
    failOn: optional(
      '--fail-on <condition>',
      "differs, 'difference < -0.01', 'abs(difference) > 0.01', with ' in POWER' or ' in P'",
      text,
    ),
    confidence: { ...confidence, help: 'of all intervals at once' },
    ...outputOptions,
  },
  async run([a, b], options, io) {
    const [{ destinations, writeResult }, { comparisonDocument, comparisonExitCode }] = await Promise.all([
      import('../output.js'),
      import('../compare.js'),
    ]);
    const to = await destinations(options, [a!, b!], io);
    const document = await comparisonDocument([a!, b!], options, io);
    await writeResult(document, to, options, io);
    return comparisonExitCode(document);
  },
});
