import { factorial, gcd } from '../../number/integer.js';
import type { Polynomial } from '../../number/polynomial.js';
import { multiply, ratio } from '../../number/ratio.js';
import { type Budget, ExactRefusal } from '../budget.js';
import { type Affine, overIntegers, usedCoordinates } from './affine.js';
import { type Halfspace, MAX_DIMENSION } from './clipped-cube.js';
import { integrateRegion, type LinearFunction, type RegionIntegrals } from './face-integrals.js';
import { integrateDensity } from './face-moments.js';

/**
 * Volume, integral and (if asked for) law of a function over the part of the unit cube where all conditions are positive.
 * Coordinates that nothing depends on are left out: they change none of the three.
 *
 * @throws {ExactRefusal} too many coordinates, or more work than the budget allows
 */
export function regionIntegrals(
  value: Affine,
  conditions: readonly Affine[],
  wantLaw: boolean,
  budget: Budget,
): RegionIntegrals {
  const { f, cuts } = halfspacesOf(value, conditions);
  return integrateRegion(f.coefficients.length, cuts, f, wantLaw, budget);
}

/**
 * P(all conditions positive), and the mean of a function there, for independent coordinates of law exponential(1) and
 * functions without a constant. Such coordinates are a variable of law Γ(d) times an independent point of the simplex Σ u = 1,
 * where d of them are used, and conditions hold on whole rays; so with S = {u ≥ 0, Σ u ≤ 1} and C the cone of the conditions
 * P = d!·vol(S ∩ C) and the mean is (d+1)!·∫ f over S ∩ C.
 *
 * @throws {ExactRefusal} too many coordinates, constants, or more work than the budget allows
 */
export function exponentialRegion(
  value: Affine,
  conditions: readonly Affine[],
  budget: Budget,
): RegionIntegrals {
  if ([value, ...conditions].some(({ constant }) => constant.n !== 0n))
    throw new ExactRefusal(
      'exponential rewards beside constants give exponentials of fractions, not fractions',
    );
  const { f, cuts } = halfspacesOf(value, conditions);
  const d = f.coefficients.length;
  const simplex = { normal: new Array<bigint>(d).fill(-1n), offset: 1n };
  const { volume, integral } = integrateRegion(d, cuts, f, false, budget, [simplex]);
  return {
    volume: multiply(volume, ratio(factorial(d))),
    integral: multiply(integral, ratio(factorial(d + 1))),
  };
}

/** The same for independent coordinates on [0, 1] with polynomial densities. @throws {ExactRefusal} as above */
export function densityRegion(
  densities: readonly Polynomial[],
  value: Affine,
  conditions: readonly Affine[],
  budget: Budget,
): RegionIntegrals {
  const used = usedCoordinates([value, ...conditions]);
  const { f, cuts } = halfspacesOf(value, conditions);
  return integrateDensity(
    used.map((j) => densities[j]!),
    cuts,
    f,
    budget,
  );
}

function halfspacesOf(
  value: Affine,
  conditions: readonly Affine[],
): { f: LinearFunction; cuts: readonly Halfspace[] } {
  const [f, ...cuts] = overIntegers([value, ...conditions]);
  const dimension = f!.coefficients.length;
  if (dimension > MAX_DIMENSION)
    throw new ExactRefusal(
      `${conditions.length + 1} visit distributions share ${dimension} rewards, which would take about ` +
        `${workOf(conditions.length + 1, dimension).toExponential(0)} operations; polytopes are limited to ${MAX_DIMENSION} dimensions`,
    );
  return { f: f!, cuts: cuts.map(primitive) };
}

/** One polytope a function, each with about as many faces as the cube, 3^d, at some operations a dimension. */
function workOf(functions: number, dimension: number): number {
  return functions * 3 ** dimension * 10 * dimension;
}

/** The half-space on which the function is not negative, in small integers. */
function primitive({ coefficients, constant }: LinearFunction): Halfspace {
  const common = coefficients.reduce(gcd, constant);
  if (common <= 1n) return { normal: coefficients, offset: constant };
  return { normal: coefficients.map((c) => c / common), offset: constant / common };
}
