import {
  combinePolynomials,
  definiteIntegral,
  evaluatePolynomial,
  integratePolynomial,
  isZeroPolynomial,
  multiplyPolynomials,
  type Polynomial,
  polynomial,
  samePolynomial,
  substituteLinear,
  ZERO_POLYNOMIAL,
} from '../../number/polynomial.js';
import { add, compare, divide, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';

/**
 * A piecewise polynomial function of the real line with exact rational knots: 0 left of knots[0], pieces[k] on
 * [knots[k], knots[k+1]), and the last piece from the last knot on. Right-continuous, so a jump at a knot belongs to it:
 * the form of a distribution function with atoms. Knots ascend strictly; no knots is the zero function.
 */
export interface Piecewise {
  readonly knots: readonly Ratio[];
  readonly pieces: readonly Polynomial[];
}

export const ZERO_FUNCTION: Piecewise = { knots: [], pieces: [] };

/** The same function without knots at which nothing changes. */
function withoutIdleKnots(knots: readonly Ratio[], pieces: readonly Polynomial[]): Piecewise {
  const keep = pieces.map((piece, k) =>
    k === 0 ? !isZeroPolynomial(piece) : !samePolynomial(piece, pieces[k - 1]!),
  );
  return { knots: knots.filter((_, k) => keep[k]), pieces: pieces.filter((_, k) => keep[k]) };
}

/** All knots of the functions, ascending and distinct. */
function commonKnots(functions: readonly Piecewise[]): Ratio[] {
  let merged: readonly Ratio[] = [];
  for (const { knots } of functions) {
    const next: Ratio[] = [];
    let i = 0;
    let j = 0;
    while (i < merged.length || j < knots.length) {
      const order = i === merged.length ? 1 : j === knots.length ? -1 : compare(merged[i]!, knots[j]!);
      next.push(order <= 0 ? merged[i]! : knots[j]!);
      if (order <= 0) i++;
      if (order >= 0) j++;
    }
    merged = next;
  }
  return [...merged];
}

/** Applies `join` to the pieces of all functions over each interval between common knots. */
function pointwise(
  functions: readonly Piecewise[],
  join: (pieces: readonly Polynomial[]) => Polynomial,
): Piecewise {
  const knots = commonKnots(functions);
  const position = functions.map(() => -1);
  const pieces = knots.map((knot) => {
    const here = functions.map((f, i) => {
      const next = f.knots[position[i]! + 1];
      if (next !== undefined && compare(next, knot) <= 0) position[i]!++;
      return position[i]! < 0 ? ZERO_POLYNOMIAL : f.pieces[position[i]!]!;
    });
    return join(here);
  });
  return withoutIdleKnots(knots, pieces);
}

/** Π_i functions[i]: the distribution function of the maximum of independent variables. */
export function product(functions: readonly Piecewise[]): Piecewise {
  return pointwise(functions, (pieces) => pieces.reduce(multiplyPolynomials));
}

/** Σ_i weights[i]·functions[i] */
export function combination(functions: readonly Piecewise[], weights: readonly Ratio[]): Piecewise {
  return pointwise(functions, (pieces) => combinePolynomials(pieces, weights));
}

/** t ↦ f(slope·t + offset), slope > 0 */
export function compose(f: Piecewise, slope: Ratio, offset: Ratio): Piecewise {
  return {
    knots: f.knots.map((knot) => divide(subtract(knot, offset), slope)),
    pieces: f.pieces.map((piece) => substituteLinear(piece, slope, offset)),
  };
}

/** t ↦ f(t)·1[low ≤ t < high]; no upper bound where `high` is left out. */
export function restrict(f: Piecewise, low: Ratio, high?: Ratio): Piecewise {
  const one: Polynomial = { coefficients: [1n], denominator: 1n };
  const window: Piecewise =
    high === undefined
      ? { knots: [low], pieces: [one] }
      : { knots: [low, high], pieces: [one, ZERO_POLYNOMIAL] };
  return product([f, window]);
}

/** t ↦ ∫_{−∞}^t f */
export function antiderivative(f: Piecewise): Piecewise {
  let value: Ratio = ZERO_RATIO;
  const pieces = f.pieces.map((piece, k) => {
    const whole = integratePolynomial(piece);
    const start = evaluatePolynomial(whole, f.knots[k]!);
    const constant = subtract(value, start);
    const shifted = combinePolynomials([whole, polynomial([constant.n], constant.d)], [ONE_RATIO, ONE_RATIO]);
    const next = f.knots[k + 1];
    if (next !== undefined) value = evaluatePolynomial(shifted, next);
    return shifted;
  });
  return withoutIdleKnots(f.knots, pieces);
}

/** f(t), or with `leftLimit` the limit of f from the left. */
export function valueAt(f: Piecewise, t: Ratio, leftLimit = false): Ratio {
  let low = 0;
  let high = f.knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(f.knots[middle]!, t);
    if (order < 0 || (order === 0 && !leftLimit)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? ZERO_RATIO : evaluatePolynomial(f.pieces[low - 1]!, t);
}

/** The sizes of the jumps of f, at its knots. */
export function jumps(f: Piecewise): { readonly at: Ratio; readonly size: Ratio }[] {
  return f.knots.flatMap((at, k) => {
    const before = k === 0 ? ZERO_RATIO : evaluatePolynomial(f.pieces[k - 1]!, at);
    const size = subtract(evaluatePolynomial(f.pieces[k]!, at), before);
    return size.n === 0n ? [] : [{ at, size }];
  });
}

/** ∫ f over [low, high], low ≤ high */
export function integralBetween(f: Piecewise, low: Ratio, high: Ratio): Ratio {
  let sum: Ratio = ZERO_RATIO;
  f.pieces.forEach((piece, k) => {
    const from = compare(f.knots[k]!, low) < 0 ? low : f.knots[k]!;
    const next = f.knots[k + 1];
    const to = next === undefined || compare(high, next) < 0 ? high : next;
    if (compare(from, to) < 0) sum = add(sum, definiteIntegral(piece, from, to));
  });
  return sum;
}
