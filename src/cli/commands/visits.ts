import { ExitCode } from '../../errors.js';
import { parseDiscount } from '../../number/discount.js';
import { type Command, command } from '../command.js';
import { option, optional, text } from '../option.js';
import { modelOptions, outputOptions } from '../options.js';

export const visits: Command = command({
  name: 'visits',
  summary: 'visit distributions, the non-dominated ones, recurrent state distributions',
  examples: [
    ['visits model.json', 'of the start state, as functions of gamma, with a proof for each'],
    ['visits model.json --state hub --format json', 'of another state, as a document'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: optional('-s, --state <name>', 'whose visits (default: the start)', text),
    gamma: option(
      '-g, --gamma <gamma>',
      'where domination is decided; it is the same for every gamma in (0, 1)',
      (written) => parseDiscount(written),
      parseDiscount('1/2'),
      '1/2',
    ),
    ...modelOptions,
    ...outputOptions,
  },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { visitsDocument }] = await Promise.all([
      import('../output.js'),
      import('../visits.js'),
    ]);
    const to = await destinations(options, [path!], io);
    await writeResult(await visitsDocument(path!, options, io), to, options, io);
    return ExitCode.done;
  },
});
