import { ExitCode } from '../../errors.js';
import { parseDiscount } from '../../number/discount.js';
import { type CommandBody, command } from '../command.js';
import { flag, option, optional, text } from '../option.js';
import { modelOptions, outputOptions } from '../options.js';

export const visits: CommandBody = command({
  name: 'visits',
  examples: [
    ['visits model.json', 'of the start state, as functions of gamma, with a proof for each'],
    ['visits model.json --state hub --format json', 'of another state, as a document'],
    ["visits model.json --reward 'uniform(0, 1)'", 'with the probability that each is optimal'],
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
    reward: optional('-r, --reward <law>', 'how often each is optimal under this law, exactly', text),
    chances: flag('--chances', "the same under the model's own law, else uniform(0, 1)"),
    ...modelOptions,
    ...outputOptions,
  },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { visitsDocument }] = await Promise.all([
      import('../output.js'),
      import('../visits.js'),
    ]);
    const to = await destinations(options, [path!, options.reward ?? ''], io);
    const document = await visitsDocument(path!, options, io);
    await writeResult(document, to, options, io);
    const missed = document.visits?.some(({ best }) => best !== undefined && best.refused.length > 0);
    return missed === true ? ExitCode.undecided : ExitCode.done;
  },
});
