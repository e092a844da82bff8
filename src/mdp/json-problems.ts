import type { JSONScanner } from 'jsonc-parser';
import { type Diagnostic, inputError, quoted, type UserError } from '../errors.js';
import { ScanError, Token } from './json-tokens.js';
import { type LocatedText, placeAt } from './locate.js';

interface FailedReader extends LocatedText {
  readonly scanner: JSONScanner;
  readonly token: number;
}

/** The syntax error at the scanner's token: what stands there, what was wanted, and what may have been meant. */
export function jsonProblem(
  reader: FailedReader,
  wanted: string,
  pointer: string | undefined,
  message = 'this is not JSON',
): UserError {
  const { scanner, text, token } = reader;
  const start = scanner.getTokenOffset();
  const raw = text.slice(start, start + scanner.getTokenLength());
  const problem =
    scanner.getTokenError() === ScanError.none ? undefined : tokenProblem(scanner.getTokenError(), raw);
  const comment = token === Token.lineComment || token === Token.blockComment;
  const hint = comment
    ? 'JSON has no comments: remove it, or use the key "description"'
    : hintFor(reader, start, raw);
  return problemAt(reader, start + (problem?.offset ?? 0), pointer, {
    code: 'E_JSON_SYNTAX',
    message: problem?.message ?? (token === Token.end ? endMessage(text) : message),
    found: token === Token.end ? 'the end of the text' : quoted(raw, 40),
    wanted: problem?.wanted ?? wanted,
    ...(hint !== undefined && { hint }),
  });
}

/** The input error at an offset of a text. */
export function problemAt(
  text: LocatedText,
  offset: number,
  pointer: string | undefined,
  parts: Omit<Diagnostic, 'place'>,
): UserError {
  return inputError({ ...parts, place: placeAt(text, offset, pointer) });
}

function endMessage(text: string): string {
  return text.trim() === '' ? 'the document is empty' : 'the text ends in the middle of the document';
}

/** What is wrong within a string or number token, and how many characters after its start. */
function tokenProblem(error: number, raw: string): { message: string; wanted: string; offset: number } {
  const at = (pattern: RegExp): number => Math.max(0, raw.search(pattern));
  switch (error) {
    case ScanError.endOfNumber:
      return {
        message: 'this number ends too early',
        wanted: 'a digit after the point and after e',
        offset: 0,
      };
    case ScanError.endOfComment:
      return { message: 'this is not JSON', wanted: 'a value', offset: 0 };
    case ScanError.endOfString:
      return { message: 'this string has no end on its line', wanted: 'a closing double quote', offset: 0 };
    case ScanError.character:
      return {
        message: 'a string may not hold a raw control character',
        wanted: 'printable characters',
        offset: at(/[\u0000-\u001f]/),
      };
    default:
      return {
        message: 'this escape sequence does not exist',
        wanted: '\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits',
        offset: at(/\\(?!["\\/bfnrt]|u[\da-fA-F]{4})/),
      };
  }
}

/** What may have been meant by something that other notations allow. */
function hintFor({ text }: LocatedText, start: number, raw: string): string | undefined {
  const rest = text.slice(start, start + 24);
  const before = text.slice(Math.max(0, start - 64), start).trimEnd();
  if (/^[}\]]/.test(raw) && before.endsWith(',')) return 'remove the comma before it';
  if (/^-?(nan|inf)/i.test(raw)) return 'JSON numbers are finite: a probability is between 0 and 1';
  if (/^\./.test(raw)) return `write ${quoted(`0${/^\.\d*/.exec(rest)![0]}`)}`;
  if (/^[xX][\da-fA-F]/.test(raw) && before.endsWith('0')) return 'write the number in decimal digits';
  if (/^'/.test(raw)) return 'strings stand in double quotes';
  if (/^\+/.test(raw)) return 'write the number without a plus sign';
  if (/^\d/.test(raw) && /(^|\D)0$/.test(before)) return 'write the number without leading zeros';
  if (/^<(!doctype|html)/i.test(rest))
    return 'this looks like a web page, not a model: was the download refused?';
  if (/^[A-Za-z_]/.test(raw) && !/^(true|false|null)/.test(raw))
    return 'names and other texts stand in double quotes';
  return undefined;
}
