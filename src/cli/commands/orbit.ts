import { ExitCode, usageError } from '../../errors.js';
import { type CommandBody, command } from '../command.js';
import { parseSamples } from '../numbers.js';
import { choice, flag, option, optional, text } from '../option.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';

const { gamma, reward, samples, seed, confidence, progress } = estimateOptions;

export const orbit: CommandBody = command({
  name: 'orbit',
  examples: [
    [
      `orbit model.json -a right -b left --reward '{"orbit": {"goal": 1}}'`,
      'how often is right optimal in the start state and left not?',
    ],
    [
      'orbit model.json --state hub --action up,down --other back --by value',
      'the better of two against a third, by value',
    ],
    ['orbit model.json --states hub,dead-end --average', 'POWER of two states, by average reward'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: optional('-s, --state <name>', 'where the actions are compared (default: the start)', text),
    action: optional('-a, --action <names>', 'one action, or several with commas between', text),
    other: optional('-b, --other <names>', 'the action or actions to compare with', text),
    states: optional('--states <a,b>', 'compare the POWER of two states instead', text),
    by: choice('--by <what>', 'how actions are compared', ['optimality', 'value'], 'optimality'),
    average: flag('--average', 'the average criterion instead of a discount'),
    gamma,
    reward,
    samples: option(
      samples.flags,
      'permutations to draw where there are too many to count',
      parseSamples,
      100_000,
      '100000',
    ),
    seed,
    confidence,
    progress,
    ...modelOptions,
    ...outputOptions,
  },
  async run([path], options, io) {
    if ((options.action === undefined) !== (options.other === undefined)) {
      throw usageError('--action and --other belong together');
    }
    if ((options.action === undefined) === (options.states === undefined)) {
      throw usageError('what is to be compared?', { wanted: 'either --action and --other, or --states' });
    }
    const [{ destinations, writeResult }, { countOrbits }] = await Promise.all([
      import('../output.js'),
      import('../orbit.js'),
    ]);
    const to = await destinations(options, [path!, options.reward ?? ''], io);
    const document = await countOrbits(path!, options, io);
    await writeResult(document, to, options, io);
    return document.orbit?.some(({ undecided }) => undecided > 0) ? ExitCode.undecided : ExitCode.done;
  },
});
