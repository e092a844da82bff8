import { sumError } from './error-free.js';

/**
 * exp, expm1, log and log1p from + − · / and bit operations alone, so that every engine prints the same digits (the
 * standard leaves the last digits of Math.exp and its kind to the engine). Special values are those of Math; errors are
 * below 1 ulp (tests/number/elementary.test.ts measures them).
 *
 * Argument reduction by a two-part ln 2 as in W. J. Cody & W. Waite, "Software Manual for the Elementary Functions" (1980);
 * the kernels are plain Taylor and atanh series, long enough to be exact to 2⁻⁶⁰.
 */

/** ln 2 to 32 bits, so that k·LN2_HIGH is exact for |k| < 2²¹, and the rest: together good to 2⁻⁸⁶. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

/** exp overflows above the first and is below half the least double under the second. */
const EXP_OVERFLOW = 709.782712893384;
const EXP_UNDERFLOW = -745.1332191019412;

const bits = new DataView(new ArrayBuffer(8));

/** 2^k as a double, for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x·2^k for |k| ≤ 2000, rounded once where the result is subnormal. */
function scale(x: number, k: number): number {
  if (k > 1023) return x * powerOfTwo(1000) * powerOfTwo(k - 1000);
  if (k < -1022) return x * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return x * powerOfTwo(k);
}

/** e^r − 1 − r for |r| ≤ 0.35: the Taylor series to r¹⁴. */
function expTail(r: number): number {
  let q = 1 / 87178291200;
  q = q * r + 1 / 6227020800;
  q = q * r + 1 / 479001600;
  q = q * r + 1 / 39916800;
  q = q * r + 1 / 3628800;
  q = q * r + 1 / 362880;
  q = q * r + 1 / 40320;
  q = q * r + 1 / 5040;
  q = q * r + 1 / 720;
  q = q * r + 1 / 120;
  q = q * r + 1 / 24;
  q = q * r + 1 / 6;
  q = q * r + 1 / 2;
  return q * r * r;
}

/** e^(x + low) for a correction |low| ≤ 2⁻⁵³|x|. */
export function expSum(x: number, low: number): number {
  if (x > EXP_OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < EXP_UNDERFLOW) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const r = high - k * LN2_LOW;
  const correction = high - r - k * LN2_LOW + low;
  const tail = expTail(r);
  const one = 1 + r;
  return scale(one + (1 - one + r + (correction * (one + tail) + tail)), k);
}

/** e^x. */
export function exp(x: number): number {
  return Number.isNaN(x) ? x : expSum(x, 0);
}

/** e^x − 1, accurate near 0 too. */
export function expm1(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < 2 ** -54) return x;
  if (x > EXP_OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < -40) return -1;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const r = high - k * LN2_LOW;
  const rest = (high - r - k * LN2_LOW) * (1 + r) + expTail(r);
  if (k === 0) return r + rest;
  // 2^k (1 + r + rest) − 1 with 2^k − 1 kept in two parts; half of everything near the overflow.
  const half = powerOfTwo(k - 1);
  const start = half - 0.5;
  const sum = start + half * r;
  const lost = sumError(half, -0.5, start) + sumError(start, half * r, sum);
  return 2 * (sum + (lost + half * rest));
}

/**
 * Exponent k of a positive double x = 2^k (1 + f) with √½ ≤ 1 + f ≤ √2 (up to 2⁻²⁰): `fraction` gives the exact f.
 */
export function exponent(x: number): number {
  let normal = x;
  let k = -1023;
  if (x < 2 ** -1022) {
    normal = x * 2 ** 54;
    k -= 54;
  }
  bits.setFloat64(0, normal);
  const high = bits.getUint32(0);
  // 0x6a09e starts the mantissa of √2.
  return k + (high >>> 20) + ((high & 0xfffff) > 0x6a09e ? 1 : 0);
}

/** The exact f of x = 2^k (1 + f), for k = exponent(x). */
export function fraction(x: number, k: number): number {
  return scale(x, -k) - 1;
}

/** (atanh(s)/s − 1 − t/3 − t²/5 − t³/7) / t⁴ in t = s², for s ≤ 0.1716: Σ t^i/(2i+9), i = 0 … 8. */
export function atanhTail(t: number): number {
  let q = 1 / 25;
  q = q * t + 1 / 23;
  q = q * t + 1 / 21;
  q = q * t + 1 / 19;
  q = q * t + 1 / 17;
  q = q * t + 1 / 15;
  q = q * t + 1 / 13;
  q = q * t + 1 / 11;
  return q * t + 1 / 9;
}

/** ln(u (1 + relative)) for a positive finite u and a tiny relative correction. */
function logSum(u: number, relative: number): number {
  const k = exponent(u);
  const f = fraction(u, k);
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  // ln(1 + f) = f − f²/2 + s (f²/2 + series(s²)): the identity 2s = f − s f, with small terms only to round.
  const t = s * s;
  const series = 2 * t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * atanhTail(t))));
  const tail = s * (halfSquare + series) + (k * LN2_LOW + relative);
  const base = k * LN2_HIGH;
  const sum = base + f;
  return sum + (base - sum + f - (halfSquare - tail));
}

/** Natural logarithm. */
export function log(x: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY) return logSum(x, 0);
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x > 0 ? x : Number.NaN;
}

/** ln(1 + x), accurate near 0 too. */
export function log1p(x: number): number {
  if (!(x > -1) || x === Number.POSITIVE_INFINITY || Math.abs(x) < 2 ** -54) {
    return x === -1 ? Number.NEGATIVE_INFINITY : x < -1 ? Number.NaN : x;
  }
  const u = 1 + x;
  return logSum(u, sumError(1, x, u) / u);
}
