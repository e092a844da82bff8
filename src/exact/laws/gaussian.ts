import { lcm } from '../../number/integer.js';
import { normalCdf, normalDensity } from '../../number/normal-law.js';
import { add, approximate, equals, multiply, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal } from '../budget.js';
import { type Affine, commonestPart, independentGroups, subtractAffine } from '../integrals/affine.js';
import { inCone } from '../policies/simplex.js';
import { type Covariance, type KnownOrthants, type Measured, orthant } from './orthant.js';

/**
 * E of the greatest of some jointly normal variables, and the probability of each to be it, aligned with them. Each throws
 * ExactRefusal where there is no method.
 */
export interface GaussianValues {
  readonly mean: () => Measured;
  readonly wins: () => readonly Measured[];
}

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Closed forms: few rounded operations each, so this many units of rounding per term is ample. */
const ROUNDING = 64 * 2 ** -53;

/**
 * For X_i = constant_i + coefficients_i·Z with independent standard normal Z, distinct X_i:
 *
 * - two of any means: E max = μ_2 + δΦ(δ/θ) + θφ(δ/θ), θ² the variance and δ the mean of X_1 − X_2 (Clark 1961);
 * - of one mean: E max = μ + Σ_{i<j} θ_ij/√(2π)·P(X_i ≥ X_k for all k | X_i = X_j), by Stein's identity, and probabilities, by
 *   the normal measure of cones of up to five facets (orthant.ts): all for up to six variables, E for seven, and for more
 *   where few of them can be next to the greatest;
 * - any number of independent ones: one-dimensional integrals by the trapezoidal rule, exponentially accurate here.
 *
 * @throws {ExactRefusal} none of these, or too much work
 */
export function greatestOfGaussians(all: readonly Affine[], budget: Budget): GaussianValues {
  const base = commonestPart(all);
  const functions = all.map((f) => subtractAffine(f, base));
  const [first] = functions;
  if (functions.length === 1)
    return { mean: () => exactly(first!.constant), wins: () => [{ value: 1, error: 0 }] };
  if (functions.length === 2) return greaterOfTwo(functions);
  const haveOneMean = functions.every((f) => equals(f.constant, first!.constant));
  const areIndependent = independentGroups(functions).length === functions.length;
  if (haveOneMean && (functions.length <= 5 || !areIndependent)) return centred(functions, budget);
  if (areIndependent) return independent(functions);
  throw new ExactRefusal(
    `${functions.length} visit distributions of dependent normal values of different means; one mean, two or independent ones have a method`,
  );
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
  return { mean: () => ({ value, error }), wins: () => [win(z), win(-z)] };
}

function centred(functions: readonly Affine[], budget: Budget): GaussianValues {
  const known: KnownOrthants = new Map();
  const cone = (edges: readonly Affine[]): Measured => orthant(covariance(edges), budget, known);
  // The edges of the cone on which i is the greatest: to the ones that can be next to it.
  const neighbours = functions.map((f, i) => {
    const others = functions.flatMap((_, k) => (k === i ? [] : [k]));
    const edges = others.map((k) => subtractAffine(f, functions[k]!));
    return facets(edges, budget).map((at) => others[at]!);
  });
  const wins = (): Measured[] =>
    functions.map((f, i) => cone(neighbours[i]!.map((k) => subtractAffine(f, functions[k]!))));
  const mean = (): Measured => {
    let value = approximate(functions[0]!.constant);
    let error = ROUNDING * Math.abs(value);
    functions.forEach((f, i) => {
      for (const j of neighbours[i]!) {
        if (j < i) continue;
        const edge = subtractAffine(f, functions[j]!);
        const others = neighbours[i]!.filter((k) => k !== j).map((k) =>
          projected(subtractAffine(f, functions[k]!), edge),
        );
        const chance = cone(facets(others, budget).map((at) => others[at]!));
        const theta = Math.sqrt(approximate(product(edge, edge)));
        value += (theta / SQRT_TWO_PI) * chance.value;
        error += theta * (chance.error + ROUNDING);
      }
    });
    return { value, error };
  };
  return { mean, wins };
}

/** The indices of edges a·Z ≥ 0 none of which follows from the others: a is not in their cone. */
function facets(edges: readonly Affine[], budget: Budget): number[] {
  const columns = edges.map(({ coefficients }) => {
    const denominator = lcm(coefficients.map(({ d }) => d));
    return coefficients.map(({ n, d }) => n * (denominator / d));
  });
  let kept = edges.map((_, k) => k);
  for (let k = 0; k < edges.length; k++) {
    const others = kept.filter((other) => other !== k);
    const follows = inCone(
      columns[k]!,
      others.map((other) => columns[other]!),
      budget,
    );
    if (follows) kept = others;
  }
  return kept;
}

function covariance(variables: readonly Affine[]): Covariance {
  return variables.map((a) => variables.map((b) => product(a, b)));
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
    mean: () => ({ value: mean, error: 4 * rounding * size }),
    wins: () => wins.map((value) => ({ value, error: rounding })),
  };
}
