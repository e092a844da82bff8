import type { UserError } from '../errors.js';
import { failAt } from '../mdp/locate.js';
import { nameOf } from '../mdp/names.js';
import { entriesOf, itemsOf, wrongKind } from '../mdp/read-values.js';
import { didYouMean } from '../mdp/suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from '../mdp/syntax.js';
import {
  type Certificate,
  FIELDS,
  type Field,
  type Named,
  type Names,
  THEOREMS,
  type Theorem,
} from './certificate.js';

/**
 * Reads a certificate. Whether it is right is not looked at here; names are not compared with any model.
 * @throws {UserError} input: E_CERTIFICATE at the place, where a field is missing, unknown or of the wrong kind
 */
export function parseCertificate(document: SourceDocument): Certificate {
  const fields = fieldsOf(document, document.root, 'a certificate');
  const version = needed(document, fields, 'certificate');
  if (version.kind !== 'number' || Number(version.literal) !== 1) {
    throw fail(
      document,
      version,
      'this is no version of the certificate format that can be read',
      'the number 1',
    );
  }
  const theorem = theoremOf(document, needed(document, fields, 'theorem'));
  const { needed: must, allowed } = FIELDS[theorem];
  const known: readonly string[] = ['certificate', 'model', 'theorem', 'state', ...must, ...allowed];
  for (const [key, { entry }] of fields) {
    if (known.includes(key)) continue;
    const hint = didYouMean(key, known);
    throw fail(document, entry, `a certificate of ${theorem} has no field "${key}"`, known.join(', '), hint);
  }
  const model = textOf(document, needed(document, fields, 'model'));
  const state = textOf(document, needed(document, fields, 'state'));
  const certificate: Record<string, unknown> = { certificate: 1, model, theorem, state };
  for (const field of must) certificate[field] = readers[field](document, needed(document, fields, field));
  for (const field of allowed) {
    const node = fields.get(field)?.value;
    if (node !== undefined) certificate[field] = readers[field](document, node);
  }
  return certificate as unknown as Certificate;
}

type Fields = ReadonlyMap<string, { readonly entry: SyntaxEntry; readonly value: SyntaxNode }>;

const readers: Readonly<Record<Field, (document: SourceDocument, node: SyntaxNode) => unknown>> = {
  start: textOf,
  action: textOf,
  other: textOf,
  permutations: (document, node) => listOf(document, node, '"permutations"', namesOf),
  avoid: (document, node) => listOf(document, node, '"avoid"', textOf),
  copies: countOf,
  dominated: (document, node) =>
    listOf(document, node, '"dominated"', (_, item) => {
      const fields = fieldsOf(document, item, 'an item of "dominated"', ['path', 'distribution', 'mix']);
      return {
        ...readNamed(document, fields),
        mix: listOf(document, needed(document, fields, 'mix'), '"mix"', readPart),
      };
    }),
  strict: (document, node) => {
    const fields = fieldsOf(document, node, '"strict"', ['gamma', 'reward', 'values']);
    const [gamma, values] = [fields.get('gamma'), fields.get('values')];
    return {
      ...(gamma !== undefined && { gamma: textOf(document, gamma.value) }),
      reward: namesOf(document, needed(document, fields, 'reward')),
      ...(values !== undefined && { values: namesOf(document, values.value) }),
    };
  },
};

function readPart(document: SourceDocument, node: SyntaxNode): unknown {
  const fields = fieldsOf(document, node, 'an item of "mix"', ['weight', 'path', 'distribution']);
  return {
    weight: textOf(document, needed(document, fields, 'weight')),
    ...readNamed(document, fields),
  };
}

/** A path or a recurrent distribution. */
function readNamed(document: SourceDocument, fields: Fields): Named {
  const distribution = fields.get('distribution')?.value;
  if (distribution !== undefined && !fields.has('path'))
    return { distribution: namesOf(document, distribution) };
  return { path: listOf(document, needed(document, fields, 'path'), '"path"', textOf) };
}

function fieldsOf(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  known?: readonly string[],
): Fields {
  const entries = entriesOf(document, node, what, 'an object');
  for (const entry of entries) {
    if (known === undefined || known.includes(entry.key)) continue;
    const hint = didYouMean(entry.key, known);
    throw fail(document, entry, `${what} has no field "${entry.key}"`, known.join(', '), hint);
  }
  return new Map(entries.map((entry) => [entry.key, { entry, value: entry.value }]));
}

function needed(document: SourceDocument, fields: Fields, key: string): SyntaxNode {
  const field = fields.get(key);
  if (field !== undefined) return field.value;
  throw fail(document, document.root, `the field "${key}" is missing`, `"${key}"`);
}

function theoremOf(document: SourceDocument, node: SyntaxNode): Theorem {
  const text = textOf(document, node);
  const theorem = THEOREMS.find((name) => name === text);
  if (theorem !== undefined) return theorem;
  throw fail(document, node, 'there is no certificate for this theorem', THEOREMS.join(', '));
}

function textOf(document: SourceDocument, node: SyntaxNode): string {
  const text = nameOf(document, node);
  if (text === undefined) throw wrongKind(document, node, 'this field', 'a text, in quotes');
  return text;
}

/** A whole number, written with digits alone. */
function countOf(document: SourceDocument, node: SyntaxNode): number {
  if (node.kind === 'number' && /^\d{1,15}$/.test(node.literal)) return Number(node.literal);
  throw wrongKind(document, node, 'this field', 'a whole number');
}

function listOf<T>(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  read: (document: SourceDocument, item: SyntaxNode) => T,
): T[] {
  return itemsOf(document, node, what, 'a list').map((item) => read(document, item));
}

function namesOf(document: SourceDocument, node: SyntaxNode): Names {
  const entries = entriesOf(document, node, 'this field', 'an object of names and texts');
  return Object.fromEntries(entries.map(({ key, value }) => [key, textOf(document, value)]));
}

function fail(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  message: string,
  wanted: string,
  hint?: string,
): UserError {
  return failAt(document, target, {
    code: 'E_CERTIFICATE',
    message,
    wanted,
    ...(hint !== undefined && { hint }),
  });
}
