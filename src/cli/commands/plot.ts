import { parseDiscountList } from '../../number/discount.js';
import { PICTURE_FORMATS } from '../../report/plot/formats.js';
import { PICTURE_KINDS } from '../../report/plot/kinds.js';
import { type CommandBody, command } from '../command.js';
import { parseSamples } from '../numbers.js';
import { choice, optional, text } from '../option.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';

const { reward, seed, threads, confidence, simultaneous, tolerance, method, progress } = estimateOptions;
const { output, quiet } = outputOptions;

export const plot: CommandBody = command({
  name: 'plot',
  examples: [
    [
      'plot model.json --output graph.svg',
      'the graph with states coloured by POWER, or the map of a gridworld',
    ],
    [
      'plot model.json --kind power -o power.svg -o power.png',
      'POWER against gamma, with bands, in two formats',
    ],
    [
      'plot result.json --kind optimality --state hub -o hub.pdf',
      'the actions of a state, from a saved result',
    ],
    [
      'plot visits.json --model model.json -o visits.svg',
      'from a result of visits: what only dominated policies do is dotted',
    ],
    ['plot room.json', 'on the terminal, with characters'],
  ],
  arguments: [['<file>', 'model, or a result in JSON; - for standard input']],
  options: {
    kind: choice('-k, --kind <kind>', 'default: what shows it best', PICTURE_KINDS),
    format: choice('-f, --format <format>', 'of standard output, terminal by default', PICTURE_FORMATS),
    output,
    state: optional(
      '-s, --state <name>',
      'whose actions the kind optimality shows (default: the start)',
      text,
    ),
    states: optional('--states <a,b>', 'only these states, in the kinds power and forest', text),
    model: optional('--model <file>', 'the model of a result, for the kinds grid and graph', text),
    gamma: optional(
      '-g, --gamma <list>',
      'discounts (default: 0.9, or a range for the kinds power and optimality)',
      parseDiscountList,
    ),
    reward,
    samples: optional(
      '-n, --samples <n>',
      'reward functions to draw (default: 20000, where sampling is needed)',
      parseSamples,
    ),
    seed,
    threads,
    confidence,
    simultaneous,
    tolerance,
    method,
    progress,
    ...modelOptions,
    quiet,
  },
  async run([path], options, io) {
    const { drawPicture } = await import('../plot.js');
    return drawPicture(path!, options, io);
  },
});
