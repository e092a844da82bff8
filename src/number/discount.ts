import { type Place, quoted, type UserError, usageError } from '../errors.js';
import { nearestDouble } from './nearest-double.js';
import { ONE, type Rational, rationalText } from './rational.js';
import { writtenNumber, writtenText } from './written-number.js';

/**
 * A discount per step, 0 ≤ gamma ≤ 1, kept exactly: `0.9` means 9/10; 0 and 1 stand for the limits. `oneMinusGamma` is the double nearest to the exact
 * 1 − gamma; subtracting the rounded gamma from 1 would lose digits near 1.
 */
export interface Discount {
  /** What the user wrote, and what is printed: `0.9`, `2/3`. */
  readonly text: string;
  readonly gamma: number;
  readonly oneMinusGamma: number;
  readonly exact: Rational;
}

/** Most discounts that one list may name. */
const LONGEST_LIST = 1000;

const WANTED = 'a number with 0 <= gamma <= 1, such as 0.9, 2/3 or 1e-6; 0 and 1 are the limits';

/**
 * Reads one discount: a decimal or a fraction from 0 to 1.
 * @param place where the text stands; by default the option `--gamma`
 * @throws {UserError} usage: not a number, outside [0, 1], or so near 0 or 1 that a double cannot tell
 */
export function parseDiscount(text: string, place: Place = { source: '--gamma' }): Discount {
  const written = text.trim();
  const exact = exactGamma(written, place);
  if (exact.s < 0n || exact.compare(ONE) > 0) {
    throw refusal('gamma is outside the interval from 0 to 1', written, place);
  }
  const gamma = nearestDouble(exact);
  const isLimit = exact.n === 0n || exact.equals(ONE);
  if (!isLimit && (gamma === 0 || gamma === 1)) {
    throw refusal(`gamma is so near ${gamma} that double precision cannot tell them apart`, written, place);
  }
  return { text: written, gamma, oneMinusGamma: nearestDouble(ONE.sub(exact)), exact };
}

/** Which limit a discount stands for, if it is one. */
export function limitOf({ gamma }: Pick<Discount, 'gamma'>): 0 | 1 | undefined {
  return gamma === 0 || gamma === 1 ? gamma : undefined;
}

/**
 * Reads a list of discounts, separated by commas: single ones (`0.5,2/3`) and ranges `first:last:step` (`0.1:0.9:0.1`),
 * counted exactly and with both ends. A value that comes twice is listed once, as first written.
 * @throws {UserError} usage: an item that is no discount, an empty list or item, a range without a positive step
 */
export function parseDiscountList(text: string, place: Place = { source: '--gamma' }): readonly Discount[] {
  const found = new Map<string, Discount>();
  for (const item of text.split(',')) {
    for (const discount of discountsOf(item.trim(), text, place)) {
      const key = rationalText(discount.exact);
      if (!found.has(key)) found.set(key, discount);
    }
    if (found.size > LONGEST_LIST) throw tooMany(text, place);
  }
  return [...found.values()];
}

/** The discounts of one item of a list: one of a single number, several of a range. */
function discountsOf(item: string, list: string, place: Place): readonly Discount[] {
  if (list.includes(',') && /^[2-9]\d*$|^1\d+$/.test(item)) {
    throw refusal('gamma is outside the interval from 0 to 1', list, place, {
      hint: 'commas separate the values of the list: 0.9 is written with a point',
    });
  }
  if (!item.includes(':')) return [parseDiscount(item, place)];
  const parts = item.split(':').map((part) => part.trim());
  if (parts.length !== 3) {
    throw refusal('a range of gammas has three parts', item, place, {
      wanted: 'first:last:step, such as 0.1:0.9:0.1',
    });
  }
  const [first, last] = [parseDiscount(parts[0]!, place).exact, parseDiscount(parts[1]!, place).exact];
  const step = exactGamma(parts[2]!, place);
  if (step.s <= 0n || step.n === 0n || first.compare(last) > 0) {
    throw refusal('this range of gammas holds nothing', item, place, {
      wanted: 'first:last:step with first <= last and a positive step, such as 0.1:0.9:0.1',
    });
  }
  const count = last.sub(first).div(step).floor();
  if (count.compare(LONGEST_LIST) >= 0) throw tooMany(item, place);
  return Array.from({ length: Number(count.n) + 1 }, (_, k) =>
    parseDiscount(writtenText(first.add(step.mul(k))), place),
  );
}

/** The exact value of a written number. @throws {UserError} usage: the text is no number */
function exactGamma(written: string, place: Place): Rational {
  let exact: Rational | undefined;
  try {
    exact = writtenNumber(written);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal('gamma has more digits than can be read', written, place);
  }
  if (exact !== undefined) return exact;
  throw refusal(written === '' ? 'gamma is empty' : 'gamma is not a number', written, place, {
    ...(/^\d*,\d+$/.test(written) && { hint: `write ${quoted(written.replace(',', '.'))}, with a point` }),
    ...(/^\.\d+$/.test(written) && { hint: `write ${quoted(`0${written}`)}` }),
    ...(/^\d+(\.\d+)?\s*%$/.test(written) && { hint: 'write 0.9 for 90%' }),
  });
}

function tooMany(text: string, place: Place): UserError {
  return refusal('too many gammas', text, place, { wanted: `at most ${LONGEST_LIST} values` });
}

function refusal(
  message: string,
  found: string,
  place: Place,
  more: { wanted?: string; hint?: string } = {},
): UserError {
  return usageError(message, { place, found: quoted(found), wanted: WANTED, ...more });
}
