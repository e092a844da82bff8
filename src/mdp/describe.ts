import type { Diagnostic } from '../errors.js';
import { stronglyConnectedComponents } from './components.js';
import { modelWarnings } from './describe-warnings.js';
import { maximalEndComponents } from './end-components.js';
import { choicesOf, oneCycles, reachableFrom, terminalStates } from './graph.js';
import type { Mdp } from './model.js';

/** What `mdpower check` tells about a model. States and actions are named; sets of states are in the model's order. */
export interface ModelDescription {
  readonly name: string;
  readonly description?: string;
  readonly source?: string;
  readonly sha256: string;
  readonly states: number;
  /** pairs of a state and an action */
  readonly choices: number;
  /** choices that differ: equal rows of one state count once (Turner et al. 2021, Def. 6.7) */
  readonly distinctChoices: number;
  /** pairs of a choice and a possible successor */
  readonly transitions: number;
  /** every action has one successor */
  readonly deterministic: boolean;
  /** no state can be reached again once it is left */
  readonly acyclic: boolean;
  /** each state has one distinct choice, so that there is only one policy; the end components are its recurrent classes */
  readonly onePolicy: boolean;
  readonly start: string;
  /** how many states can be reached from the start, itself included */
  readonly reachable: number;
  readonly unreachable: readonly string[];
  readonly components: {
    readonly count: number;
    /** states of the greatest one */
    readonly largest: number;
    /** those that no policy can leave */
    readonly closed: readonly (readonly string[])[];
  };
  /** maximal end components: where a policy can stay forever and go everywhere */
  readonly endComponents: readonly (readonly string[])[];
  /** states in which some action certainly stays (Def. 3.2) */
  readonly oneCycles: readonly string[];
  /** states in which every action certainly stays (Def. 3.2) */
  readonly terminalStates: readonly string[];
  /** choices that may stay: their row leads to their own state with positive probability */
  readonly selfLoops: number;
  /** groups of actions of one state with exactly the same row */
  readonly equalActions: readonly { readonly state: string; readonly actions: readonly string[] }[];
  readonly labels: readonly { readonly label: string; readonly states: number }[];
  /** what the reader of the file noted, and what a person would want to know before a long run */
  readonly warnings: readonly Diagnostic[];
}

/** Describes a model: counts, graph structure, warnings. Time and memory are about linear in the number of transitions. */
export function describeModel(mdp: Mdp): ModelDescription {
  const { states, choiceClass } = mdp;
  const names = (list: readonly number[]): string[] => list.map((s) => states[s]!);
  const reached = reachableFrom(mdp, [mdp.start]);
  const components = stronglyConnectedComponents(mdp);
  const ends = maximalEndComponents(mdp);
  const members = grouped(components.component, components.count);
  const distinctChoices = choiceClass.reduce((sum, first, c) => sum + (first === c ? 1 : 0), 0);
  const description = {
    name: mdp.name,
    ...(mdp.description !== undefined && { description: mdp.description }),
    ...(mdp.source !== undefined && { source: mdp.source }),
    sha256: mdp.sha256,
    states: mdp.stateCount,
    choices: mdp.choiceCount,
    distinctChoices,
    transitions: mdp.transitionCount,
    deterministic: mdp.transitionCount === mdp.choiceCount,
    acyclic: components.count === mdp.stateCount,
    onePolicy: distinctChoices === mdp.stateCount,
    start: states[mdp.start]!,
    reachable: reached.reduce((sum, x) => sum + x, 0),
    unreachable: states.filter((_, s) => reached[s] === 0),
    components: {
      count: components.count,
      largest: members.reduce((most, list) => Math.max(most, list.length), 0),
      closed: members
        .filter((_, i) => components.closed[i] === 1)
        .sort((a, b) => a[0]! - b[0]!)
        .map(names),
    },
    endComponents: grouped(ends.component, ends.count).map(names),
    oneCycles: names(oneCycles(mdp)),
    terminalStates: names(terminalStates(mdp)),
    selfLoops: selfLoopChoices(mdp),
    equalActions: equalActions(mdp),
    labels: [...mdp.labels].map(([label, list]) => ({ label, states: list.length })),
  };
  return { ...description, warnings: modelWarnings(mdp, description) };
}

/** The members of each group 0 … count−1, ascending; numbers below 0 belong to none. */
function grouped(groupOf: Int32Array, count: number): number[][] {
  const groups: number[][] = Array.from({ length: count }, () => []);
  groupOf.forEach((group, s) => {
    if (group >= 0) groups[group]!.push(s);
  });
  return groups;
}

function selfLoopChoices(mdp: Mdp): number {
  let count = 0;
  for (let s = 0; s < mdp.stateCount; s++) {
    for (const c of choicesOf(mdp, s)) {
      if (mdp.successor.subarray(mdp.rowPtr[c], mdp.rowPtr[c + 1]).includes(s)) count++;
    }
  }
  return count;
}

function equalActions(mdp: Mdp): ModelDescription['equalActions'] {
  const groups = new Map<number, { state: string; actions: string[] }>();
  for (let s = 0; s < mdp.stateCount; s++) {
    for (const c of choicesOf(mdp, s)) {
      const first = mdp.choiceClass[c]!;
      if (first === c) continue;
      const group = groups.get(first) ?? { state: mdp.states[s]!, actions: [mdp.actions[first]!] };
      group.actions.push(mdp.actions[c]!);
      groups.set(first, group);
    }
  }
  return [...groups.values()];
}
