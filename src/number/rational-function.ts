import {
  combinePolynomials,
  evaluatePolynomial,
  isZeroPolynomial,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomial,
  samePolynomial,
  scalePolynomial,
  subtractPolynomials,
  ZERO_POLYNOMIAL,
} from './polynomial.js';
import { divide, ONE_RATIO, type Ratio, ratio } from './ratio.js';

/**
 * A quotient of polynomials in lowest terms; the denominator's lowest nonzero coefficient is 1, so equal functions have
 * equal records.
 */
export interface RationalFunction {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** numerator/denominator in lowest terms. @throws {RangeError} the denominator is 0 */
export function rationalFunction(numerator: Polynomial, denominator: Polynomial): RationalFunction {
  if (isZeroPolynomial(denominator)) throw new RangeError('the denominator is 0');
  const common = greatestCommonDivisor(numerator, denominator);
  const top = quotient(numerator, common);
  const bottom = quotient(denominator, common);
  const lowest = bottom.coefficients.find((c) => c !== 0n)!;
  const scale = ratio(bottom.denominator, lowest);
  return { numerator: scalePolynomial(top, scale), denominator: scalePolynomial(bottom, scale) };
}

/** f(at). @throws {RangeError} `at` is a pole */
export function evaluateRational(f: RationalFunction, at: Ratio): Ratio {
  return divide(evaluatePolynomial(f.numerator, at), evaluatePolynomial(f.denominator, at));
}

export function sameRational(a: RationalFunction, b: RationalFunction): boolean {
  return samePolynomial(a.numerator, b.numerator) && samePolynomial(a.denominator, b.denominator);
}

/** The numerator of a − b over a common denominator: its roots are where a and b are equal. */
export function differenceNumerator(a: RationalFunction, b: RationalFunction): Polynomial {
  return subtractPolynomials(
    multiplyPolynomials(a.numerator, b.denominator),
    multiplyPolynomials(b.numerator, a.denominator),
  );
}

/** Euclid's algorithm over the rationals, with primitive remainders. */
export function greatestCommonDivisor(a: Polynomial, b: Polynomial): Polynomial {
  let [first, second] = [primitive(a), primitive(b)];
  if (first.coefficients.length < second.coefficients.length) [first, second] = [second, first];
  while (!isZeroPolynomial(second)) [first, second] = [second, primitive(remainder(first, second))];
  return isZeroPolynomial(first) ? ONE_POLYNOMIAL : first;
}

/** The same polynomial up to a factor, with coprime integer coefficients. */
function primitive(p: Polynomial): Polynomial {
  if (isZeroPolynomial(p)) return p;
  const content = polynomial(p.coefficients, 1n);
  let common = 0n;
  for (const c of content.coefficients) common = gcdOf(common, c);
  return polynomial(content.coefficients.map((c) => c / common));
}

function gcdOf(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function remainder(a: Polynomial, b: Polynomial): Polynomial {
  return divideWithRest(a, b).rest;
}

/** a/b where b divides a. */
function quotient(a: Polynomial, b: Polynomial): Polynomial {
  return divideWithRest(a, b).quotient;
}

/** a = quotient·b + rest, the rest of lower degree than b. */
export function divideWithRest(a: Polynomial, b: Polynomial): { quotient: Polynomial; rest: Polynomial } {
  let rest = a;
  let whole: Polynomial = ZERO_POLYNOMIAL;
  const lead = ratio(b.coefficients.at(-1)!, b.denominator);
  while (rest.coefficients.length >= b.coefficients.length) {
    const factor = divide(ratio(rest.coefficients.at(-1)!, rest.denominator), lead);
    const shift = new Array<bigint>(rest.coefficients.length - b.coefficients.length).fill(0n);
    const term = polynomial([...shift, factor.n], factor.d);
    whole = combinePolynomials([whole, term], [ONE_RATIO, ONE_RATIO]);
    rest = subtractPolynomials(rest, multiplyPolynomials(term, b));
  }
  return { quotient: whole, rest };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A polynomial as a sum of terms, ascending: `2/3 − γ/6`. */
export function termsText(p: Polynomial, variable: string): string {
  const terms = p.coefficients.flatMap((c, i) => {
    if (c === 0n) return [];
    const { n, d } = ratio(c < 0n ? -c : c, p.denominator);
    const powerOf = i === 0 ? '' : `${variable}${i === 1 ? '' : superscript(i)}`;
    const head = n === 1n && i > 0 ? '' : `${n}`;
    return [{ negative: c < 0n, text: `${head}${powerOf}${d === 1n ? '' : `/${d}`}` }];
  });
  if (terms.length === 0) return '0';
  return terms
    .map(({ negative, text }, i) =>
      i === 0 ? `${negative ? '−' : ''}${text}` : ` ${negative ? '−' : '+'} ${text}`,
    )
    .join('');
}

function superscript(n: number): string {
  return [...String(n)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}
