import { type CommandBody, command } from '../command.js';
import { mayEstimateLong } from '../long-work.js';
import { flag, repeated } from '../option.js';
import {
  checkpointOptions,
  estimateOptions,
  gateOptions,
  limitOptions,
  modelOptions,
  outputOptions,
} from '../options.js';

export const power: CommandBody = command({
  name: 'power',
  examples: [
    ['power model.json --gamma 0.5,0.9', 'POWER at two discounts'],
    ['power model.json --reward "normal(0, 1)" --samples 1e6 --format csv', 'another law of rewards, as CSV'],
    [
      "power model.json --assert 'POWER(right) > POWER(left)'",
      'a gate: exit code 0 if it holds at every discount, 1 if not, 4 if open',
    ],
    ['power model.json --symbolic', 'POWER as a function of gamma'],
    ['power model.json --crossings', 'where the order of two states changes as gamma grows'],
    ['power - --gamma 0.1:0.9:0.1 --output power.json < model.yaml', 'a range of discounts, to a file'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: repeated('-s, --state <name>', 'only this state; repeatable'),
    symbolic: flag('--symbolic', 'as functions of gamma, where that can be found exactly'),
    crossings: flag('--crossings', 'the gammas at which two states change order'),
    ...estimateOptions,
    ...limitOptions,
    ...checkpointOptions,
    ...gateOptions,
    ...modelOptions,
    ...outputOptions,
  },
  mayTakeLong: ([path], options, io) => mayEstimateLong(path!, options, io),
  async run([path], options, io) {
    if (options.symbolic) {
      const { runSymbolic } = await import('../symbolic.js');
      return runSymbolic('power', path!, options, io);
    }
    if (options.crossings) {
      const { runCrossings } = await import('../crossings.js');
      return runCrossings('power', path!, options, io);
    }
    const { runEstimate } = await import('../run-estimate.js');
    return runEstimate(
      'power',
      path!,
      { decide: false, states: options.state },
      options,
      io,
      ({ power }) => ({ power }),
    );
  },
});
