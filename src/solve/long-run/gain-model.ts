import { stronglyConnectedComponents } from '../../mdp/components.js';
import { type EndComponents, maximalEndComponents } from '../../mdp/end-components.js';
import type { Mdp } from '../../mdp/model.js';
import { type Structure, structureOf } from '../structure.js';

/**
 * A model as the long run sees it. In a maximal end component every state can be reached from every other, so all its
 * states have one gain; with each of them merged into one node, nothing is left that a policy could stay in.
 */
export interface GainModel {
  readonly structure: Structure;
  readonly components: EndComponents;
  /** Int32 (S): the first state of the node that a state belongs to */
  readonly node: Int32Array;
  /** Uint8 (D): 1 if the row stays within the end component of its state */
  readonly inside: Uint8Array;
  /** nodes in an order in which each comes after what it leads to, except within a group */
  readonly groups: readonly (readonly GainNode[])[];
  /** end components, in the order of their numbers */
  readonly parts: readonly GainPart[];
}

/** A node: an end component, or a state in none. */
export interface GainNode {
  /** its first state */
  readonly first: number;
  /** the number of its end component, or −1 */
  readonly component: number;
  /** rows of its states that lead out of it */
  readonly leaving: readonly number[];
}

/** An end component as a model of its own: only the rows that stay inside. */
export interface GainPart {
  /** Int32: its states, ascending */
  readonly states: Int32Array;
  /** rows and states renumbered; undefined if it is one state */
  readonly structure: Structure | undefined;
  /** Int32: the number of each of its rows in the whole model */
  readonly rows: Int32Array;
}

const known = new WeakMap<Mdp, GainModel>();

/** The long-run view of a model; the same object for the same model. */
export function gainModel(mdp: Mdp): GainModel {
  const found = known.get(mdp);
  if (found !== undefined) return found;
  const model = analyse(mdp);
  known.set(mdp, model);
  return model;
}

function analyse(mdp: Mdp): GainModel {
  const structure = structureOf(mdp);
  const { stateCount, statePtr, choiceOfRow } = structure;
  const components = maximalEndComponents(mdp);
  const members = Array.from({ length: components.count }, (): number[] => []);
  const node = Int32Array.from({ length: stateCount }, (_, s) => s);
  for (let s = 0; s < stateCount; s++) {
    const own = components.component[s]!;
    if (own < 0) continue;
    members[own]!.push(s);
    node[s] = members[own]![0]!;
  }
  const inside = Uint8Array.from(choiceOfRow, (c) => components.inside[c]!);
  const scc = stronglyConnectedComponents(mdp);
  const groups = Array.from({ length: scc.count }, (): GainNode[] => []);
  for (let s = 0; s < stateCount; s++) {
    if (node[s] !== s) continue;
    const component = components.component[s]!;
    const states = component < 0 ? [s] : members[component]!;
    const leaving = states.flatMap((t) => rowsOf(statePtr, t).filter((r) => inside[r] === 0));
    groups[scc.component[s]!]!.push({ first: s, component, leaving });
  }
  const parts = members.map((list): GainPart => {
    const states = Int32Array.from(list);
    const rows = list.map((s) => rowsOf(statePtr, s).filter((r) => inside[r] === 1));
    return {
      states,
      structure: list.length === 1 ? undefined : partOf(structure, states, rows),
      rows: Int32Array.from(rows.flat()),
    };
  });
  return { structure, components, node, inside, groups, parts };
}

function rowsOf(statePtr: Int32Array, s: number): number[] {
  return Array.from({ length: statePtr[s + 1]! - statePtr[s]! }, (_, i) => statePtr[s]! + i);
}

/** Some states with the given rows of each, which lead to these states only, renumbered. */
function partOf(whole: Structure, states: Int32Array, rows: readonly (readonly number[])[]): Structure {
  const local = new Map([...states].map((s, i) => [s, i]));
  const all = rows.flat();
  const statePtr = new Int32Array(states.length + 1);
  rows.forEach((own, i) => {
    statePtr[i + 1] = statePtr[i]! + own.length;
  });
  const lengths = all.map((r) => whole.rowPtr[r + 1]! - whole.rowPtr[r]!);
  const rowPtr = new Int32Array(all.length + 1);
  lengths.forEach((length, i) => {
    rowPtr[i + 1] = rowPtr[i]! + length;
  });
  const edges = all.flatMap((r, i) => Array.from({ length: lengths[i]! }, (_, e) => whole.rowPtr[r]! + e));
  const order = [...states.keys()].sort((a, b) => whole.position[states[a]!]! - whole.position[states[b]!]!);
  const position = new Int32Array(states.length);
  order.forEach((i, rank) => {
    position[i] = rank;
  });
  return {
    ...whole,
    stateCount: states.length,
    rowCount: all.length,
    statePtr,
    rowPtr,
    successor: Int32Array.from(edges, (k) => local.get(whole.successor[k]!)!),
    probability: Float64Array.from(edges, (k) => whole.probability[k]!),
    choiceOfRow: Int32Array.from(all, (r) => whole.choiceOfRow[r]!),
    certain: Uint8Array.from(lengths, (length) => (length === 1 ? 1 : 0)),
    longestRow: lengths.reduce((most, length) => Math.max(most, length), 0),
    position,
  };
}
