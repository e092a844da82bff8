import Fraction from 'fraction.js';

/**
 * Exact rational numbers: fraction.js over big integers. `n` and `d` are the absolute numerator and the denominator in
 * lowest terms, `s` the sign.
 */
export type Rational = Fraction;

/** The exact rational num/den. @throws {RangeError} den = 0 */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  if (BigInt(den) === 0n) throw new RangeError('a rational number needs a denominator other than 0');
  return new Fraction(BigInt(num), BigInt(den));
}

/** The exact value of a finite double: every double is an integer times a power of two. */
export function rationalOfDouble(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`no rational number equals ${value}`);
  let den = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    den *= 2n;
  }
  return rational(BigInt(scaled), den);
}

export function isRational(value: unknown): value is Rational {
  return value instanceof Fraction;
}

/** `p/q` in lowest terms, or `p` for an integer; the form of every exact result that is printed. */
export function rationalText(value: Rational): string {
  const sign = value.s < 0n ? '-' : '';
  return value.d === 1n ? `${sign}${value.n}` : `${sign}${value.n}/${value.d}`;
}

export const ZERO: Rational = rational(0n);
export const ONE: Rational = rational(1n);
