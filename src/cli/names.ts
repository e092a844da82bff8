import { quoted, type UserError, usageError } from '../errors.js';
import { choicesOf } from '../mdp/graph.js';
import type { Mdp } from '../mdp/model.js';
import { didYouMean } from '../mdp/suggest.js';

/** The state that an option names. @throws {UserError} usage, with a suggestion */
export function stateNamed(mdp: Mdp, name: string, option: string): number {
  const state = mdp.states.indexOf(name);
  if (state >= 0) return state;
  throw unknown(`${option}: the model has no state ${quoted(name)}`, name, mdp.states);
}

/** The choice (its number in the model) that an action's name means in a state. @throws {UserError} usage */
export function choiceNamed(mdp: Mdp, state: number, name: string, option: string): number {
  const choices = choicesOf(mdp, state);
  const choice = choices.find((c) => mdp.actions[c] === name);
  if (choice !== undefined) return choice;
  const names = choices.map((c) => mdp.actions[c]!);
  throw unknown(`${option}: state ${quoted(mdp.states[state]!)} has no action ${quoted(name)}`, name, names);
}

/** A name that has commas itself is taken whole; otherwise commas separate. */
export function splitNames(text: string, known: readonly string[]): string[] {
  return known.includes(text) ? [text] : text.split(',').map((name) => name.trim());
}

function unknown(message: string, name: string, names: readonly string[]): UserError {
  const shown = names.slice(0, 10).map((known) => quoted(known, 30));
  const hint = didYouMean(name, names);
  return usageError(message, {
    found: quoted(name),
    wanted: `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`,
    ...(hint === undefined ? {} : { hint }),
  });
}
