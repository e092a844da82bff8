import { gcd } from './integer.js';
import { type Ratio, ratio } from './ratio.js';

/**
 * Polynomials in one variable with rational coefficients: Σ_i coefficients[i]·t^i / denominator, over the integers with one
 * positive denominator, in lowest terms and without leading zeros (zero is the empty list over 1), so equal polynomials
 * have equal records.
 */
export interface Polynomial {
  readonly coefficients: readonly bigint[];
  readonly denominator: bigint;
}

export const ZERO_POLYNOMIAL: Polynomial = { coefficients: [], denominator: 1n };
export const ONE_POLYNOMIAL: Polynomial = { coefficients: [1n], denominator: 1n };

/** The polynomial in lowest terms. */
export function polynomial(coefficients: readonly bigint[], denominator = 1n): Polynomial {
  let length = coefficients.length;
  while (length > 0 && coefficients[length - 1] === 0n) length--;
  if (length === 0) return ZERO_POLYNOMIAL;
  let common = denominator;
  for (let i = 0; i < length && common !== 1n; i++) common = gcd(common, coefficients[i]!);
  if (denominator < 0n) common = -common;
  const kept = coefficients.slice(0, length);
  if (common === 1n) return { coefficients: kept, denominator };
  return { coefficients: kept.map((c) => c / common), denominator: denominator / common };
}

export function constantPolynomial(value: Ratio): Polynomial {
  return value.n === 0n ? ZERO_POLYNOMIAL : { coefficients: [value.n], denominator: value.d };
}

export function isZeroPolynomial(p: Polynomial): boolean {
  return p.coefficients.length === 0;
}

export function samePolynomial(a: Polynomial, b: Polynomial): boolean {
  return (
    a.denominator === b.denominator &&
    a.coefficients.length === b.coefficients.length &&
    a.coefficients.every((c, i) => c === b.coefficients[i])
  );
}

/** Σ_i weights[i]·terms[i] */
export function combinePolynomials(terms: readonly Polynomial[], weights: readonly Ratio[]): Polynomial {
  let denominator = 1n;
  terms.forEach((term, i) => {
    const d = term.denominator * weights[i]!.d;
    if (denominator % d !== 0n) denominator = (denominator / gcd(denominator, d)) * d;
  });
  const sum: bigint[] = new Array(Math.max(0, ...terms.map((t) => t.coefficients.length))).fill(0n);
  terms.forEach((term, i) => {
    const factor = (denominator / (term.denominator * weights[i]!.d)) * weights[i]!.n;
    if (factor !== 0n)
      term.coefficients.forEach((c, j) => {
        sum[j]! += c * factor;
      });
  });
  return polynomial(sum, denominator);
}

export function addPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  return combinePolynomials([a, b], [UNIT, UNIT]);
}

export function subtractPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  return combinePolynomials([a, b], [UNIT, { n: -1n, d: 1n }]);
}

const UNIT: Ratio = { n: 1n, d: 1n };

export function scalePolynomial(p: Polynomial, factor: Ratio): Polynomial {
  return polynomial(
    p.coefficients.map((c) => c * factor.n),
    p.denominator * factor.d,
  );
}

export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  if (isZeroPolynomial(a) || isZeroPolynomial(b)) return ZERO_POLYNOMIAL;
  const product: bigint[] = new Array(a.coefficients.length + b.coefficients.length - 1).fill(0n);
  a.coefficients.forEach((x, i) => {
    if (x !== 0n)
      b.coefficients.forEach((y, j) => {
        product[i + j]! += x * y;
      });
  });
  return polynomial(product, a.denominator * b.denominator);
}

/** p(slope·t + offset): Horner's rule on the integers, the denominators of slope and offset kept apart. */
export function substituteLinear(p: Polynomial, slope: Ratio, offset: Ratio): Polynomial {
  const degree = p.coefficients.length - 1;
  if (degree <= 0) return p;
  const common = (slope.d / gcd(slope.d, offset.d)) * offset.d;
  const a = slope.n * (common / slope.d);
  const b = offset.n * (common / offset.d);
  // p((a·t + b)/common): with y = a·t + b this is Σ c_i·common^(degree−i)·y^i / (denominator·common^degree).
  const c = p.coefficients.slice();
  let scale = 1n;
  for (let i = degree; i >= 0; i--) {
    c[i]! *= scale;
    scale *= common;
  }
  if (b !== 0n) for (let k = 0; k < degree; k++) for (let i = degree - 1; i >= k; i--) c[i]! += b * c[i + 1]!;
  let factor = 1n;
  for (let i = 0; i <= degree; i++) {
    c[i]! *= factor;
    factor *= a;
  }
  return polynomial(c, p.denominator * common ** BigInt(degree));
}

/** The antiderivative that is 0 at 0. */
export function integratePolynomial(p: Polynomial): Polynomial {
  const degree = p.coefficients.length;
  if (degree === 0) return p;
  let multiple = 1n;
  for (let i = 2n; i <= BigInt(degree); i++) multiple = (multiple / gcd(multiple, i)) * i;
  const coefficients = [0n, ...p.coefficients.map((c, i) => c * (multiple / BigInt(i + 1)))];
  return polynomial(coefficients, p.denominator * multiple);
}

export function differentiatePolynomial(p: Polynomial): Polynomial {
  return polynomial(
    p.coefficients.slice(1).map((c, i) => c * BigInt(i + 1)),
    p.denominator,
  );
}

export function evaluatePolynomial(p: Polynomial, at: Ratio): Ratio {
  let value = 0n;
  let scale = 1n;
  for (let i = p.coefficients.length - 1; i >= 0; i--) {
    value = value * at.n + p.coefficients[i]! * scale;
    scale *= at.d;
  }
  return p.coefficients.length === 0 ? { n: 0n, d: 1n } : ratio(value * at.d, p.denominator * scale);
}

/** ∫ p over [low, high] */
export function definiteIntegral(p: Polynomial, low: Ratio, high: Ratio): Ratio {
  const whole = integratePolynomial(p);
  const upper = evaluatePolynomial(whole, high);
  const lower = evaluatePolynomial(whole, low);
  return ratio(upper.n * lower.d - lower.n * upper.d, upper.d * lower.d);
}
