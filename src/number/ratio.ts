import { gcd, magnitude } from './integer.js';
import { nearestQuotient } from './nearest-double.js';
import type { Rational } from './rational.js';
import { rational } from './rational.js';

/**
 * Exact rational numbers as plain records: numerator over positive denominator, in lowest terms. The same numbers as
 * `Rational` (fraction.js), which stays the form at the borders; these cost a fifth of it in inner loops, because nothing
 * is parsed or copied.
 */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO_RATIO: Ratio = { n: 0n, d: 1n };
export const ONE_RATIO: Ratio = { n: 1n, d: 1n };

/** num/den in lowest terms. @throws {RangeError} den = 0 */
export function ratio(num: bigint, den = 1n): Ratio {
  if (den === 1n) return { n: num, d: 1n };
  if (den === 0n) throw new RangeError('a rational number needs a denominator other than 0');
  const common = gcd(num, den);
  const sign = den < 0n ? -common : common;
  return sign === 1n ? { n: num, d: den } : { n: num / sign, d: den / sign };
}

export function fromRational(value: Rational): Ratio {
  return { n: value.s < 0n ? -value.n : value.n, d: value.d };
}

export function toRational(value: Ratio): Rational {
  return rational(value.n, value.d);
}

export function add(a: Ratio, b: Ratio): Ratio {
  if (a.d === b.d) return ratio(a.n + b.n, a.d);
  return ratio(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Ratio, b: Ratio): Ratio {
  if (a.d === b.d) return ratio(a.n - b.n, a.d);
  return ratio(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.n, a.d * b.d);
}

/** @throws {RangeError} b = 0 */
export function divide(a: Ratio, b: Ratio): Ratio {
  return ratio(a.n * b.d, a.d * b.n);
}

export function negate(a: Ratio): Ratio {
  return { n: -a.n, d: a.d };
}

/** Negative, 0 or positive as a < b, a = b, a > b. */
export function compare(a: Ratio, b: Ratio): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function equals(a: Ratio, b: Ratio): boolean {
  return a.n === b.n && a.d === b.d;
}

/** `p/q` in lowest terms, or `p` for an integer; also the key of a number in maps. */
export function ratioText(value: Ratio): string {
  return value.d === 1n ? value.n.toString() : `${value.n}/${value.d}`;
}

/** a raised to the integer power, which may be negative where a is not 0. */
export function power(a: Ratio, exponent: number): Ratio {
  const e = BigInt(Math.abs(exponent));
  return exponent >= 0 ? { n: a.n ** e, d: a.d ** e } : ratio(a.d ** e, a.n ** e);
}

/** The nearest double. */
export function approximate(value: Ratio): number {
  const size = nearestQuotient(magnitude(value.n), value.d);
  return value.n < 0n ? -size : size;
}
