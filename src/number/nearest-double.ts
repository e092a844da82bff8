import type { Rational } from './rational.js';

const SAFE = 2n ** 53n;
const SMALLEST_EXPONENT = 1074;

/**
 * The double nearest to an exact rational, ties to even, subnormal numbers included; ±Infinity beyond the largest double.
 *
 * Dividing the two integers as doubles rounds three times once they have more than 53 bits, and gives NaN when both
 * overflow. Here n·2^k/d is divided as integers, with k so that the quotient has 53 bits, and rounded once.
 */
export function nearestDouble({ s, n, d }: Rational): number {
  return (s < 0n ? -1 : 1) * nearestQuotient(n, d);
}

/** The double nearest to n/d for n >= 0 and d > 0, which may have common factors. */
export function nearestQuotient(n: bigint, d: bigint): number {
  if (n < SAFE && d < SAFE) return Number(n) / Number(d);
  let shift = Math.min(53 - (bitLength(n) - bitLength(d)), SMALLEST_EXPONENT);
  let quotient = roundedQuotient(n, d, shift);
  if (quotient > SAFE) quotient = roundedQuotient(n, d, --shift);
  if (shift < -1023) return Number.POSITIVE_INFINITY;
  return Number(quotient) * 2 ** -shift;
}

/** n·2^shift/d to the nearest integer, ties to even. */
function roundedQuotient(n: bigint, d: bigint, shift: number): bigint {
  const num = shift > 0 ? n << BigInt(shift) : n;
  const den = shift < 0 ? d << BigInt(-shift) : d;
  const floor = num / den;
  const twice = 2n * (num - floor * den);
  return twice > den || (twice === den && (floor & 1n) === 1n) ? floor + 1n : floor;
}

/** Number of binary digits of a non-negative integer. */
export function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * (hex.length - 1) + 32 - Math.clz32(Number.parseInt(hex[0]!, 16));
}
