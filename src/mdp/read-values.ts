import { quoted, type UserError } from '../errors.js';
import { failAt } from './locate.js';
import { checkName, describeNode, nameOf } from './names.js';
import { didYouMean } from './suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';

/** The states of a model, in order, and the way back from a name. */
export interface StateNames {
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
}

/** The error for a value of the wrong kind; `what` is the start of a sentence, such as `"states"`. */
export function wrongKind(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  wanted: string,
  hint?: string,
): UserError {
  return failAt(document, node, {
    code: 'E_SCHEMA',
    message: `${what} cannot be ${describeNode(node)}`,
    found: describeNode(node),
    wanted,
    ...(hint !== undefined && { hint }),
  });
}

/** The entries of a node that must be an object. */
export function entriesOf(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  wanted: string,
  hint?: string,
): readonly SyntaxEntry[] {
  if (node.kind === 'object') return node.entries;
  throw wrongKind(document, node, what, wanted, hint);
}

/** The items of a node that must be a list. */
export function itemsOf(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  wanted: string,
): readonly SyntaxNode[] {
  if (node.kind === 'array') return node.items;
  throw wrongKind(document, node, what, wanted);
}

/**
 * Reads the list `states`: at least one, each a name of its own.
 * @throws {UserError} input: E_SCHEMA, E_STATE_NAME, E_LIMIT_NAME, E_DUP_STATE
 */
export function readStates(document: SourceDocument, node: SyntaxNode): StateNames {
  const wanted = 'a list of names, such as ["start", "goal"]';
  const items = itemsOf(document, node, '"states"', wanted);
  if (items.length === 0)
    throw wrongKind(document, node, '"states"', wanted, 'a model needs at least one state');
  const names: string[] = [];
  const index = new Map<string, number>();
  const seen: SeenNames = { names: [] };
  for (const item of items) {
    const name = nameOf(document, item);
    if (name === undefined) throw wrongKind(document, item, 'a state', 'a name in double quotes');
    checkName(document, item, name, 'E_STATE_NAME');
    if (index.has(name)) throw listedTwice(document, item, name, '"states"');
    refuseTwin(document, item, name, seen, { code: 'E_DUP_STATE', what: 'state' });
    index.set(name, names.length);
    names.push(name);
  }
  return { names, index };
}

/** The names of one list or object so far; `normal` maps their NFC to them once one is not ASCII. */
export interface SeenNames {
  readonly names: string[];
  normal?: Map<string, string>;
}

/** Refuses a name that differs from one before it, but reads the same: the two are equal after NFC. */
export function refuseTwin(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  name: string,
  seen: SeenNames,
  { code, what }: { code: string; what: string },
): void {
  if (seen.normal === undefined && /^[\u0000-\u007f]*$/.test(name)) {
    seen.names.push(name);
    return;
  }
  seen.normal ??= new Map(seen.names.map((ascii) => [ascii, ascii]));
  const key = name.normalize('NFC');
  if (!seen.normal.has(key)) {
    seen.normal.set(key, name);
    return;
  }
  throw failAt(document, target, {
    code,
    message: `the ${what} ${quoted(name)} reads the same as one before it, but is written with other Unicode characters`,
    found: quoted(name),
    wanted: `names that differ after Unicode normalisation (NFC)`,
  });
}

/** The index of a state that a node names, for example in `terminal`. */
export function stateAt(
  document: SourceDocument,
  node: SyntaxNode,
  states: StateNames,
  what: string,
): number {
  const name = nameOf(document, node);
  if (name === undefined) throw wrongKind(document, node, what, 'the name of a state');
  return stateNamed(document, node, name, states);
}

/** The index of a state by name. @throws {UserError} input: E_UNKNOWN_STATE at `target` */
export function stateNamed(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  name: string,
  { names, index }: StateNames,
): number {
  const state = index.get(name);
  if (state !== undefined) return state;
  const listed = names.slice(0, 5).map((each) => quoted(each, 30));
  throw failAt(document, target, {
    code: 'E_UNKNOWN_STATE',
    message: `there is no state ${quoted(name)} in "states"`,
    found: quoted(name),
    wanted: `one of ${listed.join(', ')}${names.length > listed.length ? `, … (${names.length} states)` : ''}`,
    hint: didYouMean(name, names) ?? `add ${quoted(name, 30)} to "states", or correct the name`,
  });
}

/** Indices of the states in a list without repetition, in the order written. */
export function stateList(
  document: SourceDocument,
  node: SyntaxNode,
  states: StateNames,
  what: string,
): number[] {
  const seen = new Set<number>();
  for (const item of itemsOf(document, node, what, 'a list of states')) {
    const state = stateAt(document, item, states, `an item of ${what}`);
    if (seen.has(state)) throw listedTwice(document, item, states.names[state]!, what);
    seen.add(state);
  }
  return [...seen];
}

function listedTwice(document: SourceDocument, item: SyntaxNode, name: string, what: string): UserError {
  return failAt(document, item, {
    code: 'E_DUP_STATE',
    message: `the state ${quoted(name)} is listed twice in ${what}`,
    found: `${quoted(name)} again`,
    wanted: 'every state once',
  });
}
