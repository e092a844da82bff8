import { quoted } from '../../errors.js';
import type { Rational } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import { assertionError } from './assertion-error.js';
import type { AssertionText, Word } from './syntax.js';
import { type Token, tokenAt } from './tokens.js';

/** A position in the text that moves on. */
export interface Reader {
  readonly written: AssertionText;
  at: number;
}

/** The next token. @throws {UserError} E_ASSERTION */
export function peek({ written, at }: Reader, inBrackets = false): Token {
  return tokenAt(written, at, inBrackets).token;
}

/** The next token, behind which the reader then stands. @throws {UserError} E_ASSERTION */
export function take(reader: Reader, inBrackets = false): Token {
  const { token, end } = tokenAt(reader.written, reader.at, inBrackets);
  reader.at = end;
  return token;
}

/** The next token's text if it is a symbol, else the empty text. */
export function symbol(reader: Reader): string {
  const { kind, text } = peek(reader);
  return kind === 'symbol' ? text : '';
}

/** The words between brackets, the first of which has been read. @throws {UserError} E_ASSERTION */
export function argumentsOf(reader: Reader, usage: string): Word[] {
  for (const words: Word[] = []; ; ) {
    const name = take(reader, true);
    if (name.kind !== 'name' && name.kind !== 'quotedName') {
      throw assertionError(reader.written, name.offset, 'a name is missing here', { wanted: usage });
    }
    words.push(name);
    const after = take(reader, true);
    if (after.kind === 'symbol' && after.text === ')') return words;
    if (after.kind !== 'symbol' || after.text !== ',') {
      throw assertionError(reader.written, after.offset, 'a comma or a closing bracket is missing here', {
        wanted: usage,
        hint: 'a name with blanks or signs in it stands in quotes',
      });
    }
  }
}

/** The exact value of a number. @throws {UserError} E_ASSERTION: too many digits */
export function numberOf(written: AssertionText, { text, offset }: Token): Rational {
  try {
    return writtenNumber(text)!;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw assertionError(written, offset, 'this number has more digits than can be read');
  }
}

/** That the next token has no place here. */
export function unexpected(reader: Reader, wanted: string): Error {
  const { kind, text, offset } = peek(reader);
  const found = kind === 'end' ? 'the end' : quoted(text);
  return assertionError(
    reader.written,
    offset,
    `${kind === 'end' ? 'something is missing' : 'this is unexpected'} here`,
    {
      found,
      wanted,
    },
  );
}
