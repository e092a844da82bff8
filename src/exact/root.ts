import { differentiatePolynomial, type Polynomial } from '../number/polynomial.js';
import { greatestCommonDivisor, rationalFunction } from '../number/rational-function.js';

/** The polynomial with the same roots, each once: p/gcd(p, p'). */
export function squareFreePart(p: Polynomial): Polynomial {
  const common = greatestCommonDivisor(p, differentiatePolynomial(p));
  return rationalFunction(p, common).numerator;
}
