import { nearestDouble } from '../number/nearest-double.js';
import { ONE, type Rational, ZERO } from '../number/rational.js';
import { LONGEST_NUMBER, writtenNumber } from '../number/written-number.js';
import { failAt } from './locate.js';
import { describeNode } from './names.js';
import type { SourceDocument, SyntaxEntry } from './syntax.js';

/** The distinct exact probabilities of a model with their nearest doubles, found by what is written and by value. */
export interface ProbabilityTable {
  readonly values: Rational[];
  readonly doubles: number[];
  readonly byText: Map<string, number>;
  readonly byValue: Map<string, number>;
}

/** Index of 0 and of 1 in every table. */
export const ZERO_INDEX = 0;
export const ONE_INDEX = 1;

export function probabilityTable(): ProbabilityTable {
  const table: ProbabilityTable = { values: [], doubles: [], byText: new Map(), byValue: new Map() };
  table.byText.set('0', internValue(table, ZERO));
  table.byText.set('1', internValue(table, ONE));
  return table;
}

/** The index of an exact value, which is added if it is new. */
export function internValue(table: ProbabilityTable, value: Rational): number {
  const key = `${value.n}/${value.d}`;
  const known = table.byValue.get(key);
  if (known !== undefined) return known;
  table.byValue.set(key, table.values.length);
  table.values.push(value);
  table.doubles.push(nearestDouble(value));
  return table.values.length - 1;
}

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const WANTED = 'a number between 0 and 1, or a text such as "1/3"';

/**
 * Reads the probability of an entry `successor: probability`: the written decimal or fraction is the exact value.
 * @returns its index in the table
 * @throws {UserError} input: E_SCHEMA (no number), E_PROB_RANGE (outside [0, 1]), E_PROB_PRECISION (nonzero, but a double
 *   would round it to 0), E_LIMIT_NUMBER (over 2000 digits)
 */
export function readProbability(
  table: ProbabilityTable,
  document: SourceDocument,
  entry: SyntaxEntry,
): number {
  const node = entry.value;
  const text = node.kind === 'number' ? node.literal : node.kind === 'string' ? node.value : undefined;
  const known = text === undefined ? undefined : table.byText.get(text);
  if (known !== undefined) return known;
  if (text === undefined) throw wrong(document, entry, 'E_SCHEMA', 'this is not a probability');
  const index = internValue(table, exactProbability(text, document, entry));
  if (!text.startsWith('-')) table.byText.set(text, index);
  return index;
}

function exactProbability(text: string, document: SourceDocument, entry: SyntaxEntry): Rational {
  const refuse = (code: string, message: string, hint?: string): Error =>
    wrong(document, entry, code, message, hint);
  const outside = 'a probability must be between 0 and 1';
  const isFraction = /^-?\d+\/\d+$/.test(text);
  if (!isFraction && !DECIMAL.test(text))
    throw refuse('E_SCHEMA', 'this is not a probability', hintFor(text));
  const nonzero = /[1-9]/.test(text.replace(/[eE].*$/, ''));
  // The only minus sign that is let pass is that of the JSON number -0.
  if (text.startsWith('-') && (nonzero || entry.value.kind === 'string'))
    throw refuse('E_PROB_RANGE', outside);
  if (!nonzero && !isFraction) return ZERO;
  if (!isFraction) {
    // The size is judged by the double first, so that no exponent can ask for a giant integer.
    const size = Number(text);
    if (size > 1) throw refuse('E_PROB_RANGE', outside, percentHint(size));
    if (size === 0) throw tooSmall(document, entry);
  }
  const exact = readExactly(text, refuse);
  if (exact.compare(ONE) > 0) throw refuse('E_PROB_RANGE', outside);
  if (exact.n !== 0n && nearestDouble(exact) === 0) throw tooSmall(document, entry);
  return exact;
}

function readExactly(text: string, refuse: (code: string, message: string) => Error): Rational {
  try {
    const exact = writtenNumber(text);
    if (exact !== undefined) return exact;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse('E_LIMIT_NUMBER', `a number may have at most ${LONGEST_NUMBER} digits`);
  }
  throw refuse('E_SCHEMA', 'this fraction has the denominator 0');
}

function tooSmall(document: SourceDocument, entry: SyntaxEntry): Error {
  return failAt(document, entry, {
    code: 'E_PROB_PRECISION',
    message: 'this probability is not 0, but double precision would round it to 0',
    found: describeNode(entry.value),
    wanted: '0, or a probability of at least 5e-324',
    hint: 'a transition that is rounded away would change which states can be reached',
  });
}

function wrong(
  document: SourceDocument,
  entry: SyntaxEntry,
  code: string,
  message: string,
  hint?: string,
): Error {
  return failAt(document, entry, {
    code,
    message,
    found: describeNode(entry.value),
    wanted: WANTED,
    ...(hint !== undefined && { hint }),
  });
}

function percentHint(size: number): string | undefined {
  return size <= 100 ? `if this is per cent, write ${size / 100}` : undefined;
}

function hintFor(text: string): string | undefined {
  if (/^\d*,\d+$/.test(text)) return 'write the number with a point';
  if (/^\.\d+$/.test(text)) return `write 0${text.slice(0, 40)}`;
  if (/^\s*\d+(\.\d+)?\s*%\s*$/.test(text)) return 'write 0.25 for 25%';
  if (/^\s|\s$|\s\/|\/\s/.test(text)) return 'remove the white space';
  return undefined;
}
