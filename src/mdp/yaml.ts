import { createRequire } from 'node:module';
import type { Alias, Composer, Document, ParsedNode, Parser, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { harmless, inputError, quoted, type UserError } from '../errors.js';
import { DEEPEST, tooDeep } from './depth.js';
import { duplicateKey, KeySet } from './keys.js';
import { type LocatedText, placeAt, pointerStep } from './locate.js';
import type { SyntaxEntry, SyntaxNode } from './syntax.js';

/** Loads the yaml package when a YAML document comes: it would double the time to start, and most models are JSON. */
const loadYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Reads one YAML 1.2 document. Plain scalars keep their text: only what JSON would read as a number, `true`, `false` or
 * `null` is one, so that `no`, `010`, `1_000` and `~` are names as written. Anchors, aliases, tags, merge keys, keys that are
 * no scalars and directives other than `%YAML 1.2` are refused: a model has no need of them, and a small text could mean
 * a huge document.
 * @throws {UserError} input: E_YAML_SYNTAX, E_DUP_KEY, E_LIMIT_DEPTH, E_ENCODING with place
 */
export function parseYaml(text: string, source: string): SyntaxNode {
  const yaml = loadYaml();
  const located = { text, source };
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  if (control >= 0) throw problem(located, control, 'a YAML text may not hold control characters');
  const composer = new yaml.Composer({ schema: 'failsafe', uniqueKeys: false, keepSourceTokens: false });
  const documents = [...compose(located, composer, new yaml.Parser(), new yaml.Lexer())];
  const [document, second] = documents;
  if (document === undefined) throw problem(located, 0, 'the document is empty');
  const [error] = document.errors;
  if (error !== undefined) throw problem(located, error.pos[0], sentence(error.message));
  if (second !== undefined)
    throw problem(located, second.range[0], 'a second YAML document begins here', 'one document');
  if (document.contents === null) throw problem(located, 0, 'the document is empty');
  return convert(located, document.contents as ParsedNode, '', 0, yaml);
}

/** The documents of a text, composed while the depth of the open containers is watched: composing is recursive. */
function* compose(
  located: LocatedText,
  composer: Composer<ParsedNode, true>,
  parser: Parser,
  lexer: import('yaml').Lexer,
): Generator<Document.Parsed<ParsedNode, true>> {
  for (const lexeme of lexer.lex(located.text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'directive' && !/^%YAML\s+1\.2\s*$/.test(token.source)) {
        throw problem(located, token.offset, 'directives are not read here', 'a plain YAML 1.2 document');
      }
      yield* composer.next(token);
    }
    if (parser.stack.length > 2 * DEEPEST) throw tooDeep(located, Math.max(0, parser.offset - 1));
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

/** One node of yaml's tree as a node of ours; `depth` containers are open around it. */
function convert(
  located: LocatedText,
  node: ParsedNode | null,
  pointer: string,
  depth: number,
  yaml: typeof import('yaml'),
): SyntaxNode {
  const offset = node?.range[0] ?? 0;
  if (yaml.isAlias(node)) {
    throw problem(located, offset, 'aliases (*name) are not read here', 'the value itself', pointer);
  }
  if (node === null) return { kind: 'null', offset };
  refuseProperties(located, node, pointer);
  if (yaml.isScalar(node)) return scalar(located, node as Scalar.Parsed, pointer);
  if (depth >= DEEPEST) throw tooDeep(located, offset, pointer);
  if (yaml.isSeq(node)) {
    const items = (node as YAMLSeq.Parsed).items.map((item, index) =>
      convert(located, item as ParsedNode | null, pointer + pointerStep(index), depth + 1, yaml),
    );
    return { kind: 'array', offset, items };
  }
  const keys = new KeySet();
  const entries = (node as YAMLMap.Parsed).items.map(({ key, value }): SyntaxEntry => {
    const name = keyText(located, key, pointer, yaml);
    const keyOffset = (key as Scalar.Parsed).range[0];
    const below = pointer + pointerStep(name);
    const first = keys.add(name, keyOffset);
    if (first !== undefined) throw duplicateKey(located, name, keyOffset, first, below);
    const entry = value === null ? ({ kind: 'null', offset: keyOffset } as const) : undefined;
    return { key: name, keyOffset, value: entry ?? convert(located, value, below, depth + 1, yaml) };
  });
  return { kind: 'object', offset, entries };
}

/** The text of a key. @throws {UserError} a key that is no scalar, is empty, or is the merge key */
function keyText(
  located: LocatedText,
  key: ParsedNode | null,
  pointer: string,
  yaml: typeof import('yaml'),
): string {
  const offset = key?.range[0] ?? 0;
  if (!yaml.isScalar(key))
    throw problem(located, offset, 'a key must be a plain or quoted text', undefined, pointer);
  refuseProperties(located, key, pointer);
  const node = scalar(located, key as Scalar.Parsed, pointer);
  const text = node.kind === 'string' ? node.value : located.text.slice(...key.range!.slice(0, 2));
  if (text === '<<' && key.type === 'PLAIN') {
    throw problem(located, offset, 'merge keys (<<) are not read here', 'the entries themselves', pointer);
  }
  return text;
}

function scalar(located: LocatedText, node: Scalar.Parsed, pointer: string): SyntaxNode {
  const offset = node.range[0];
  const value = node.source;
  if (/\p{Cs}/u.test(value)) {
    throw inputError({
      code: 'E_ENCODING',
      message: 'the text holds half of a surrogate pair, which is no character',
      place: placeAt(located, offset, pointer),
      wanted: 'well-formed Unicode text',
    });
  }
  if (node.type !== 'PLAIN') return { kind: 'string', offset, value };
  if (JSON_NUMBER.test(value)) return { kind: 'number', offset, literal: value };
  if (value === 'true' || value === 'false') return { kind: 'boolean', offset, value: value === 'true' };
  if (value === 'null' || value === '') return { kind: 'null', offset };
  return { kind: 'string', offset, value };
}

function refuseProperties(located: LocatedText, node: Exclude<ParsedNode, Alias>, pointer: string): void {
  const offset = node.range[0];
  if (node.anchor !== undefined) {
    throw problem(
      located,
      offset,
      `anchors (&${harmless(node.anchor.slice(0, 40))}) are not read here`,
      undefined,
      pointer,
    );
  }
  if (node.tag !== undefined) {
    throw problem(located, offset, `tags (${quoted(node.tag, 40)}) are not read here`, undefined, pointer);
  }
}

function problem(
  located: LocatedText,
  offset: number,
  message: string,
  wanted = 'plain YAML: mappings, lists and texts',
  pointer?: string,
): UserError {
  return inputError({ code: 'E_YAML_SYNTAX', message, place: placeAt(located, offset, pointer), wanted });
}

/** A message of the yaml package as the start of a sentence of ours. */
function sentence(message: string): string {
  const line = harmless(message.split('\n')[0]!.slice(0, 200));
  return `this is not YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
