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

export const optimality: CommandBody = command({
  name: 'optimality',
  examples: [
    ['optimality model.json', 'every action, where there is something to choose'],
    ['optimality model.json --state start --gamma 2/3', 'the actions of one state'],
    ['optimality model.json --crossings', 'where the order of two actions changes as gamma grows'],
    ['optimality model.json --reward "bernoulli(1/2)"', 'ties: weak, strict and fractional probabilities'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: repeated('-s, --state <name>', 'only the actions of this state; repeatable'),
    symbolic: flag('--symbolic', 'as functions of gamma, where that can be found exactly'),
    crossings: flag('--crossings', 'the gammas at which two actions change order'),
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
      return runSymbolic('optimality', path!, options, io);
    }
    if (options.crossings) {
      const { runCrossings } = await import('../crossings.js');
      return runCrossings('optimality', path!, options, io);
    }
    const { runEstimate } = await import('../run-estimate.js');
    const scope = { decide: true, states: options.state };
    return runEstimate('optimality', path!, scope, options, io, ({ optimality }) => ({ optimality }));
  },
});
