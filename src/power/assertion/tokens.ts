import { quoted } from '../../errors.js';
import { assertionError } from './assertion-error.js';
import type { AssertionText, Word } from './syntax.js';

export interface Token extends Word {
  /** `name` is the name of a quantity or in quotes, `argument` what stands unquoted between brackets and commas */
  readonly kind: 'number' | 'name' | 'quotedName' | 'symbol' | 'end';
}

const SPACE = /\s*/y;
const SYMBOL = /<=|>=|==|!=|[-<>=+*/(),@]|≤|≥|≠|−|·/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y;
/** Unquoted between the brackets of a quantity: anything but blanks, quotes, brackets, commas and comparisons. */
const ARGUMENT = /[^\s"'(),<>=]+/y;

/** Signs that mean the same as another one. */
const plain: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['==', '='],
  ['−', '-'],
  ['·', '*'],
]);

/**
 * The token at `offset`, blanks before it skipped.
 * @param inBrackets true within the brackets of a quantity, where names stand
 * @throws {UserError} E_ASSERTION: no token begins there
 */
export function tokenAt(
  written: AssertionText,
  offset: number,
  inBrackets: boolean,
): { token: Token; end: number } {
  const { text } = written;
  const at = offset + matchAt(SPACE, text, offset)!.length;
  const found = (kind: Token['kind'], length: number, shown = text.slice(at, at + length)) => ({
    token: { kind, text: shown, offset: at },
    end: at + length,
  });
  if (at === text.length) return found('end', 0);
  const name = matchAt(QUOTED, text, at);
  if (name !== undefined) return found('quotedName', name.length, unescaped(name.slice(1, -1)));
  const kinds = inBrackets
    ? ([
        ['name', ARGUMENT],
        ['symbol', SYMBOL],
      ] as const)
    : ([
        ['number', NUMBER],
        ['name', NAME],
        ['symbol', SYMBOL],
      ] as const);
  for (const [kind, pattern] of kinds) {
    const word = matchAt(pattern, text, at);
    if (word === undefined) continue;
    return found(kind, word.length, kind === 'symbol' ? (plain.get(word) ?? word) : word);
  }
  const character = [...text.slice(at)][0]!;
  const isQuote = character === '"' || character === "'";
  throw assertionError(
    written,
    at,
    isQuote ? 'this quote is not closed' : 'this character means nothing here',
    {
      found: quoted(character),
      wanted: isQuote ? `a second ${character} after the name` : 'a comparison such as POWER(a) > POWER(b)',
    },
  );
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
