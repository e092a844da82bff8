import { nearestQuotient } from '../number/nearest-double.js';
import { LONGEST_NUMBER, writtenQuotient } from '../number/written-number.js';
import { failAt } from './locate.js';
import { describeNode } from './names.js';
import type { ProbabilityTable, WrittenProbability } from './probability-table.js';
import type { Quotient } from './quotients.js';
import type { SourceDocument, SyntaxEntry } from './syntax.js';

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const WANTED = 'a number between 0 and 1, or a text such as "1/3"';

/**
 * Reads the probability of an entry `successor: probability`: the written decimal or fraction is the exact value.
 * @throws {UserError} input: E_SCHEMA (no number), E_PROB_RANGE (outside [0, 1]), E_PROB_PRECISION (nonzero, but a double
 *   would round it to 0), E_LIMIT_NUMBER (over 2000 digits)
 */
export function readProbability(
  table: ProbabilityTable,
  document: SourceDocument,
  entry: SyntaxEntry,
): WrittenProbability {
  const node = entry.value;
  const text = node.kind === 'number' ? node.literal : node.kind === 'string' ? node.value : undefined;
  const known = text === undefined ? undefined : table.byText.get(text);
  if (known !== undefined) return known;
  if (text === undefined) throw wrong(document, entry, 'E_SCHEMA', 'this is not a probability');
  const double = /^\d(\.\d{1,19})?$/.test(text) ? { double: Number(text) } : {};
  const written = { ...exactProbability(text, document, entry), ...double, index: -1 };
  if (!text.startsWith('-')) table.byText.set(text, written);
  return written;
}

function exactProbability(text: string, document: SourceDocument, entry: SyntaxEntry): Quotient {
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
  if (!nonzero && !isFraction) return { num: 0n, den: 1n };
  if (!isFraction) {
    // The size is judged by the double first, so that no exponent can ask for a giant integer.
    const size = Number(text);
    if (size > 1) throw refuse('E_PROB_RANGE', outside, percentHint(size));
    if (size === 0) throw tooSmall(document, entry);
  }
  const exact = readExactly(text, refuse);
  if (exact.num > exact.den) throw refuse('E_PROB_RANGE', outside);
  if (isFraction && exact.num !== 0n && nearestQuotient(exact.num, exact.den) === 0)
    throw tooSmall(document, entry);
  return exact;
}

function readExactly(text: string, refuse: (code: string, message: string) => Error): Quotient {
  try {
    const exact = writtenQuotient(text);
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
