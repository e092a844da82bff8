import { ONE, type Rational, rational, ZERO } from '../../src/number/rational.js';

/**
 * Oracle: exact distributions of sums and maxima of independent uniform rewards. A distribution function is a continuous
 * piecewise polynomial with rational coefficients, 0 before the first break and 1 after the last; so means and
 * probabilities come out as fractions, without sampling and without solving an MDP.
 */
export interface Distribution {
  /** n+1 ascending breaks */
  readonly breaks: readonly Rational[];
  /** the distribution function on each of the n pieces */
  readonly pieces: readonly Polynomial[];
}

/** Coefficients from the constant upwards. */
export type Polynomial = readonly Rational[];

/** Uniform on (0, 1). */
export const uniform: Distribution = { breaks: [ZERO, ONE], pieces: [[ZERO, ONE]] };

/** The greatest of independent variables: the product of their distribution functions. */
export function greatest(...parts: readonly Distribution[]): Distribution {
  return combine(parts, (polynomials) => polynomials.reduce(times));
}

/** c·X, c > 0. */
export function scaled(x: Distribution, c: Rational): Distribution {
  return {
    breaks: x.breaks.map((b) => b.mul(c)),
    pieces: x.pieces.map((p) => substitute(p, ONE.div(c), ZERO)),
  };
}

/** X + c·U with an independent uniform U: H(v) = (A(v) − A(v − c))/c, A the antiderivative of the distribution function of X. */
export function plusUniform(x: Distribution, c: Rational): Distribution {
  const antiderivative = integralOf(x);
  const shifted = (b: Rational): Rational => b.add(c);
  const breaks = sortedUnique([...x.breaks, ...x.breaks.map(shifted)]);
  const pieces = breaks.slice(1).map((high, i) => {
    const middle = breaks[i]!.add(high).div(2);
    const before = substitute(antiderivative(middle.sub(c)), ONE, ZERO.sub(c));
    return plus(antiderivative(middle), times([rational(-1)], before)).map((a) => a.div(c));
  });
  return { breaks, pieces };
}

/** The mean of a variable that is at least 0: ∫ (1 − F). */
export function meanOf(x: Distribution): Rational {
  const tail = x.pieces.map((p) => plus([ONE], times([rational(-1)], p)));
  return x.breaks[0]!.add(integrate({ breaks: x.breaks, pieces: tail }));
}

/** The probability that X is greater than all the others, all independent: ∫ F'_X ∏ F. */
export function probabilityGreatest(x: Distribution, others: readonly Distribution[]): Rational {
  return integrate(
    combine([x, ...others], ([first, ...rest]) => rest.reduce<Polynomial>(times, derivative(first!))),
  );
}

/** Applies an operation to the polynomials of several functions on their common pieces. */
function combine(
  parts: readonly Distribution[],
  operation: (polynomials: Polynomial[]) => Polynomial,
): Distribution {
  const breaks = sortedUnique(parts.flatMap((part) => part.breaks));
  const pieces = breaks.slice(1).map((high, i) => {
    const middle = breaks[i]!.add(high).div(2);
    return operation(parts.map((part) => pieceAt(part, middle)));
  });
  return { breaks, pieces };
}

function pieceAt({ breaks, pieces }: Distribution, v: Rational): Polynomial {
  if (v.compare(breaks[0]!) < 0) return [ZERO];
  const i = breaks.findIndex((b) => v.compare(b) < 0);
  return i < 0 ? [ONE] : pieces[i - 1]!;
}

/** The antiderivative that is 0 before the first break, as a function of the place. */
function integralOf(x: Distribution): (v: Rational) => Polynomial {
  let area = ZERO;
  const pieces = x.pieces.map((p, i) => {
    const rising = [ZERO, ...p.map((a, k) => a.div(k + 1))];
    const piece = plus(rising, [area.sub(evaluate(rising, x.breaks[i]!))]);
    area = evaluate(piece, x.breaks[i + 1]!);
    return piece;
  });
  const end = x.breaks.at(-1)!;
  return (v) => (v.compare(end) > 0 ? [area.sub(end), ONE] : pieceAt({ breaks: x.breaks, pieces }, v));
}

function integrate({ breaks, pieces }: Distribution): Rational {
  return pieces.reduce((sum, p, i) => {
    const rising = [ZERO, ...p.map((a, k) => a.div(k + 1))];
    return sum.add(evaluate(rising, breaks[i + 1]!)).sub(evaluate(rising, breaks[i]!));
  }, ZERO);
}

export function plus(p: Polynomial, q: Polynomial): Polynomial {
  return Array.from({ length: Math.max(p.length, q.length) }, (_, k) => (p[k] ?? ZERO).add(q[k] ?? ZERO));
}

export function times(p: Polynomial, q: Polynomial): Polynomial {
  const product = Array.from({ length: p.length + q.length - 1 }, () => ZERO);
  p.forEach((a, i) => {
    q.forEach((b, j) => {
      product[i + j] = product[i + j]!.add(a.mul(b));
    });
  });
  return product;
}

function derivative(p: Polynomial): Polynomial {
  return p.length === 1 ? [ZERO] : p.slice(1).map((a, k) => a.mul(k + 1));
}

function evaluate(p: Polynomial, v: Rational): Rational {
  return p.reduceRight((sum, a) => sum.mul(v).add(a), ZERO);
}

/** p(m·v + c) */
function substitute(p: Polynomial, m: Rational, c: Rational): Polynomial {
  return p.reduceRight<Polynomial>((sum, a) => plus(times(sum, [c, m]), [a]), [ZERO]);
}

function sortedUnique(values: readonly Rational[]): Rational[] {
  const sorted = [...values].sort((a, b) => a.compare(b));
  return sorted.filter((v, i) => i === 0 || !v.equals(sorted[i - 1]!));
}
