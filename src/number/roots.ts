import {
  differentiatePolynomial,
  evaluatePolynomial,
  isZeroPolynomial,
  type Polynomial,
  scalePolynomial,
} from './polynomial.js';
import { add, compare, divide, multiply, type Ratio, ratio, subtract } from './ratio.js';
import { divideWithRest, greatestCommonDivisor } from './rational-function.js';

/** A real number between `low` and `high`, known exactly if they are equal. */
export interface Enclosure {
  readonly low: Ratio;
  readonly high: Ratio;
}

/** The polynomial with the same roots, each once: p/gcd(p, p'). */
export function squareFreePart(p: Polynomial): Polynomial {
  return divideWithRest(p, greatestCommonDivisor(p, differentiatePolynomial(p))).quotient;
}

/**
 * The roots of p in (low, high), ascending, each once: separated by Sturm's theorem, then exact if they are fractions of
 * denominator up to 1000, and otherwise enclosed to 2^-64 of the width of the interval. p is not 0 everywhere.
 */
export function rootsBetween(p: Polynomial, low: Ratio, high: Ratio): Enclosure[] {
  if (p.coefficients.length <= 1) return [];
  const simple = squareFreePart(p);
  const chain = sturmChain(simple);
  const found: Enclosure[] = [];
  const search = (from: Ratio, to: Ratio, changesFrom: number, changesTo: number): void => {
    const count = changesFrom - changesTo;
    if (count === 0) return;
    if (count === 1) {
      const root = refine(simple, from, to, subtract(high, low));
      // Sturm counts roots in (from, to]; an interval that ends at `high` may have found that end.
      if (compare(root.high, high) < 0) found.push(root);
      return;
    }
    const middle = divide(add(from, to), ratio(2n));
    const changes = signChanges(chain, middle);
    search(from, middle, changesFrom, changes);
    search(middle, to, changes, changesTo);
  };
  search(low, high, signChanges(chain, low), signChanges(chain, high));
  return found;
}

function sturmChain(p: Polynomial): Polynomial[] {
  const chain = [p, differentiatePolynomial(p)];
  for (;;) {
    const { rest } = divideWithRest(chain.at(-2)!, chain.at(-1)!);
    if (isZeroPolynomial(rest)) return chain;
    chain.push(scalePolynomial(rest, ratio(-1n)));
  }
}

function signChanges(chain: readonly Polynomial[], at: Ratio): number {
  const signs = chain.map((p) => evaluatePolynomial(p, at).n).filter((n) => n !== 0n);
  return signs.filter((n, i) => i > 0 && n > 0n !== signs[i - 1]! > 0n).length;
}

/** The one root of p in (from, to]. */
function refine(p: Polynomial, from: Ratio, to: Ratio, width: Ratio): Enclosure {
  let low = from;
  let high = to;
  if (evaluatePolynomial(p, high).n === 0n) return { low: high, high };
  const target = multiply(width, ratio(1n, 2n ** 64n));
  const positiveAtHigh = evaluatePolynomial(p, high).n > 0n;
  while (compare(subtract(high, low), target) > 0) {
    const middle = divide(add(low, high), ratio(2n));
    const value = evaluatePolynomial(p, middle).n;
    if (value === 0n) return { low: middle, high: middle };
    if (value > 0n === positiveAtHigh) high = middle;
    else low = middle;
  }
  const candidate = simplestWithin(low, high);
  const isRoot = candidate.d <= 1000n && evaluatePolynomial(p, candidate).n === 0n;
  return isRoot ? { low: candidate, high: candidate } : { low, high };
}

/** The fraction of least denominator in [low, high], 0 ≤ low < high: by their continued fractions (Stern–Brocot). */
function simplestWithin(low: Ratio, high: Ratio): Ratio {
  const whole = low.n / low.d;
  if (whole * low.d === low.n) return ratio(whole);
  if ((whole + 1n) * high.d <= high.n) return ratio(whole + 1n);
  const inner = simplestWithin(ratio(high.d, high.n - whole * high.d), ratio(low.d, low.n - whole * low.d));
  return add(ratio(whole), divide(ratio(1n), inner));
}
