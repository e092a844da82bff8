import { gcd } from './integer.js';
import {
  isZeroPolynomial,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomial,
  samePolynomial,
} from './polynomial.js';
import { ratio, ratioText } from './ratio.js';
import { divideWithRest, type RationalFunction, termsText } from './rational-function.js';

/** A polynomial as factor · Π base^exponent, as far as small factors are found. */
interface Factored {
  readonly bases: readonly { readonly base: Polynomial; readonly exponent: number }[];
  readonly rest: Polynomial;
}

/**
 * The factors that denominators of POWER and of optimality probabilities have: γ, 1 ± γ, and the cyclotomic polynomials of
 * the lengths of short cycles.
 */
const NAMED_FACTORS: readonly Polynomial[] = [
  [0n, 1n],
  [1n, -1n],
  [1n, 1n],
  [1n, 1n, 1n],
  [1n, 0n, 1n],
  [1n, -1n, 1n],
  [1n, 1n, 1n, 1n, 1n],
  [1n, -1n, 1n, -1n, 1n],
  [1n, 0n, 0n, 1n, 0n, 0n, 1n],
  [1n, 0n, 0n, 0n, 1n],
  [1n, 0n, -1n, 0n, 1n],
  [1n, -1n, -1n],
  [1n, 1n, -1n],
].map((coefficients) => polynomial(coefficients));

/** 1 ± (b/a)γ in lowest terms: with the constant 1 no factor of a product has a number to itself. */
const LINEAR_FACTORS: readonly Polynomial[] = [1n, 2n, 3n, 4n, 5n].flatMap((a) =>
  [1n, 2n, 3n, 4n, 5n].flatMap((b) =>
    a === b || gcd(a, b) > 1n ? [] : [polynomial([a, -b], a), polynomial([a, b], a)],
  ),
);

const SMALL_FACTORS: readonly Polynomial[] = [...NAMED_FACTORS, ...LINEAR_FACTORS];

/** As a person writes it, the denominator as a product: `2/3 + γ²/12`, `(2/3 + γ/2)/(1 + γ)`, `(1/3 + γ²)/(γ(1 + γ)²)`. */
export function rationalFunctionText(f: RationalFunction, variable: string): string {
  const top = termsText(f.numerator, variable);
  if (samePolynomial(f.denominator, ONE_POLYNOMIAL)) return top;
  const { bases, rest } = factor(f.denominator);
  const parts = bases.map(({ base, exponent }) => {
    const text = termsText(base, variable);
    return `${/ /.test(text) ? `(${text})` : text}${exponent === 1 ? '' : superscript(exponent)}`;
  });
  if (!samePolynomial(rest, ONE_POLYNOMIAL)) {
    const text =
      rest.coefficients.length === 1 ? ratioText(ratio(rest.coefficients[0]!, rest.denominator)) : undefined;
    parts.unshift(text ?? `(${termsText(rest, variable)})`);
  }
  const below = parts.length === 1 && !parts[0]!.includes('/') ? parts[0]! : `(${parts.join('')})`;
  return `${/[ /]/.test(top) ? `(${top})` : top}/${below}`;
}

function factor(p: Polynomial): Factored {
  let rest = p;
  const bases: { base: Polynomial; exponent: number }[] = [];
  for (const base of SMALL_FACTORS) {
    let exponent = 0;
    for (; rest.coefficients.length >= base.coefficients.length; exponent++) {
      const division = divideWithRest(rest, base);
      if (!isZeroPolynomial(division.rest)) break;
      rest = division.quotient;
    }
    if (exponent > 0) bases.push({ base, exponent });
  }
  return { bases, rest };
}

function superscript(n: number): string {
  return [...String(n)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
