import type { ModelDescription } from '../../mdp/describe.js';
import { type Block, type Fact, facts, heading } from '../block.js';
import { formatCount, formatQuantity } from '../format.js';
import { nameList } from '../name-list.js';

/** What `mdpower check` tells about a model. */
export function checkBlocks(model: ModelDescription): Block[] {
  return [heading(model.name), facts([...aboutFacts(model), ...sizeFacts(model), ...structureFacts(model)])];
}

function aboutFacts({ description, source, sha256 }: ModelDescription): (Fact | false)[] {
  return [
    description !== undefined && ['description', description],
    source !== undefined && ['source', source],
    ['sha256', sha256],
  ];
}

function sizeFacts(model: ModelDescription): (Fact | false)[] {
  const kind = model.deterministic ? 'deterministic' : 'stochastic';
  const shape = `${kind}${model.acyclic ? ', acyclic' : ''}${model.onePolicy ? ', one policy only' : ''}`;
  return [
    ['states', formatCount(model.states)],
    ['choices', `${formatCount(model.choices)}, of which ${formatCount(model.distinctChoices)} are distinct`],
    ['transitions', `${formatCount(model.transitions)} (${shape})`],
    ['start', model.start],
    ['reachable', reachableText(model)],
  ];
}

function reachableText({ reachable, states, unreachable }: ModelDescription): string {
  if (unreachable.length === 0) return `all ${formatQuantity(states, 'state')}`;
  return `${formatCount(reachable)} of ${formatQuantity(states, 'state')}; not ${nameList(unreachable)}`;
}

function structureFacts(model: ModelDescription): (Fact | false)[] {
  const { components, endComponents, labels, equalActions } = model;
  const sets = (list: readonly (readonly string[])[]): string =>
    list.length === 0
      ? 'none'
      : `${formatCount(list.length)}: ${nameList(
          list.map((set) => `{${nameList(set, 8)}}`),
          8,
        )}`;
  const names = (list: readonly string[]): string =>
    list.length === 0 ? 'none' : `${formatCount(list.length)}: ${nameList(list)}`;
  return [
    [
      'components',
      `${formatCount(components.count)} strongly connected, the largest of ${formatQuantity(components.largest, 'state')}`,
    ],
    ['closed ones', sets(components.closed)],
    ['end components', sets(endComponents)],
    ['1-cycles', names(model.oneCycles)],
    ['terminal', names(model.terminalStates)],
    equalActions.length > 0 && [
      'equal actions',
      nameList(equalActions.map(({ state, actions }) => `${state}: ${actions.join(' = ')}`)),
    ],
    labels.length > 0 && [
      'labels',
      nameList(labels.map(({ label, states }) => `${label} (${formatQuantity(states, 'state')})`)),
    ],
  ];
}
