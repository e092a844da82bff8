import { type Rational, rational } from './rational.js';

/** Longest number text that is read exactly; a double has at most 1075 significant decimal digits. */
export const LONGEST_NUMBER = 2000;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const FRACTION = /^([+-]?)(\d+)\/(\d+)$/;

/**
 * The exact value of a written number: a decimal such as `0.25` or `1e-6` (0.1 is exactly 1/10), or a fraction such as
 * `1/3`. Nothing else is a number here: no hexadecimal, no bare point, no white space, no decimal comma.
 *
 * @returns undefined if the text is not such a number, or a fraction with denominator 0
 * @throws {RangeError} over 2000 characters, or a nonzero number with a decimal exponent beyond ±2000: its integers would
 *   be too large to be worth making
 */
export function writtenNumber(text: string): Rational | undefined {
  const quotient = writtenQuotient(text);
  return quotient === undefined ? undefined : rational(quotient.num, quotient.den);
}

/** The same as a quotient of integers, den > 0, that may have common factors: finding those takes the most time. */
export function writtenQuotient(text: string): { readonly num: bigint; readonly den: bigint } | undefined {
  if (text.length > LONGEST_NUMBER) throw new RangeError(`a number of ${text.length} characters`);
  const fraction = FRACTION.exec(text);
  if (fraction !== null) {
    const den = BigInt(fraction[3]!);
    return den === 0n ? undefined : { num: signed(fraction[1]!, BigInt(fraction[2]!)), den };
  }
  const decimal = DECIMAL.exec(text);
  if (decimal === null) return undefined;
  const places = decimal[3] ?? '';
  const digits = BigInt(decimal[2]! + places);
  if (digits === 0n) return { num: 0n, den: 1n };
  const exponent = Number(decimal[4] ?? 0);
  if (Math.abs(exponent) > LONGEST_NUMBER) throw new RangeError(`a decimal exponent of ${decimal[4]}`);
  const power = exponent - places.length;
  const num = signed(decimal[1]!, digits);
  return power < 0 ? { num, den: 10n ** BigInt(-power) } : { num: num * 10n ** BigInt(power), den: 1n };
}

function signed(sign: string, num: bigint): bigint {
  return sign === '-' ? -num : num;
}

/** An exact number as a finite decimal where there is one (`0.3`), else as a fraction (`1/3`). */
export function writtenText(value: Rational): string {
  const sign = value.s < 0n ? '-' : '';
  let den = value.d;
  let [twos, fives] = [0, 0];
  for (; den % 2n === 0n; den /= 2n) twos++;
  for (; den % 5n === 0n; den /= 5n) fives++;
  if (den !== 1n) return `${sign}${value.n}/${value.d}`;
  const places = Math.max(twos, fives);
  if (places === 0) return `${sign}${value.n}`;
  const digits = ((value.n * 10n ** BigInt(places)) / value.d).toString().padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
