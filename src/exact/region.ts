import { gcd } from '../number/integer.js';
import { type Affine, overIntegers } from './affine.js';
import { type Budget, ExactRefusal } from './budget.js';
import { type Halfspace, MAX_DIMENSION } from './clipped-cube.js';
import { integrateRegion, type LinearFunction, type RegionIntegrals } from './face-integrals.js';

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
  const [f, ...cuts] = overIntegers([value, ...conditions]);
  const dimension = f!.coefficients.length;
  if (dimension > MAX_DIMENSION)
    throw new ExactRefusal(
      `${conditions.length + 1} visit distributions share ${dimension} rewards, which would take about ` +
        `${workOf(conditions.length + 1, dimension).toExponential(0)} operations; polytopes are limited to ${MAX_DIMENSION} dimensions`,
    );
  return integrateRegion(dimension, cuts.map(primitive), f!, wantLaw, budget);
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
