import { quoted } from '../../errors.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import type { Quantity } from '../linear-form.js';
import { assertionError } from './assertion-error.js';
import type { Assertion, AssertionText, Comparison, Word, WrittenClaim, WrittenSum } from './syntax.js';
import { type Token, tokenAt } from './tokens.js';

/** Longer assertions, and deeper brackets, are mistakes. */
const LONGEST_TEXT = 2000;
const DEEPEST = 50;

const quantities: ReadonlyMap<
  string,
  { readonly quantity: Quantity; readonly names: 1 | 2; readonly usage: string }
> = new Map([
  ['POWER', { quantity: 'power', names: 1, usage: 'POWER(state) or POWER(state, gamma)' }],
  ['P', { quantity: 'probability', names: 2, usage: 'P(state, action) or P(state, action, gamma)' }],
  [
    'STRICT',
    { quantity: 'strict', names: 2, usage: 'STRICT(state, action) or STRICT(state, action, gamma)' },
  ],
]);

const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(['<', '<=', '>', '>=', '=', '!=']);

/**
 * Reads an assertion: a comparison of linear expressions, or a chain of them.
 *
 *     assertion  = sum (("<" | "<=" | ">" | ">=" | "=" | "!=") sum)+ ["@" number]
 *     sum        = ["+" | "-"] product (("+" | "-") product)*
 *     product    = factor (("*" | "/") factor)*            at most one factor is not a number; none after "/"
 *     factor     = number | "(" sum ")" | quantity
 *     quantity   = "POWER(" state ["," gamma] ")" | ("P" | "STRICT") "(" state "," action ["," gamma] ")"
 *
 * A name with blanks, brackets, commas, quotes or comparison signs in it stands in quotes, with \ before a quote.
 *
 * @throws {UserError} E_ASSERTION, with place and caret
 */
export function parseAssertion(written: AssertionText): Assertion {
  if (written.text.length > LONGEST_TEXT) {
    throw assertionError(written, 0, 'this assertion is too long', {
      wanted: `at most ${LONGEST_TEXT} characters`,
    });
  }
  const reader: Reader = { written, at: 0 };
  const sums = [sumOf(reader, 0)];
  const starts = [0];
  const claims: WrittenClaim[] = [];
  while (COMPARISONS.has(symbol(reader))) {
    const comparison = take(reader).text as Comparison;
    starts.push(peek(reader).offset);
    sums.push(sumOf(reader, 0));
    const [left, right] = sums.slice(-2) as [WrittenSum, WrittenSum];
    const text = written.text.slice(starts.at(-2), peek(reader).offset).trim();
    claims.push({ text, left, comparison, right });
  }
  if (claims.length === 0) {
    throw unexpected(reader, 'a comparison: <, <=, >, >=, = or !=');
  }
  let gamma: Word | undefined;
  if (symbol(reader) === '@') {
    take(reader);
    const { offset } = peek(reader);
    constantOf(reader, productOf(reader, 0), offset);
    gamma = { text: written.text.slice(offset, peek(reader).offset).trim(), offset };
  }
  if (peek(reader).kind !== 'end') throw unexpected(reader, 'the end of the assertion');
  return { written, claims, gamma };
}

/** A position in the text that moves on. */
interface Reader {
  readonly written: AssertionText;
  at: number;
}

function peek({ written, at }: Reader, inBrackets = false): Token {
  return tokenAt(written, at, inBrackets).token;
}

function take(reader: Reader, inBrackets = false): Token {
  const { token, end } = tokenAt(reader.written, reader.at, inBrackets);
  reader.at = end;
  return token;
}

/** The next token's text if it is a symbol, else the empty text. */
function symbol(reader: Reader): string {
  const { kind, text } = peek(reader);
  return kind === 'symbol' ? text : '';
}

function sumOf(reader: Reader, depth: number): WrittenSum {
  let sum = nothing;
  for (let isFirst = true; ; isFirst = false) {
    const sign = symbol(reader);
    if (sign === '+' || sign === '-') take(reader);
    else if (!isFirst) return sum;
    const product = productOf(reader, depth);
    sum = added(sum, sign === '-' ? scaled(product, ONE.neg()) : product);
  }
}

function productOf(reader: Reader, depth: number): WrittenSum {
  let product = factorOf(reader, depth);
  while (symbol(reader) === '*' || symbol(reader) === '/') {
    const operator = take(reader).text;
    const { offset } = peek(reader);
    const factor = factorOf(reader, depth);
    if (operator === '*' && product.terms.length === 0) product = scaled(factor, product.constant);
    else {
      const number = constantOf(reader, factor, offset);
      if (operator === '*') product = scaled(product, number);
      else if (number.n === 0n) throw assertionError(reader.written, offset, 'division by zero');
      else product = scaled(product, ONE.div(number));
    }
  }
  return product;
}

function factorOf(reader: Reader, depth: number): WrittenSum {
  const token = peek(reader);
  if (token.kind === 'number') {
    take(reader);
    return { constant: numberOf(reader.written, token), terms: [] };
  }
  if (symbol(reader) === '(') {
    if (depth === DEEPEST) throw unexpected(reader, `at most ${DEEPEST} brackets within each other`);
    take(reader);
    const sum = sumOf(reader, depth + 1);
    if (symbol(reader) !== ')') throw unexpected(reader, 'a closing bracket');
    take(reader);
    return sum;
  }
  if (token.kind === 'name') return quantityOf(reader);
  throw unexpected(reader, 'POWER(state), P(state, action), STRICT(state, action) or a number');
}

function quantityOf(reader: Reader): WrittenSum {
  const { text, offset } = take(reader);
  const known = quantities.get(text);
  if (known === undefined) {
    const upper = quantities.get(text.toUpperCase());
    throw assertionError(reader.written, offset, `there is no quantity ${quoted(text)}`, {
      found: quoted(text),
      wanted: [...quantities.values()].map(({ usage }) => usage.split(' or ')[0]).join(', '),
      ...(upper === undefined ? {} : { hint: `did you mean ${text.toUpperCase()}?` }),
    });
  }
  if (symbol(reader) !== '(') throw unexpected(reader, known.usage);
  take(reader);
  const words = argumentsOf(reader, known.usage);
  if (words.length !== known.names && words.length !== known.names + 1) {
    throw assertionError(reader.written, offset, `${text} does not take ${words.length} names`, {
      wanted: known.usage,
    });
  }
  const term = {
    coefficient: ONE,
    quantity: known.quantity,
    names: words.slice(0, known.names),
    gamma: words[known.names],
  };
  return { constant: ZERO, terms: [term] };
}

/** The words between the brackets of a quantity. */
function argumentsOf(reader: Reader, usage: string): Word[] {
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

function constantOf(reader: Reader, { constant, terms }: WrittenSum, offset: number): Rational {
  if (terms.length === 0) return constant;
  throw assertionError(reader.written, offset, 'this is not linear', {
    wanted: 'a number: quantities can be added, and multiplied by numbers only',
  });
}

function numberOf(written: AssertionText, { text, offset }: Token): Rational {
  try {
    return writtenNumber(text)!;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw assertionError(written, offset, 'this number has more digits than can be read');
  }
}

const nothing: WrittenSum = { constant: ZERO, terms: [] };

function added(a: WrittenSum, b: WrittenSum): WrittenSum {
  return { constant: a.constant.add(b.constant), terms: [...a.terms, ...b.terms] };
}

function scaled({ constant, terms }: WrittenSum, by: Rational): WrittenSum {
  return {
    constant: constant.mul(by),
    terms: terms.map((term) => ({ ...term, coefficient: term.coefficient.mul(by) })),
  };
}

function unexpected(reader: Reader, wanted: string): Error {
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
