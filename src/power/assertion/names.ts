import { quoted } from '../../errors.js';
import { choicesOf } from '../../mdp/graph.js';
import type { Mdp } from '../../mdp/model.js';
import { didYouMean } from '../../mdp/suggest.js';
import { assertionError } from './assertion-error.js';
import type { AssertionText, Word } from './syntax.js';

/** The state that a word names. @throws {UserError} E_ASSERTION */
export function stateOf(mdp: Mdp, written: AssertionText, word: Word): number {
  const state = mdp.states.indexOf(word.text);
  if (state < 0) throw unknown(written, word, 'the model has no state', mdp.states);
  return state;
}

/** The choice of a state that a word names. @throws {UserError} E_ASSERTION */
export function choiceOf(mdp: Mdp, written: AssertionText, state: number, word: Word): number {
  const choices = choicesOf(mdp, state);
  const choice = choices.find((c) => mdp.actions[c] === word.text);
  if (choice !== undefined) return choice;
  const actions = choices.map((c) => mdp.actions[c]!);
  throw unknown(written, word, `state ${quoted(mdp.states[state]!)} has no action`, actions);
}

function unknown(written: AssertionText, word: Word, message: string, names: readonly string[]): Error {
  const shown = names.slice(0, 10).map((name) => quoted(name, 30));
  const hint = didYouMean(word.text, names);
  return assertionError(written, word.offset, `${message} ${quoted(word.text)}`, {
    found: quoted(word.text),
    wanted: `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`,
    ...(hint === undefined ? {} : { hint }),
  });
}
