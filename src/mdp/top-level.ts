import { quoted } from '../errors.js';
import { failAt } from './locate.js';
import { entriesOf, wrongKind } from './read-values.js';
import { didYouMean } from './suggest.js';
import type { SourceDocument, SyntaxNode } from './syntax.js';

/** The values of the document's object by key. @throws {UserError} input: E_UNKNOWN_KEY, a key that is not in `keys` */
export function topLevel(document: SourceDocument, keys: readonly string[]): ReadonlyMap<string, SyntaxNode> {
  const entries = entriesOf(document, document.root, 'a model', 'an object with "states" and "transitions"');
  for (const entry of entries) {
    if (keys.includes(entry.key)) continue;
    throw failAt(document, entry, {
      code: 'E_UNKNOWN_KEY',
      message: `a model has no key ${quoted(entry.key)}`,
      found: quoted(entry.key),
      wanted: `one of ${keys.join(', ')}`,
      hint: didYouMean(entry.key, keys) ?? 'remarks go into "description"',
    });
  }
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** The model's own reward as a document. @throws {UserError} input: E_SCHEMA */
export function rewardOf(
  document: SourceDocument,
  reward: SyntaxNode | undefined,
): SourceDocument | undefined {
  if (reward === undefined) return undefined;
  if (reward.kind === 'string' || reward.kind === 'object') {
    return { ...document, root: reward, pointer: '/reward' };
  }
  throw wrongKind(document, reward, '"reward"', 'a text such as "uniform(0, 1)", or an object');
}

/** The last part of a path without its extension: the name of a model that has no other. */
export function nameOfSource(source: string): string {
  return source.replace(/^.*[\\/]/, '').replace(/\.(json|ya?ml|mdpb)$/i, '') || 'model';
}
