import { quoted } from '../../errors.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import type { Quantity } from '../linear-form.js';
import { assertionError } from './assertion-error.js';
import { parseTheorem } from './parse-theorem.js';
import { argumentsOf, numberOf, peek, type Reader, symbol, take, unexpected } from './reader.js';
import type { Assertion, AssertionText, Comparison, Word, WrittenClaim, WrittenSum } from './syntax.js';

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
 * Reads an assertion: a comparison of linear expressions or sizes of them, a chain of comparisons, or a theorem that is to
 * apply (parse-theorem.ts).
 *
 *     assertion  = sum (("<" | "<=" | ">" | ">=" | "=" | "!=") sum)+ ["@" number]
 *     sum        = ["+" | "-"] product (("+" | "-") product)*
 *     product    = factor (("*" | "/") factor)*            at most one factor is not a number; none after "/"
 *     factor     = number | "(" sum ")" | "abs(" sum ")" | quantity
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
  const theorem = parseTheorem(reader);
  if (theorem !== undefined) return { written, claims: [], theorem };
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
    if (operator === '*' && isConstant(product)) product = scaled(factor, product.constant);
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
    return { ...nothing, constant: numberOf(reader.written, token) };
  }
  if (symbol(reader) === '(') {
    if (depth === DEEPEST) throw unexpected(reader, `at most ${DEEPEST} brackets within each other`);
    take(reader);
    const sum = sumOf(reader, depth + 1);
    if (symbol(reader) !== ')') throw unexpected(reader, 'a closing bracket');
    take(reader);
    return sum;
  }
  if (token.kind === 'name' && token.text.toLowerCase() === 'abs') return sizeOf(reader, depth);
  if (token.kind === 'name') return quantityOf(reader);
  throw unexpected(reader, 'POWER(state), P(state, action), STRICT(state, action), abs(…) or a number');
}

/** The size of a linear expression. */
function sizeOf(reader: Reader, depth: number): WrittenSum {
  const { offset } = take(reader);
  if (symbol(reader) !== '(') throw unexpected(reader, 'abs(POWER(a) - POWER(b))');
  if (depth === DEEPEST) throw unexpected(reader, `at most ${DEEPEST} brackets within each other`);
  take(reader);
  const sum = sumOf(reader, depth + 1);
  if (symbol(reader) !== ')') throw unexpected(reader, 'a closing bracket');
  take(reader);
  if (sum.sizes.length > 0)
    throw assertionError(reader.written, offset, 'abs stands within abs', { wanted: 'a linear expression' });
  if (isConstant(sum)) return { ...nothing, constant: sum.constant.abs() };
  return { ...nothing, sizes: [{ coefficient: ONE, constant: sum.constant, terms: sum.terms }] };
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
  return { ...nothing, terms: [term] };
}

function constantOf(reader: Reader, sum: WrittenSum, offset: number): Rational {
  if (isConstant(sum)) return sum.constant;
  throw assertionError(reader.written, offset, 'this is not linear', {
    wanted: 'a number: quantities can be added, and multiplied by numbers only',
  });
}

const nothing: WrittenSum = { constant: ZERO, terms: [], sizes: [] };

function isConstant({ terms, sizes }: WrittenSum): boolean {
  return terms.length === 0 && sizes.length === 0;
}

function added(a: WrittenSum, b: WrittenSum): WrittenSum {
  return {
    constant: a.constant.add(b.constant),
    terms: [...a.terms, ...b.terms],
    sizes: [...a.sizes, ...b.sizes],
  };
}

function scaled({ constant, terms, sizes }: WrittenSum, by: Rational): WrittenSum {
  return {
    constant: constant.mul(by),
    terms: terms.map((term) => ({ ...term, coefficient: term.coefficient.mul(by) })),
    sizes: sizes.map((size) => ({ ...size, coefficient: size.coefficient.mul(by) })),
  };
}
