import { factorial, magnitude } from '../../number/integer.js';
import {
  combinePolynomials,
  constantPolynomial,
  differentiatePolynomial,
  evaluatePolynomial,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  polynomial,
} from '../../number/polynomial.js';
import {
  add,
  divide,
  multiply,
  negate,
  ONE_RATIO,
  type Ratio,
  ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import {
  antiderivative,
  combination,
  compose,
  integralBetween,
  jumps,
  type Piecewise,
  product,
  restrict,
  valueAt,
} from './piecewise.js';
import { fromJumps } from './truncated-powers.js';

/**
 * Laws of real random variables as their distribution functions F(t) = P(Z ≤ t), piecewise polynomial with exact rational
 * knots. A part of a law (the same event cut down to where some vector wins) is a `Law` of total mass below 1.
 */
export type Law = Piecewise;

/** The law of a constant. */
export function pointLaw(value: Ratio): Law {
  return { knots: [value], pieces: [ONE_POLYNOMIAL] };
}

/** The law of a uniform variable on [low, high]; a constant if they are equal. */
export function uniformLaw(low: Ratio, high: Ratio): Law {
  const width = subtract(high, low);
  if (width.n === 0n) return pointLaw(low);
  const slope = divide(ONE_RATIO, width);
  const rise = combinePolynomials(
    [polynomial([0n, 1n]), ONE_POLYNOMIAL],
    [slope, negate(multiply(slope, low))],
  );
  return { knots: [low, high], pieces: [rise, ONE_POLYNOMIAL] };
}

/**
 * The law of constant + Σ_j coefficients[j]·U_j for independent U_j uniform on [0, 1]: the volume of a cube below a
 * hyperplane, by inclusion and exclusion over its corners, 2^d of them, fewer where corner sums coincide.
 */
export function sumLaw(coefficients: readonly Ratio[], constant: Ratio): Law {
  let corners = new Map<string, { at: Ratio; sign: bigint }>([
    [ratioText(constant), { at: constant, sign: 1n }],
  ]);
  let denominator = ONE_RATIO;
  let degree = 0;
  for (const c of coefficients) {
    if (c.n === 0n) continue;
    degree++;
    denominator = multiply(denominator, { n: magnitude(c.n), d: c.d });
    const next = new Map<string, { at: Ratio; sign: bigint }>();
    const put = (at: Ratio, sign: bigint): void => {
      const key = ratioText(at);
      next.set(key, { at, sign: sign + (next.get(key)?.sign ?? 0n) });
    };
    // A coefficient c < 0 is a shift by c and the coefficient −c, because U and 1 − U have one law.
    for (const { at, sign } of corners.values()) {
      put(at, c.n > 0n ? sign : -sign);
      put(add(at, c), c.n > 0n ? -sign : sign);
    }
    corners = next;
  }
  if (degree === 0) return pointLaw(constant);
  const unit = new Array<bigint>(degree).fill(0n);
  const scale = factorial(degree) * denominator.n;
  return fromJumps(
    [...corners.values()].map(({ at, sign }) => ({
      at,
      change: polynomial([...unit, sign * denominator.d], scale),
    })),
  );
}

/** The law of the greatest of independent variables. */
export function maxLaw(laws: readonly Law[]): Law {
  return laws.length === 1 ? laws[0]! : product(laws);
}

/** The law of factor·Z + offset, factor > 0. */
export function affineLaw(law: Law, factor: Ratio, offset: Ratio): Law {
  const slope = divide(ONE_RATIO, factor);
  return compose(law, slope, negate(multiply(slope, offset)));
}

/** The law of Z + U, U uniform on [low, high] and independent of Z: H(t) = (A(t − low) − A(t − high))/(high − low). */
export function addUniform(law: Law, low: Ratio, high: Ratio): Law {
  const width = subtract(high, low);
  if (width.n === 0n) return affineLaw(law, ONE_RATIO, low);
  const weight = divide(ONE_RATIO, width);
  const whole = antiderivative(law);
  const early = compose(whole, ONE_RATIO, negate(low));
  const late = compose(whole, ONE_RATIO, negate(high));
  return combination([early, late], [weight, negate(weight)]);
}

/**
 * The law of max(slope·U + constant, U + Z): stay for ever at a state with own reward U, or go on to an independent Z.
 * U uniform on [low, high], slope > 1. With A' = F_Z, P(≤ t) = ∫_{low}^{u(t)} F_Z(t − u) du/(high − low), where
 * u(t) = min(high, (t − constant)/slope): the difference A(t − low) − A(t − u(t)).
 */
export function stayOrLeaveLaw(leave: Law, slope: Ratio, constant: Ratio, low: Ratio, high: Ratio): Law {
  const width = subtract(high, low);
  if (width.n === 0n) {
    const stay = pointLaw(add(multiply(slope, low), constant));
    return product([stay, affineLaw(leave, ONE_RATIO, low)]);
  }
  const whole = antiderivative(leave);
  const from = add(multiply(slope, low), constant);
  const to = add(multiply(slope, high), constant);
  const inverse = divide(ONE_RATIO, slope);
  const partial = restrict(
    compose(whole, subtract(ONE_RATIO, inverse), multiply(inverse, constant)),
    from,
    to,
  );
  const full = restrict(compose(whole, ONE_RATIO, negate(high)), to);
  const start = restrict(compose(whole, ONE_RATIO, negate(low)), from);
  const weight = divide(ONE_RATIO, width);
  return combination([start, partial, full], [weight, negate(weight), negate(weight)]);
}

/** The total mass: 1 for a whole law. */
export function massOf(law: Law): Ratio {
  return law.knots.length === 0 ? ZERO_RATIO : evaluatePolynomial(law.pieces.at(-1)!, law.knots.at(-1)!);
}

/** ∫ t dF(t): the mean of a whole law. */
export function meanOf(law: Law): Ratio {
  if (law.knots.length === 0) return ZERO_RATIO;
  const last = law.knots.at(-1)!;
  return subtract(multiply(massOf(law), last), integralBetween(law, law.knots[0]!, last));
}

/**
 * ∫ Π_i others[i](t) dF(t): the probability that a variable of law F is at least the independent others; with `strictly`
 * the left limits are taken, so that ties with atoms of the others do not count.
 */
export function winProbability(law: Law, others: readonly Law[], strictly = false): Ratio {
  let sum: Ratio = ZERO_RATIO;
  for (const { at, size } of jumps(law)) {
    const chance = others.reduce((p, other) => multiply(p, valueAt(other, at, strictly)), size);
    sum = add(sum, chance);
  }
  const density: Piecewise = { knots: law.knots, pieces: law.pieces.map(differentiatePolynomial) };
  if (law.knots.length === 0) return sum;
  const whole = others.length === 0 ? density : product([density, ...others]);
  return add(sum, integralBetween(whole, law.knots[0]!, law.knots.at(-1)!));
}

/**
 * The law of max(Z, others) cut down to where Z, of law F, is at least the independent others: dH = Π_i others[i] dF.
 */
export function winLaw(law: Law, others: readonly Law[]): Law {
  if (others.length === 0 || law.knots.length === 0) return law;
  const density: Piecewise = { knots: law.knots, pieces: law.pieces.map(differentiatePolynomial) };
  const parts: Piecewise[] = [antiderivative(product([density, ...others]))];
  const weights: Ratio[] = [ONE_RATIO];
  for (const { at, size } of jumps(law)) {
    parts.push(pointLaw(at));
    weights.push(others.reduce((p, other) => multiply(p, valueAt(other, at)), size));
  }
  return combination(parts, weights);
}

/**
 * The probability that independent variables share the maximum, counted as 1/(number of them) for the first: at an atom of
 * size Δ the others take part with chances from their left limits F⁻ up to F, and E 1/(1 + N) = ∫_0^1 Π(F⁻ + x·Δ_i) dx.
 */
export function fractionalWin(law: Law, others: readonly Law[]): Ratio {
  let sum: Ratio = winProbability(law, others, true);
  for (const { at, size } of jumps(law)) {
    const strict = others.reduce((p, other) => multiply(p, valueAt(other, at, true)), size);
    const mix = others.reduce((p, other) => {
      const before = valueAt(other, at, true);
      const line = combinePolynomials(
        [ONE_POLYNOMIAL, polynomial([0n, 1n])],
        [before, subtract(valueAt(other, at), before)],
      );
      return multiplyPolynomials(p, line);
    }, constantPolynomial(size));
    const shared = mix.coefficients.reduce(
      (total, c, i) => add(total, ratio(c, mix.denominator * BigInt(i + 1))),
      ZERO_RATIO,
    );
    sum = add(sum, subtract(shared, strict));
  }
  return sum;
}
