import type { UserError } from '../../errors.js';
import { failAt } from '../../mdp/locate.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from '../../mdp/syntax.js';

/** The error for a part of an experiment that means nothing; the caller throws it. */
export function wrong(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  message: string,
  wanted?: string,
  path: readonly PropertyKey[] = [],
): UserError {
  const key = path.length === 0 ? '' : `${path.map(String).join('.')}: `;
  return failAt(document, target, {
    code: 'E_EXPERIMENT',
    message: `${key}${message}`,
    ...(wanted === undefined ? {} : { wanted }),
    hint: 'mdpower schema experiment prints the schema',
  });
}

/** The node at a path of keys, or the last one on the way that is there. */
export function nodeAt(root: SyntaxNode, path: readonly PropertyKey[]): SyntaxNode {
  let node = root;
  for (const key of path) {
    const next =
      node.kind === 'array'
        ? node.items[Number(key)]
        : entriesOf(node).find((entry) => entry.key === key)?.value;
    if (next === undefined) break;
    node = next;
  }
  return node;
}

/** The entries of an object; none of anything else. */
export function entriesOf(node: SyntaxNode | undefined): readonly SyntaxEntry[] {
  return node?.kind === 'object' ? node.entries : [];
}

/** A scalar as it was written. */
export function textAt(node: SyntaxNode | undefined): string | undefined {
  if (node?.kind === 'string') return node.value;
  return node?.kind === 'number' ? node.literal : undefined;
}

/** The tree as plain data, for the check of its shape. */
export function plain(node: SyntaxNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.literal);
    case 'null':
      return null;
    default:
      return node.value;
  }
}
