import { atanhTail, exponent, expSum, fraction, LN2_HIGH, LN2_LOW } from './elementary.js';
import { productError, sumError } from './error-free.js';

/** 1/n in two doubles, for the leading terms of a series. */
function reciprocal(n: number): readonly [number, number] {
  const high = 1 / n;
  const product = high * n;
  return [high, (1 - product - productError(high, n, product)) / n];
}
const [THIRD, THIRD_LOW] = reciprocal(3);
const [FIFTH, FIFTH_LOW] = reciprocal(5);
const [SEVENTH, SEVENTH_LOW] = reciprocal(7);

/**
 * x^y, deterministic in every engine and within 1 ulp: exp(y ln x) with ln x and the product in two doubles each, since
 * exp turns the absolute error of its argument, up to 745, into a relative one. Special values are those of `x ** y`.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const magnitude = Math.abs(x);
  if (Math.abs(y) === Number.POSITIVE_INFINITY && magnitude === 1) return Number.NaN;
  const odd = Number.isInteger(y) && Math.abs(y % 2) === 1;
  const negative = x < 0 || Object.is(x, -0);
  if (magnitude === 0 || magnitude === Number.POSITIVE_INFINITY) {
    const size = (magnitude === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
    return negative && odd ? -size : size;
  }
  if (negative && Number.isFinite(y) && !Number.isInteger(y)) return Number.NaN;
  const size = powPositive(magnitude, y);
  return negative && odd ? -size : size;
}

function powPositive(x: number, y: number): number {
  if (x === 1) return 1;
  // |ln x| is between 2⁻⁵³ and 745: beyond these the result is 0, infinite, or 1 rounded.
  if (Math.abs(y) > 2 ** 64) return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  if (Math.abs(y) < 2 ** -70) return 1;
  const [high, low] = logInTwoParts(x);
  const product = y * high;
  return expSum(product, productError(y, high, product) + y * low);
}

/** ln x = high + low to a relative error of about 2⁻⁷⁰, for a positive finite x. */
function logInTwoParts(x: number): readonly [number, number] {
  const k = exponent(x);
  const f = fraction(x, k);
  // s = f/(2 + f) and t = s² in two parts each.
  const denominator = 2 + f;
  const s = f / denominator;
  const back = s * denominator;
  const remainder = f - back - productError(s, denominator, back) - s * sumError(2, f, denominator);
  const sLow = remainder / denominator;
  const t = s * s;
  const tLow = productError(s, s, t) + 2 * s * sLow;
  // atanh(s)/s − 1 = t (1/3 + t (1/5 + t (1/7 + t·tail))), from the inside.
  const inner = t * atanhTail(t);
  const q7 = SEVENTH + inner;
  const p5 = q7 * t;
  const q5 = FIFTH + p5;
  const q5Low =
    (sumError(SEVENTH, inner, q7) + SEVENTH_LOW) * t +
    productError(q7, t, p5) +
    q7 * tLow +
    sumError(FIFTH, p5, q5) +
    FIFTH_LOW;
  const p3 = q5 * t;
  const q3 = THIRD + p3;
  const q3Low = q5Low * t + productError(q5, t, p3) + q5 * tLow + sumError(THIRD, p3, q3) + THIRD_LOW;
  const p1 = q3 * t;
  const p1Low = q3Low * t + productError(q3, t, p1) + q3 * tLow;
  // ln x = k ln 2 + 2 s (1 + p1)
  const cubic = s * p1;
  const atanh = s + cubic;
  const atanhLow = sumError(s, cubic, atanh) + productError(s, p1, cubic) + s * p1Low + sLow * (1 + p1);
  const base = k * LN2_HIGH;
  const sum = base + 2 * atanh;
  const rest = sumError(base, 2 * atanh, sum) + (2 * atanhLow + k * LN2_LOW);
  const high = sum + rest;
  return [high, sum - high + rest];
}
