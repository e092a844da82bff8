import { type Block, type Fact, facts, heading, list } from '../block.js';
import type { ResultDocument } from '../document.js';
import { formatCount, formatQuantity } from '../format.js';

/** What was computed: model, law, samples, time. */
export function headBlocks(
  { command, model, parameters, sweep }: ResultDocument,
  elapsed: string | undefined,
): Block[] {
  const { reward, samples, seed, estimator } = parameters;
  const entries: (Fact | false)[] = [
    sweep !== undefined && ['cells', `${sweep.done} of ${sweep.cells} done`],
    [
      sweep === undefined ? 'model' : 'models',
      `${formatQuantity(model.states, 'state')}, ${formatQuantity(model.choices, 'choice')}, ` +
        `${formatQuantity(model.transitions, 'transition')}${sweep === undefined ? `; starts in ${model.start}` : ' in all cells'}`,
    ],
    reward !== undefined && ['reward', reward],
    samples !== undefined &&
      command !== 'orbit' && [
        'samples',
        `${formatCount(samples)} reward functions (seed ${seed}), the same ones at every γ${sweep === undefined ? '' : ' and in every cell'}`,
      ],
    estimator?.sampler === 'sobol' && [
      'points',
      `${formatCount(estimator.sets ?? 0)} randomised Sobol sets of ${formatCount(estimator.setSize ?? 0)}` +
        `${estimator.averaged ? ', averaged over symmetries' : ''}`,
    ],
    elapsed !== undefined && ['time', elapsed],
  ];
  return [heading(model.name), facts(entries)];
}

/** Remarks of the reader, the solver and the statistics; nothing if there are none. */
export function noteBlocks({ notes }: ResultDocument): Block[] {
  if (notes.length === 0) return [];
  return [
    list(
      'Notes',
      notes.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)),
    ),
  ];
}
