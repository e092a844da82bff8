import { angle } from '../../number/angle.js';
import { enclosedIntegral } from '../../number/enclosed-integral.js';
import { around, type Interval, multiplyIntervals } from '../../number/interval.js';
import {
  addJets,
  angleJet,
  constantJet,
  divideJets,
  type Jet,
  multiplyJets,
  scaleJet,
  sqrtJet,
} from '../../number/jet.js';
import {
  combinePolynomials,
  constantPolynomial,
  isZeroPolynomial,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomial,
} from '../../number/polynomial.js';
import {
  approximate,
  multiply,
  negate,
  ONE_RATIO,
  type Ratio,
  ratio,
  ratioText,
  subtract,
} from '../../number/ratio.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';

/** A number and a bound on |value − truth|. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** Variances and covariances of jointly normal variables of mean 0, exactly. */
export type Covariance = readonly (readonly Ratio[])[];

/** The most variables of which `orthant` knows the probability to be positive together. */
const MOST_FACETS = 5;

/** Few rounded operations each, so this many units of rounding per term is ample. */
const ROUNDING = 64 * 2 ** -53;
const QUADRATURE = 1e-13;
/** Operations on rationals that one part of an integral costs. */
const PART_COST = 4000;

/**
 * P(all of up to five centred jointly normal variables are positive): 1/2, 1/4 + asin ρ/2π and 1/8 + Σ asin ρ/4π for up to
 * three; of four an integral over one variable of closed forms, enclosed in interval arithmetic; of five the sum over its
 * subsets that follows from P(all positive) = P(all negative). The covariance may be singular.
 *
 * @throws {ExactRefusal} more variables, or too much work
 */
export function orthant(v: Covariance, budget: Budget, known: KnownOrthants = new Map()): Measured {
  const at = distinctDirections(v);
  if (at === undefined) return { value: 0, error: 0 };
  const w = at.map((i) => at.map((j) => v[i]![j]!));
  const name = w.map((row) => row.map(ratioText).join()).join(';');
  const result = known.get(name) ?? ofDistinct(w, budget, known);
  known.set(name, result);
  return result;
}

/** Orthants that were asked for before, by their covariances: symmetries of a model make many equal. */
export type KnownOrthants = Map<string, Measured>;

function ofDistinct(w: Covariance, budget: Budget, known: KnownOrthants): Measured {
  const m = w.length;
  if (m === 0) return { value: 1, error: 0 };
  if (m === 1) return { value: 1 / 2, error: 0 };
  if (m === 2) return { value: 1 / 4 + arcsine(w, 0, 1) / (2 * Math.PI), error: ROUNDING };
  if (m === 3) {
    const sum = arcsine(w, 0, 1) + arcsine(w, 0, 2) + arcsine(w, 1, 2);
    return { value: 1 / 8 + sum / (4 * Math.PI), error: ROUNDING };
  }
  if (m === 4) return ofFour(w, budget);
  if (m === 5) return ofFive(w, budget, known);
  throw new ExactRefusal(
    `a cone with ${m} facets: its normal measure is known up to ${MOST_FACETS}, and each two more take an integral within the integral`,
  );
}

/** One index for each direction; undefined if two directions are opposite. */
function distinctDirections(v: Covariance): number[] | undefined {
  const kept: number[] = [];
  for (let i = 0; i < v.length; i++) {
    const parallel = kept.filter((j) => determinantOfTwo(v, i, j).n === 0n);
    if (parallel.some((j) => v[i]![j]!.n < 0n)) return undefined;
    if (parallel.length === 0) kept.push(i);
  }
  return kept;
}

function determinantOfTwo(v: Covariance, i: number, j: number): Ratio {
  return subtract(multiply(v[i]![i]!, v[j]![j]!), multiply(v[i]![j]!, v[i]![j]!));
}

/** asin of the correlation, from exact products, so that correlations near ±1 lose nothing. */
function arcsine(v: Covariance, i: number, j: number): number {
  return angle(approximate(v[i]![j]!), Math.sqrt(approximate(determinantOfTwo(v, i, j))));
}

/** 2·P₅ = 1 − Σ P₁ + Σ P₂ − Σ P₃ + Σ P₄ over the subsets of five. */
function ofFive(v: Covariance, budget: Budget, known: KnownOrthants): Measured {
  let value = 1;
  let error = ROUNDING;
  for (let subset = 1; subset < 31; subset++) {
    const at = [0, 1, 2, 3, 4].filter((i) => (subset >> i) & 1);
    const part = orthant(
      at.map((i) => at.map((j) => v[i]![j]!)),
      budget,
      known,
    );
    value += at.length % 2 === 0 ? part.value : -part.value;
    error += part.error + 2 ** -52;
  }
  return { value: value / 2, error: error / 2 };
}

/**
 * Off-diagonal covariances grow from 0 to theirs as t·v_ij. By Plackett (1954)
 *
 *     P = 1/16 + ∫₀¹ Σ_{i<j} v_ij/(2π√D_ij)·(1/4 + asin(r_ij)/2π) dt,   D_ij = v_ii·v_jj − t²·v_ij²,
 *
 * r_ij the correlation of the other two given that i and j are 0. With N_ij = D_ij times their covariance then, and Δ the
 * determinant of all four, asin r_ij is the angle of the point (√(D_ij·Δ), N_ij) (Jacobi's identity). All are polynomials in
 * u = 1 − t; common powers of u, which vanish at the end where the covariance is singular, are taken out exactly, and
 * u = s² makes the integrand analytic on the whole of [0, 1].
 */
function ofFour(original: Covariance, budget: Budget): Measured {
  const v = balanced(original);
  const t = polynomial([1n, -1n]);
  const entry = (i: number, j: number): Polynomial =>
    i === j ? constantPolynomial(v[i]![i]!) : scaled(t, v[i]![j]!);
  const determinant = stripped(determinantOf([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => entry(i, j)))));
  const terms = [0, 1, 2, 3].flatMap((i) =>
    [0, 1, 2, 3].slice(i + 1).flatMap((j) => {
      if (v[i]![j]!.n === 0n) return [];
      const [k, l] = [0, 1, 2, 3].filter((n) => n !== i && n !== j) as [number, number];
      const minor = determinantOf([i, j, k].map((a) => [i, j, l].map((b) => entry(a, b))));
      const block = determinantOf([i, j].map((a) => [i, j].map((b) => entry(a, b))));
      return [{ weight: v[i]![j]!, block, minor: stripped(minor) }];
    }),
  );
  const integrand = (s: Jet): Jet => {
    const order = s.length - 1;
    const u = multiplyJets(s, s);
    const delta = evaluated(determinant.rest, u);
    let sum = constantJet([0, 0], order);
    for (const { weight, block, minor } of terms) {
      const d = evaluated(block, u);
      const common = Math.min(2 * minor.power, determinant.power);
      const y = multiplyJets(powerJet(s, 2 * minor.power - common), evaluated(minor.rest, u));
      const x = multiplyJets(powerJet(s, determinant.power - common), sqrtJet(multiplyJets(d, delta)));
      const theta = isZeroPolynomial(minor.rest) ? constantJet([0, 0], order) : angleJet(y, x);
      const chance = addJets(constantJet([0.25, 0.25], order), scaleJet(theta, OVER_TWO_PI));
      const density = scaleJet(
        divideJets(chance, sqrtJet(d)),
        multiplyIntervals(enclosed(weight), OVER_TWO_PI),
      );
      sum = addJets(sum, density);
    }
    return scaleJet(multiplyJets(sum, s), [2, 2]);
  };
  const integral = enclosedIntegral(integrand, QUADRATURE, () => {
    spend(budget, PART_COST, 'an integral over a cone of normal values');
  });
  if (integral === undefined)
    throw new ExactRefusal('a cone of normal values that is too nearly degenerate for its integral');
  const middle = (integral[0] + integral[1]) / 2;
  return { value: 1 / 16 + middle, error: (integral[1] - integral[0]) / 2 + ROUNDING };
}

const OVER_TWO_PI: Interval = around(1 / (2 * Math.PI), 2 ** -53);

function enclosed(value: Ratio): Interval {
  const near = approximate(value);
  return around(near, Math.abs(near) * 2 ** -53);
}

/** The same variables times powers of 2 that bring their variances near 1. */
function balanced(v: Covariance): Covariance {
  const factors = v.map((row, i) => {
    let size = approximate(row[i]!);
    let factor = ONE_RATIO;
    for (; size >= 4; size /= 4) factor = multiply(factor, ratio(1n, 2n));
    for (; size < 1; size *= 4) factor = multiply(factor, ratio(2n));
    return factor;
  });
  return v.map((row, i) => row.map((value, j) => multiply(value, multiply(factors[i]!, factors[j]!))));
}

function scaled(p: Polynomial, factor: Ratio): Polynomial {
  return combinePolynomials([p], [factor]);
}

/** By expansion along the first row. */
function determinantOf(matrix: readonly (readonly Polynomial[])[]): Polynomial {
  if (matrix.length === 0) return ONE_POLYNOMIAL;
  const [first, ...rest] = matrix;
  return combinePolynomials(
    first!.map((entry, j) =>
      multiplyPolynomials(entry, determinantOf(rest.map((row) => row.toSpliced(j, 1)))),
    ),
    first!.map((_, j) => (j % 2 === 0 ? ONE_RATIO : negate(ONE_RATIO))),
  );
}

/** p = u^power·rest, rest not 0 at 0 unless p is 0. */
function stripped(p: Polynomial): { power: number; rest: Polynomial } {
  const power = Math.max(
    0,
    p.coefficients.findIndex((c) => c !== 0n),
  );
  return { power, rest: polynomial(p.coefficients.slice(power), p.denominator) };
}

function evaluated(p: Polynomial, u: Jet): Jet {
  const order = u.length - 1;
  return p.coefficients.reduceRight(
    (sum, c) => addJets(multiplyJets(sum, u), constantJet(enclosed(ratio(c, p.denominator)), order)),
    constantJet([0, 0], order),
  );
}

function powerJet(s: Jet, exponent: number): Jet {
  let result = constantJet([1, 1], s.length - 1);
  for (let k = 0; k < exponent; k++) result = multiplyJets(result, s);
  return result;
}
