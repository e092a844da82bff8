import { factorial } from '../../number/integer.js';
import {
  addPolynomials,
  isZeroPolynomial,
  type Polynomial,
  polynomial,
  substituteLinear,
  subtractPolynomials,
  ZERO_POLYNOMIAL,
} from '../../number/polynomial.js';
import { add, compare, negate, ONE_RATIO, type Ratio, ratioText } from '../../number/ratio.js';
import type { Piecewise } from './piecewise.js';

/**
 * A piecewise polynomial function as the sum of its jumps: Σ_k change_k(t − at_k) over the knots at_k ≤ t, each change a
 * polynomial in the distance from its knot (truncated powers). The form in which convolution is a product.
 */
export interface Jump {
  readonly at: Ratio;
  readonly change: Polynomial;
}

function toJumps(f: Piecewise): Jump[] {
  return f.knots.map((at, k) => {
    const change = subtractPolynomials(f.pieces[k]!, k === 0 ? ZERO_POLYNOMIAL : f.pieces[k - 1]!);
    return { at, change: substituteLinear(change, ONE_RATIO, at) };
  });
}

/** The function with these jumps, which may come in any order and repeat a knot. */
export function fromJumps(jumps: readonly Jump[]): Piecewise {
  const merged = new Map<string, Jump>();
  for (const jump of jumps) {
    const key = ratioText(jump.at);
    const earlier = merged.get(key);
    merged.set(
      key,
      earlier === undefined ? jump : { at: jump.at, change: addPolynomials(earlier.change, jump.change) },
    );
  }
  const kept = [...merged.values()].filter(({ change }) => !isZeroPolynomial(change));
  kept.sort((a, b) => compare(a.at, b.at));
  let sum = ZERO_POLYNOMIAL;
  const pieces = kept.map(({ at, change }) => {
    sum = addPolynomials(sum, substituteLinear(change, ONE_RATIO, negate(at)));
    return sum;
  });
  return { knots: kept.map(({ at }) => at), pieces };
}

/**
 * The distribution function of X + Y for independent X ~ F and Y ~ G: with (t)₊^m/m! as the unit of degree m, truncated
 * powers convolve as (t−α)₊^m/m! ∗ d[(t−β)₊^n/n!] = (t−α−β)₊^(m+n)/(m+n)!.
 */
export function convolve(first: Piecewise, second: Piecewise): Piecewise {
  const left = toJumps(first).map(normalized);
  const right = toJumps(second).map(normalized);
  const jumps: Jump[] = [];
  for (const a of left)
    for (const b of right) {
      const joined: bigint[] = new Array(a.units.length + b.units.length - 1).fill(0n);
      a.units.forEach((x, i) => {
        b.units.forEach((y, j) => {
          joined[i + j]! += x * y;
        });
      });
      const top = factorial(joined.length - 1);
      const change = polynomial(
        joined.map((c, m) => c * (top / factorial(m))),
        a.denominator * b.denominator * top,
      );
      jumps.push({ at: add(a.at, b.at), change });
    }
  return fromJumps(jumps);
}

/** The coefficients of a jump in units t^m/m!. */
function normalized({ at, change }: Jump): { at: Ratio; units: bigint[]; denominator: bigint } {
  return {
    at,
    units: change.coefficients.map((c, m) => c * factorial(m)),
    denominator: change.denominator,
  };
}
