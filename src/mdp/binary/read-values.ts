import { quoted } from '../../errors.js';
import { nearestQuotient } from '../../number/nearest-double.js';
import { LONGEST_NUMBER, writtenQuotient } from '../../number/written-number.js';
import { type Quotient, type Quotients, quotientAt } from '../quotients.js';
import { type BinaryFile, refusedAt } from './open-binary.js';
import { readTextList } from './read-names.js';

/** The exact probabilities of a file with the double nearest to each. */
export interface BinaryValues {
  readonly quotients: Quotients;
  /** Float64 (V) */
  readonly doubles: Float64Array;
}

/**
 * Reads and checks the exact probabilities.
 * @throws {UserError} input: E_PROB_RANGE, E_PROB_PRECISION, E_BINARY (two equal ones, long ones that are no fractions)
 */
export function readValues(file: BinaryFile): BinaryValues {
  const { bytes, counts, sections } = file;
  const list = (offset: number): BigUint64Array =>
    new BigUint64Array(bytes.buffer, bytes.byteOffset + offset, counts.values);
  const numerator = list(sections.numerator.offset);
  const denominator = list(sections.denominator.offset);
  const long = longValues(file, numerator, denominator);
  const quotients: Quotients = { length: counts.values, numerator, denominator, long };
  const doubles = new Float64Array(counts.values);
  for (let i = 0; i < counts.values; i++) {
    const { num, den } = quotientAt(quotients, i);
    doubles[i] = nearestQuotient(num, den);
    const isOutside = num > den;
    if (isOutside || (doubles[i] === 0 && num !== 0n)) {
      throw refusedAt(file, sections.numerator.offset + 8 * i, {
        code: isOutside ? 'E_PROB_RANGE' : 'E_PROB_PRECISION',
        message: isOutside
          ? 'a probability must be between 0 and 1'
          : 'this probability is not 0, but double precision would round it to 0',
        found: quoted(`${num}/${den}`).slice(1, -1),
        wanted: isOutside ? 'a numerator up to the denominator' : '0, or a probability of at least 5e-324',
      });
    }
  }
  refuseEqual(file, quotients, doubles);
  return { quotients, doubles };
}

/** The long probabilities by their index; each text is used once, in order. */
function longValues(
  file: BinaryFile,
  numerator: BigUint64Array,
  denominator: BigUint64Array,
): Map<number, Quotient> {
  const texts = readTextList(file, ['longEnds', 'longValues']);
  const long = new Map<number, Quotient>();
  for (let i = 0; i < denominator.length; i++) {
    if (denominator[i] !== 0n) continue;
    const text = numerator[i] === BigInt(long.size) ? texts[long.size] : undefined;
    const isFraction = text !== undefined && text.length <= LONGEST_NUMBER && /^\d+\/\d+$/.test(text);
    const value = isFraction ? writtenQuotient(text) : undefined;
    if (value === undefined) {
      throw refusedAt(file, file.sections.numerator.offset + 8 * i, {
        code: 'E_BINARY',
        message: 'the denominator is 0, but there is no long probability of this number that is a fraction',
        found: text === undefined ? `number ${numerator[i]}` : quoted(text),
        wanted: `number ${long.size}, a text such as 1/36893488147419103232`,
      });
    }
    long.set(i, value);
  }
  if (long.size < texts.length) {
    throw refusedAt(file, file.sections.longEnds.offset + 4 * long.size, {
      code: 'E_BINARY',
      message: 'a long probability is not used',
      found: `${texts.length} texts`,
      wanted: `${long.size}, one for each denominator 0`,
    });
  }
  return long;
}

/** Equal rows are found by equal numbers, so no two probabilities may be equal. Few doubles are, so these are looked at. */
function refuseEqual(file: BinaryFile, quotients: Quotients, doubles: Float64Array): void {
  const sorted = doubles.slice().sort();
  let isTwice = false;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) isTwice = true;
  if (!isTwice) return;
  const byDouble = new Map<number, number[]>();
  doubles.forEach((double, i) => {
    const { num, den } = quotientAt(quotients, i);
    const others = byDouble.get(double) ?? [];
    for (const other of others) {
      const known = quotientAt(quotients, other);
      if (num * known.den !== known.num * den) continue;
      throw refusedAt(file, file.sections.numerator.offset + 8 * i, {
        code: 'E_BINARY',
        message: `the probabilities ${other} and ${i} are equal`,
        found: quoted(`${num}/${den}`).slice(1, -1),
        wanted: 'every probability once',
      });
    }
    byDouble.set(double, [...others, i]);
  });
}
