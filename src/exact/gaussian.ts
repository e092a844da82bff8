import { angle } from '../number/angle.js';
import { normalCdf, normalDensity } from '../number/normal-law.js';
import { add, approximate, equals, multiply, type Ratio, subtract, ZERO_RATIO } from '../number/ratio.js';
import { type Affine, commonestPart, independentGroups, subtractAffine } from './affine.js';
import { ExactRefusal } from './budget.js';

/** A number and a bound on |value − truth|. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** E of the greatest of some jointly normal variables, and the probability of each to be it. */
export interface GaussianValues {
  readonly mean: Measured;
  /** aligned with the variables; a refusal's reason where there is no method */
  readonly wins: readonly Measured[] | string;
}

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Closed forms: few rounded operations each, so this many units of rounding per term is ample. */
const ROUNDING = 64 * 2 ** -53;

/**
 * For X_i = constant_i + coefficients_i·Z with independent standard normal Z, distinct X_i:
 *
 * - two of any means: E max = μ_2 + δΦ(δ/θ) + θφ(δ/θ), θ² the variance and δ the mean of X_1 − X_2 (Clark 1961);
 * - up to five of one mean: E max = μ + Σ_{i<j} θ_ij/√(2π)·P(X_i ≥ X_k for all k | X_i = X_j), by Stein's identity, and the
 *   orthant probabilities 1/2, 1/4 + asin ρ/2π, 1/8 + Σ asin ρ/4π of one, two, three centred variables (Plackett 1954);
 *   probabilities of up to four in the same way;
 * - any number of independent ones: one-dimensional integrals by the trapezoidal rule, exponentially accurate here.
 *
 * @throws {ExactRefusal} none of these
 */
export function greatestOfGaussians(all: readonly Affine[]): GaussianValues {
  const base = commonestPart(all);
  const functions = all.map((f) => subtractAffine(f, base));
  const [first] = functions;
  const values = methodFor(functions)(functions);
  return { ...values, mean: { ...values.mean, value: values.mean.value + approximate(base.constant) } };

  function methodFor(fs: readonly Affine[]): (functions: readonly Affine[]) => GaussianValues {
    if (fs.length === 1) return ([f]) => ({ mean: exactly(f!.constant), wins: [{ value: 1, error: 0 }] });
    if (fs.length === 2) return greaterOfTwo;
    if (fs.length <= 5 && fs.every((f) => equals(f.constant, first!.constant))) return centred;
    if (independentGroups(fs).length === fs.length) return independent;
    throw new ExactRefusal(
      `${fs.length} visit distributions of dependent normal values: closed forms end at 5 of one mean`,
    );
  }
}

function exactly(value: Ratio): Measured {
  return { value: approximate(value), error: Math.abs(approximate(value)) * 2 ** -53 };
}

function greaterOfTwo(functions: readonly Affine[]): GaussianValues {
  const [a, b] = functions;
  const difference = subtractAffine(a!, b!);
  const theta = Math.sqrt(approximate(product(difference, difference)));
  const delta = approximate(difference.constant);
  const z = delta / theta;
  const base = approximate(b!.constant);
  const value = base + delta * normalCdf(z) + theta * normalDensity(z);
  const error = ROUNDING * (Math.abs(base) + Math.abs(delta) + theta);
  const half = delta === 0;
  const win = (at: number): Measured =>
    half ? { value: 0.5, error: 0 } : { value: normalCdf(at), error: ROUNDING };
  return { mean: { value, error }, wins: [win(z), win(-z)] };
}

function centred(functions: readonly Affine[]): GaussianValues {
  let value = 0;
  let size = 0;
  functions.forEach((f, i) => {
    functions.slice(i + 1).forEach((g, offset) => {
      const j = i + 1 + offset;
      const edge = subtractAffine(f, g);
      const others = functions
        .filter((_, k) => k !== i && k !== j)
        .map((h) => projected(subtractAffine(f, h), edge));
      const theta = Math.sqrt(approximate(product(edge, edge)));
      value += (theta / SQRT_TWO_PI) * orthant(others);
      size += theta;
    });
  });
  const base = approximate(functions[0]!.constant);
  const wins =
    functions.length > 4
      ? 'the probabilities of five normal values have no closed form'
      : functions.map((f, i) => {
          const edges = functions.filter((_, k) => k !== i).map((g) => subtractAffine(f, g));
          return { value: orthant(edges), error: ROUNDING };
        });
  return { mean: { value: base + value, error: ROUNDING * (size + Math.abs(base)) }, wins };
}

/** P(all of up to three centred normal variables are positive). */
function orthant(variables: readonly Affine[]): number {
  const [a, b, c] = variables;
  if (a === undefined) return 1;
  if (b === undefined) return 1 / 2;
  if (c === undefined) return 1 / 4 + arcsine(a, b) / (2 * Math.PI);
  return 1 / 8 + (arcsine(a, b) + arcsine(a, c) + arcsine(b, c)) / (4 * Math.PI);
}

/** asin of the correlation, from exact products, so that correlations near ±1 lose nothing. */
function arcsine(a: Affine, b: Affine): number {
  const ab = product(a, b);
  const sizes = multiply(product(a, a), product(b, b));
  const rest = subtract(sizes, multiply(ab, ab));
  return angle(approximate(ab), Math.sqrt(approximate(rest)));
}

/** The covariance: the scalar product of the coefficients. */
function product(a: Affine, b: Affine): Ratio {
  return a.coefficients.reduce((sum, x, j) => add(sum, multiply(x, b.coefficients[j]!)), ZERO_RATIO);
}

/** a·|edge|² minus its part along the edge: a given edge = 0, up to a positive factor. */
function projected(a: Affine, edge: Affine): Affine {
  const along = product(a, edge);
  const size = product(edge, edge);
  return {
    coefficients: a.coefficients.map((x, j) =>
      subtract(multiply(x, size), multiply(edge.coefficients[j]!, along)),
    ),
    constant: ZERO_RATIO,
  };
}

/** Beyond this many standard deviations densities are below 1e-35. */
const REACH = 12.5;
const MOST_POINTS = 200_000;

function independent(functions: readonly Affine[]): GaussianValues {
  const means = functions.map((f) => approximate(f.constant));
  const deviations = functions.map((f) => Math.sqrt(approximate(product(f, f))));
  const fixed = deviations.indexOf(0);
  const spread = deviations.filter((sd) => sd > 0);
  const widest = Math.max(...spread);
  const low = Math.min(...means) - REACH * widest;
  const high = Math.max(...means) + REACH * widest;
  const step = Math.min(...spread) / 6;
  const points = Math.ceil((high - low) / step);
  if (points > MOST_POINTS)
    throw new ExactRefusal('normal values of very different spread: the integral would need too many points');
  if (fixed >= 0) throw new ExactRefusal('a constant beside normal values');
  const wins = means.map(() => 0);
  let mean = 0;
  for (let n = 0; n <= points; n++) {
    const x = low + n * step;
    const below = means.map((mu, i) => normalCdf((x - mu) / deviations[i]!));
    means.forEach((mu, i) => {
      const density = normalDensity((x - mu) / deviations[i]!) / deviations[i]!;
      const share = below.reduce((p, chance, k) => (k === i ? p : p * chance), density) * step;
      wins[i]! += share;
      mean += x * share;
    });
  }
  // Trapezoidal rule: 2·exp(−2π²σ²/h²) with h = σ/6 is far below rounding, which is a few units for each of the factors.
  const rounding = ROUNDING * functions.length;
  const size = Math.max(...means.map(Math.abs)) + widest;
  return {
    mean: { value: mean, error: 4 * rounding * size },
    wins: wins.map((value) => ({ value, error: rounding })),
  };
}
