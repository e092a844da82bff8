import { type Diagnostic, quoted } from '../errors.js';
import { reachableFrom } from './graph.js';
import type { Mdp } from './model.js';

/** A note on the states that no policy reaches from the start, if there are any. */
export function unreachableNotes(mdp: Mdp): Diagnostic[] {
  const reached = reachableFrom(mdp, [mdp.start]);
  const names = mdp.states.filter((_, s) => reached[s] === 0);
  if (names.length === 0) return [];
  const listed = names.slice(0, 5).map((name) => quoted(name, 30));
  const which = `${listed.join(', ')}${names.length > listed.length ? ', …' : ''}`;
  const count = names.length === 1 ? '1 state' : `${names.length} states`;
  const message = `${count} cannot be reached from the start ${quoted(mdp.states[mdp.start]!)}: ${which}`;
  return [{ code: 'W_UNREACHABLE', message }];
}
