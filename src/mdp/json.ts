import { createScanner, type JSONScanner } from 'jsonc-parser';
import { DEEPEST, tooDeep } from './depth.js';
import { jsonProblem, problemAt } from './json-problems.js';
import { ScanError, Token } from './json-tokens.js';
import { duplicateKey, KeySet } from './keys.js';
import { pointerStep } from './locate.js';
import type { SyntaxEntry, SyntaxNode } from './syntax.js';

/** The state of one reading: the scanner stands on the token that is next to be read. */
interface Reader {
  readonly scanner: JSONScanner;
  readonly text: string;
  readonly source: string;
  token: number;
  /** Keys and indices of the containers that are open, outermost first; entries beyond the depth are stale. */
  readonly path: (string | number)[];
}

/**
 * Reads JSON text strictly as RFC 8259 has it: no comments, no trailing commas, one value. In addition an object may have
 * a key only once, strings must be well-formed Unicode, and containers may be nested 200 deep.
 * @throws {UserError} input: E_JSON_SYNTAX, E_DUP_KEY, E_LIMIT_DEPTH, E_ENCODING with place
 */
export function parseJson(text: string, source: string): SyntaxNode {
  const scanner = createScanner(text, false);
  const reader: Reader = { scanner, text, source, token: Token.unknown, path: [] };
  advance(reader);
  const root = readValue(reader, 0);
  if (reader.token !== Token.end) {
    throw jsonProblem(reader, 'the end of the text', '', 'something stands after the end of the document');
  }
  return root;
}

/** Moves to the next token that is not white space. */
function advance(reader: Reader): void {
  do reader.token = reader.scanner.scan();
  while (reader.token === Token.space || reader.token === Token.lineBreak);
  if (reader.scanner.getTokenError() !== ScanError.none) throw jsonProblem(reader, 'a JSON token', undefined);
}

/** Reads one value; `depth` containers are open around it. */
function readValue(reader: Reader, depth: number): SyntaxNode {
  const offset = reader.scanner.getTokenOffset();
  const node = startValue(reader, offset, depth);
  if (node !== undefined) {
    advance(reader);
    return node;
  }
  if (depth >= DEEPEST) throw tooDeep(reader, offset, pointerTo(reader, depth));
  const isObject = reader.token === Token.openBrace;
  advance(reader);
  return isObject ? readObject(reader, offset, depth) : readArray(reader, offset, depth);
}

/** The node of a token that is a whole value, or undefined if the token opens a container. */
function startValue(reader: Reader, offset: number, depth: number): SyntaxNode | undefined {
  switch (reader.token) {
    case Token.openBrace:
    case Token.openBracket:
      return undefined;
    case Token.string:
      return { kind: 'string', offset, value: stringValue(reader, offset, depth) };
    case Token.number:
      return { kind: 'number', offset, literal: reader.scanner.getTokenValue() };
    case Token.true:
      return { kind: 'boolean', offset, value: true };
    case Token.false:
      return { kind: 'boolean', offset, value: false };
    case Token.null:
      return { kind: 'null', offset };
    default:
      throw jsonProblem(reader, 'a value', pointerTo(reader, depth));
  }
}

function readObject(reader: Reader, offset: number, depth: number): SyntaxNode {
  const entries: SyntaxEntry[] = [];
  const keys = new KeySet();
  while (reader.token !== Token.closeBrace) {
    if (entries.length > 0) skip(reader, Token.comma, 'a comma, or }', depth);
    if (reader.token !== Token.string) {
      throw jsonProblem(
        reader,
        entries.length === 0 ? 'a key in double quotes, or }' : 'a key in double quotes',
        pointerTo(reader, depth),
      );
    }
    const keyOffset = reader.scanner.getTokenOffset();
    const key = stringValue(reader, keyOffset, depth);
    reader.path[depth] = key;
    const first = keys.add(key, keyOffset);
    if (first !== undefined) throw duplicateKey(reader, key, keyOffset, first, pointerTo(reader, depth + 1));
    advance(reader);
    skip(reader, Token.colon, 'a colon', depth + 1);
    entries.push({ key, keyOffset, value: readValue(reader, depth + 1) });
  }
  advance(reader);
  return { kind: 'object', offset, entries };
}

function readArray(reader: Reader, offset: number, depth: number): SyntaxNode {
  const items: SyntaxNode[] = [];
  while (reader.token !== Token.closeBracket) {
    if (items.length > 0) skip(reader, Token.comma, 'a comma, or ]', depth);
    reader.path[depth] = items.length;
    items.push(readValue(reader, depth + 1));
  }
  advance(reader);
  return { kind: 'array', offset, items };
}

/** Steps over a token that has to be there. */
function skip(reader: Reader, token: number, wanted: string, depth: number): void {
  if (reader.token !== token) throw jsonProblem(reader, wanted, pointerTo(reader, depth));
  advance(reader);
}

/** The value of a string token. @throws {UserError} an escape such as `\ud800` that is half of a pair */
function stringValue(reader: Reader, offset: number, depth: number): string {
  const value = reader.scanner.getTokenValue();
  const escaped = reader.scanner.getTokenLength() !== value.length + 2;
  if (escaped && /\p{Cs}/u.test(value)) {
    throw problemAt(reader, offset, pointerTo(reader, depth), {
      code: 'E_ENCODING',
      message: 'the text holds half of a surrogate pair, which is no character',
      wanted: 'well-formed Unicode text',
    });
  }
  return value;
}

function pointerTo({ path }: Reader, depth: number): string {
  return path.slice(0, depth).map(pointerStep).join('');
}
