import {
  addPolynomials,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomial,
  scalePolynomial,
} from './polynomial.js';
import { compare, divide, negate, type Ratio, ratio, subtract } from './ratio.js';
import { type RationalFunction, rationalFunction } from './rational-function.js';

/**
 * Thiele's continued fraction a_0 + (x − x_0)/(a_1 + (x − x_1)/(a_2 + …)) through points of a function, built point after
 * point. If the function is rational with degrees p over q, p + q + 1 points (one more for some degrees) determine it, and
 * every further point is met exactly.
 */
export interface Thiele {
  readonly points: readonly Ratio[];
  readonly coefficients: readonly Ratio[];
}

export const EMPTY_THIELE: Thiele = { points: [], coefficients: [] };

/**
 * Adds the point (x, y).
 * @returns `met`: the fraction already passes through it; `unlucky`: it cannot be used at this place; or the longer fraction
 */
export function extendThiele(fraction: Thiele, x: Ratio, y: Ratio): Thiele | 'met' | 'unlucky' {
  let value = y;
  for (let k = 0; k < fraction.coefficients.length; k++) {
    const difference = subtract(value, fraction.coefficients[k]!);
    if (difference.n === 0n) return k === fraction.coefficients.length - 1 ? 'met' : 'unlucky';
    value = divide(subtract(x, fraction.points[k]!), difference);
  }
  return { points: [...fraction.points, x], coefficients: [...fraction.coefficients, value] };
}

/** The continued fraction as a quotient of polynomials. */
export function thieleFunction(fraction: Thiele): RationalFunction {
  const { points, coefficients } = fraction;
  let top: Polynomial = constant(coefficients.at(-1)!);
  let bottom: Polynomial = ONE_POLYNOMIAL;
  for (let k = coefficients.length - 2; k >= 0; k--) {
    const shifted = multiplyPolynomials(linear(points[k]!), bottom);
    [top, bottom] = [addPolynomials(scalePolynomial(top, coefficients[k]!), shifted), top];
  }
  return rationalFunction(top, bottom);
}

function constant(value: Ratio): Polynomial {
  return polynomial([value.n], value.d);
}

/** x − at */
function linear(at: Ratio): Polynomial {
  const low = negate(at);
  return polynomial([low.n, low.d], low.d);
}

/**
 * All fractions strictly between low and high (low < high), without end, those of small denominators first: exact functions are cheaper at them.
 */
export function* simpleFractions(low: Ratio, high: Ratio): Generator<Ratio> {
  for (let d = 2n; ; d++) {
    const first = (low.n * d) / low.d;
    for (let n = first; n * high.d < high.n * d; n++) {
      if (n * low.d <= low.n * d) continue;
      const candidate = ratio(n, d);
      if (candidate.d === d) yield candidate;
    }
  }
}

/** The first `count` of these; none if low ≥ high. */
export function simplestFractions(low: Ratio, high: Ratio, count: number): Ratio[] {
  const found: Ratio[] = [];
  if (compare(low, high) >= 0) return found;
  for (const gamma of simpleFractions(low, high)) {
    found.push(gamma);
    if (found.length === count) break;
  }
  return found;
}
