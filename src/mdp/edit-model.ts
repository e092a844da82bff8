import type { Rational } from '../number/rational.js';
import type { ModelFile } from './build.js';
import { choicesOf } from './graph.js';
import type { Mdp } from './model.js';
import { parseModel } from './parse.js';
import { writeModel } from './write-model.js';

/** Successor to exact probability, by name. */
export type NamedRow = ReadonlyMap<string, Rational>;

/** What can be changed of a model: names and exact rows. */
export interface EditedModel {
  readonly name: string;
  readonly states: readonly string[];
  readonly start: string;
  /** state to action to row */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, NamedRow>>;
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** The model as names and exact rows. */
export function namedRows(mdp: Mdp): EditedModel {
  const { name, states, labels } = mdp;
  const rowOf = (c: number): NamedRow => {
    const row = new Map<string, Rational>();
    for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) {
      row.set(states[mdp.successor[k]!]!, mdp.exact.values[mdp.exact.index[k]!]!);
    }
    return row;
  };
  const actions = (s: number): [string, NamedRow][] =>
    choicesOf(mdp, s).map((c) => [mdp.actions[c]!, rowOf(c)]);
  return {
    name,
    states,
    start: states[mdp.start]!,
    rows: new Map(states.map((state, s) => [state, new Map(actions(s))])),
    labels: new Map([...labels].map(([label, members]) => [label, members.map((s) => states[s]!)])),
  };
}

/** The model of names and rows, read as from a file, with every check of one. @throws {UserError} input */
export function builtModel({ rows, ...rest }: EditedModel): Mdp {
  // A writer of model files takes Maps, whose keys keep their order whatever they look like.
  const file = { ...rest, transitions: rows } as unknown as ModelFile;
  return parseModel(writeModel(file), { source: rest.name, format: 'json' });
}

/** A name that no other has: itself, or with a number. */
export function freeName(name: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  let free = name;
  for (let n = 2; names.has(free); n++) free = `${name}#${n}`;
  return free;
}
