import { type Diagnostic, harmless, quoted } from '../errors.js';
import { failAt } from './locate.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';

/** Longest name of a state, action or label, in bytes of UTF-8. */
export const LONGEST_NAME = 200;

const utf8 = new TextEncoder();

/**
 * The name that a node is: a text, or in YAML whatever is written plainly (`no`, `010`, `1.0`, `null`).
 * @returns undefined if the node is no name
 */
export function nameOf({ format, text }: SourceDocument, node: SyntaxNode): string | undefined {
  if (node.kind === 'string') return node.value;
  if (format !== 'yaml') return undefined;
  if (node.kind === 'number') return node.literal;
  if (node.kind === 'boolean') return String(node.value);
  return node.kind === 'null' && text.startsWith('null', node.offset) ? 'null' : undefined;
}

/**
 * Checks a name that a model gives to a state, an action or a label: not empty, at most 200 bytes, no white space at an
 * end, nothing invisible, nothing that controls a terminal or the direction of text. Two such names can be told apart in
 * a table, unless they are written in look-alike letters.
 * @param code  error code, such as `E_STATE_NAME`
 * @throws {UserError} input: `code`, or E_LIMIT_NAME
 */
export function checkName(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  name: string,
  code: string,
): void {
  const problem = nameProblem(name, code);
  if (problem !== undefined) throw failAt(document, target, problem);
}

/** What is wrong with a name, as `checkName` says it; undefined if nothing is. */
export function nameProblem(name: string, code: string): Omit<Diagnostic, 'place'> | undefined {
  if (/^[\w-]{1,200}$/.test(name)) return undefined;
  if (name.length > LONGEST_NAME || utf8.encode(name).length > LONGEST_NAME) {
    return {
      code: 'E_LIMIT_NAME',
      message: 'this name is too long',
      found: `${quoted(name, 20)}, ${utf8.encode(name).length} bytes`,
      wanted: `a name of at most ${LONGEST_NAME} bytes in UTF-8`,
    };
  }
  const message = problemOf(name);
  if (message === undefined) return undefined;
  return { code, message, found: quoted(name), wanted: 'a name that can be told apart in a table' };
}

function problemOf(name: string): string | undefined {
  if (name === '') return 'a name may not be empty';
  const shown = harmless(name);
  if (shown !== name) return 'a name may not hold control, invisible or text-direction characters';
  if (name.trim() !== name) return 'a name may not begin or end with white space';
  return undefined;
}

/** The kind and text of a node, for a message. */
export function describeNode(node: SyntaxNode): string {
  switch (node.kind) {
    case 'object':
      return node.entries.length === 0 ? 'an empty object' : 'an object';
    case 'array':
      return node.items.length === 0 ? 'an empty list' : 'a list';
    case 'string':
      return `the text ${quoted(node.value)}`;
    case 'number':
      return `the number ${quoted(node.literal, 40).slice(1, -1)}`;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}
