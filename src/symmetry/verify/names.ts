import type { Mdp } from '../../mdp/model.js';
import type { Rational } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import type { Names } from '../certificate.js';
import { identity, type Permutation } from '../permutation.js';

/** What a certificate says does not hold, or means nothing for this model. */
export class Refused extends Error {}

export function stateOf(mdp: Mdp, name: string | undefined): number {
  const state = name === undefined ? -1 : mdp.states.indexOf(name);
  if (state < 0) throw new Refused(`the model has no state ${JSON.stringify(name)}`);
  return state;
}

/** The first choice of the class of an action (Def. 6.7). */
export function choiceOf(mdp: Mdp, s: number, action: string | undefined): number {
  for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
    if (mdp.actions[c] === action) return mdp.choiceClass[c]!;
  }
  throw new Refused(`${mdp.states[s]} has no action ${JSON.stringify(action)}`);
}

export function numberOf(text: string | undefined): Rational {
  const value = text === undefined ? undefined : writtenNumber(text);
  if (value === undefined) throw new Refused(`${JSON.stringify(text)} is no exact number`);
  return value;
}

/** φ as an involution (Def. 6.1): every state that moves is listed, and moves back. */
export function involutionOf(mdp: Mdp, names: Names): Permutation {
  const phi = identity(mdp.stateCount);
  for (const [from, to] of Object.entries(names)) phi[stateOf(mdp, from)] = stateOf(mdp, to);
  const wrong = phi.findIndex((image, x) => phi[image] !== x);
  if (wrong < 0) return phi;
  const [from, to] = [mdp.states[wrong], mdp.states[phi[wrong]!]];
  throw new Refused(`${from} goes to ${to}, which does not go back to ${from}`);
}

/** Exact numbers of states, 0 where left out. */
export function rewardOf(mdp: Mdp, names: Names): Map<number, Rational> {
  return new Map(Object.entries(names).map(([x, value]) => [stateOf(mdp, x), numberOf(value)]));
}
