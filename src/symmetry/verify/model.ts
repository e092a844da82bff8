import type { DistinctRow as Row } from '../../mdp/distinct-rows.js';
import type { Mdp } from '../../mdp/model.js';
import type { Rational } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import type { Names } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Claim } from '../verify.js';

export type { Row };

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

/** (S) the distinct rows of each state */
export type Rows = readonly (readonly Row[])[];

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
  const at = mdp.actions.indexOf(action, mdp.choicePtr[s]!);
  const row = rows[s]!.find(({ choice }) => at < mdp.choicePtr[s + 1]! && choice === mdp.choiceClass[at]);
  return given(row, `${mdp.states[s]} has no action ${JSON.stringify(action)}`);
}

export function numberOf(text = ''): Rational {
  return given(writtenNumber(text), `${JSON.stringify(text)} is no exact number`);
}

/** Exact numbers of states, 0 where left out. */
export function numbersOf(mdp: Mdp, names: Names): Map<number, Rational> {
  return new Map(Object.entries(names).map(([x, value]) => [stateOf(mdp, x), numberOf(value)]));
}
