import { gcd, magnitude } from './integer.js';
import { evaluatePolynomial, isZeroPolynomial, type Polynomial, polynomial } from './polynomial.js';
import { divideWithRest } from './rational-function.js';
import { type Enclosure, squareFreePart } from './roots.js';

/** Quadratics with coefficients up to this are tried. */
const LARGEST_COEFFICIENT = 12n;

/** Factors that differences of results often have, and that have no irrational root: t, 1 − t, 1 + t, 1 + t², 1 + t + t². */
const IDLE_FACTORS: readonly Polynomial[] = [
  [0n, 1n],
  [1n, -1n],
  [1n, 1n],
  [1n, 0n, 1n],
  [1n, 1n, 1n],
].map((coefficients) => polynomial(coefficients));

/**
 * A factor of p with integer coefficients that has the enclosed root: a quadratic with small coefficients if there is one,
 * else p without repeated factors and without some that have no such root.
 *
 * @param place  encloses exactly one root of p, which is no fraction
 */
export function rootFactor(p: Polynomial, place: Enclosure): Polynomial {
  const simple = squareFreePart(p);
  for (const quadratic of quadraticsWithRoot(place))
    if (isZeroPolynomial(divideWithRest(simple, quadratic).rest)) return quadratic;
  const { coefficients } = IDLE_FACTORS.reduce((rest, factor) => {
    const division = divideWithRest(rest, factor);
    return isZeroPolynomial(division.rest) ? division.quotient : rest;
  }, simple);
  const common = coefficients.reduce(gcd, 0n);
  const sign = coefficients.at(-1)! < 0n ? -1n : 1n;
  return polynomial(coefficients.map((c) => (sign * c) / common));
}

/** c·t² + b·t + a of different signs at the two ends, c > 0. */
function* quadraticsWithRoot({ low, high }: Enclosure): Generator<Polynomial> {
  for (let c = 1n; c <= LARGEST_COEFFICIENT; c++)
    for (let b = -LARGEST_COEFFICIENT; b <= LARGEST_COEFFICIENT; b++) {
      // The only a with −a between c·t² + b·t at the two ends.
      const rest = polynomial([0n, b, c]);
      const at = evaluatePolynomial(rest, low);
      const a = -nearest(at.n, at.d);
      const whole = polynomial([a, b, c]);
      if (a === 0n || magnitude(a) > LARGEST_COEFFICIENT) continue;
      if (evaluatePolynomial(whole, low).n > 0n !== evaluatePolynomial(whole, high).n > 0n) yield whole;
    }
}

/** The integer nearest to n/d, d > 0. */
function nearest(n: bigint, d: bigint): bigint {
  const doubled = 2n * n + d;
  const floor = doubled / (2n * d);
  return floor * 2n * d > doubled ? floor - 1n : floor;
}
