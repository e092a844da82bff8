import type { Diagnostic, UserError } from '../errors.js';
import { inputError } from '../errors.js';
import { parseDocument } from '../mdp/document.js';
import { failAt, placeAt, placeOf } from '../mdp/locate.js';
import { nameOf } from '../mdp/names.js';
import { wrongKind } from '../mdp/read-values.js';
import type { SourceDocument, SyntaxNode } from '../mdp/syntax.js';
import { type FailInText, parseLaw } from './law-text.js';
import { parseFeatures, parseList, parseOrbit, parseStates } from './parse-forms.js';
import type { Law, RewardSpec } from './spec.js';

/**
 * Reads a law of reward functions:
 *
 *     uniform(0, 1)                                                      one law, independent over states (law-text.ts)
 *     {"default": "uniform(0, 1)", "states": {"off": "point(0)"}}        independent, some states with their own
 *     {"features": {"hub": [1, 0.5]}, "weights": "normal(0, 1)"}         R = Φ w; features may be objects with names
 *     {"functions": [{"weight": 1, "reward": {"hub": 1}}]}               one of finitely many reward functions
 *     {"orbit": {"hub": 1, "left": 2}}                                   one reward vector in a random order
 *
 * In the last three, states that are not named have reward 0 (features 0).
 *
 * @param spec    a text, where one that starts with { is JSON; or a document whose root is such a text or object
 * @param states  the model's states, in order
 * @throws {UserError} input, with the place: the codes of parseLaw, E_SCHEMA, E_UNKNOWN_KEY, E_UNKNOWN_STATE, E_REWARD_FORM,
 *   E_REWARD_MISSING (a state without a law), E_REWARD_SUM, and the codes of parseDocument
 */
export function parseReward(spec: string | SourceDocument, states: readonly string[]): RewardSpec {
  if (typeof spec !== 'string') return ofDocument(spec, states);
  if (spec.trimStart().startsWith('{')) return ofDocument(parseDocument(spec, OPTION, 'json'), states);
  const fail: FailInText = (at, parts) =>
    inputError({ ...parts, place: placeAt({ source: OPTION, text: spec }, at) });
  return sameForAll(parseLaw(spec, fail), states);
}

/** The name of a text in messages: it comes from this option, or from a caller who knows it. */
const OPTION = '--reward';

function ofDocument(document: SourceDocument, states: readonly string[]): RewardSpec {
  const { root } = document;
  if (nameOf(document, root) !== undefined) return sameForAll(lawAt(document, root), states);
  if (root.kind !== 'object') {
    throw wrongKind(document, root, 'a reward', 'a law such as "uniform(0, 1)", or an object');
  }
  const keys = root.entries.map(({ key }) => key);
  if (keys.includes('features')) return parseFeatures(document, root, states, lawAt);
  if (keys.includes('functions')) return parseList(document, root, states);
  if (keys.includes('orbit')) return parseOrbit(document, root, states);
  return parseStates(document, root, states, lawAt);
}

function sameForAll(law: Law, states: readonly string[]): RewardSpec {
  return { form: 'independent', text: law.text, laws: [law], ofState: states.map(() => 0) };
}

/** The law that a node of a document is, with errors inside its text. */
function lawAt(document: SourceDocument, node: SyntaxNode): Law {
  const text = nameOf(document, node);
  if (text === undefined)
    throw wrongKind(document, node, 'a law of rewards', 'a text such as "uniform(0, 1)"');
  // A text that stands in the document as it is, in quotes or not, can be pointed into; one with escapes cannot.
  const quote = document.text.startsWith(text, node.offset + 1) ? 1 : 0;
  const verbatim = document.text.startsWith(text, node.offset + quote);
  return parseLaw(text, (at: number, parts: Omit<Diagnostic, 'place'>): UserError => {
    if (!verbatim) return failAt(document, node, parts);
    const { pointer } = placeOf(document, node);
    return inputError({ ...parts, place: placeAt(document, node.offset + quote + at, pointer) });
  });
}
