import type { Mdp } from '../../mdp/model.js';
import type { Rational } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import type { Names } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Claim } from '../verify.js';

/** What a certificate says does not hold, or means nothing for this model. */
export class Refused extends Error {}

/** @returns how a hypothesis was found to hold, if it does; otherwise why not is thrown */
export function refuseIf(fails: boolean, why: string, finding = ''): string {
  if (fails) throw new Refused(why);
  return finding;
}

export function given<T>(value: T | undefined, why: string): T {
  if (value === undefined) throw new Refused(why);
  return value;
}

/** A distinct row of a state (Turner et al. 2021, Def. 6.7): successor to index of its exact probability in the model. */
export interface Row {
  readonly choice: number;
  readonly to: ReadonlyMap<number, number>;
}

/** (S) the distinct rows of each state */
export type Rows = readonly (readonly Row[])[];

const known = new WeakMap<Mdp, Row[][]>();

/** Made once for a model, which does not change. */
export function rowsOf(mdp: Mdp): Rows {
  const { choicePtr, choiceClass, rowPtr, successor, exact } = mdp;
  const rows = known.get(mdp) ?? mdp.states.map(() => [] as Row[]);
  for (let s = known.has(mdp) ? rows.length : 0; s < rows.length; s++) {
    for (let choice = choicePtr[s]!; choice < choicePtr[s + 1]!; choice++) {
      const to = new Map<number, number>();
      for (let k = rowPtr[choice]!; k < rowPtr[choice + 1]!; k++) to.set(successor[k]!, exact.index[k]!);
      if (choiceClass[choice] === choice) rows[s]!.push({ choice, to });
    }
  }
  known.set(mdp, rows);
  return rows;
}

/** The states that can follow, in one step or more, where `rowsAt` says what can be done. */
export function reached(first: readonly Row[], rowsAt: (x: number) => readonly Row[]): Set<number> {
  const found = new Set(first.flatMap(({ to }) => [...to.keys()]));
  for (const x of found) for (const { to } of rowsAt(x)) for (const t of to.keys()) found.add(t);
  return found;
}

/** Is the row, with its states moved by φ, among others? */
export function isCopied({ to }: Row, phi: Permutation, among: readonly Row[]): boolean {
  return among.some((row) => row.to.size === to.size && [...to].every(([t, p]) => row.to.get(phi[t]!) === p));
}

export function stateOf(mdp: Mdp, name = ''): number {
  const state = mdp.states.indexOf(name);
  return given(state < 0 ? undefined : state, `the model has no state ${JSON.stringify(name)}`);
}

export function rowOf({ mdp, rows, s }: Claim, action = ''): Row {
  const named = mdp.choiceClass.filter((_, c) => mdp.actions[c] === action);
  const row = rows[s]!.find(({ choice }) => named.includes(choice));
  return given(row, `${mdp.states[s]} has no action ${JSON.stringify(action)}`);
}

export function numberOf(text = ''): Rational {
  return given(writtenNumber(text), `${JSON.stringify(text)} is no exact number`);
}

/** Exact numbers of states, 0 where left out. */
export function numbersOf(mdp: Mdp, names: Names): Map<number, Rational> {
  return new Map(Object.entries(names).map(([x, value]) => [stateOf(mdp, x), numberOf(value)]));
}
