import type { Polynomial } from '../../number/polynomial.js';
import { add, divide, multiply, ONE_RATIO, type Ratio, ratio, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';
import { clipCube, type Halfspace } from './clipped-cube.js';
import { type LinearFunction, nearestFirst, type RegionIntegrals, valueAtVertex } from './face-integrals.js';
import {
  activeOn,
  allOf,
  apexOf,
  type Chart,
  type FacedPolytope,
  faceName,
  facetsOpposite,
  wholeChart,
} from './polytope-faces.js';

/** Monomials u^α with α_j at most the degree of density j, so ordered that u^α/u_j comes before u^α. */
interface Monomials {
  readonly exponents: readonly (readonly number[])[];
  /** before[m][j]: the index of u^α/u_j; not used where α_j = 0 */
  readonly before: readonly (readonly number[])[];
}

/** The integrals of all monomials over a face in its chart, and of their products with the linear function. */
interface FaceMoments {
  readonly plain: readonly Ratio[];
  readonly timesValue: readonly Ratio[];
}

interface Problem extends FacedPolytope {
  readonly monomials: Monomials;
  /** of the linear function, at the vertices */
  readonly values: readonly Ratio[];
  readonly known: Map<number, FaceMoments>;
  readonly budget: Budget;
}

/** More monomials than this are left to sampling: each has two integrals on every face. */
const MOST_MONOMIALS = 20_000;

/**
 * The probability that every half-space holds, and the mean of a linear function f there, for independent coordinates with
 * polynomial densities on [0, 1]. With v a vertex of a face of dimension k and h the heights of v over its facets, the
 * divergence theorem for (u − v)·u^α and (u − v)·u^α·f gives
 *
 *     (k + |α|)·∫ u^α       = Σ_facets h·∫ u^α   + Σ_j v_j·α_j·∫ u^α/u_j,
 *     (k + |α| + 1)·∫ u^α·f = Σ_facets h·∫ u^α·f + f(v)·∫ u^α + Σ_j v_j·α_j·∫ u^α·f/u_j
 *
 * on the face: Lasserre's recursion (1998) for polynomials, started in vertices.
 *
 * @throws {ExactRefusal} more work than the budget allows
 */
export function integrateDensity(
  densities: readonly Polynomial[],
  halfspaces: readonly Halfspace[],
  f: LinearFunction,
  budget: Budget,
): RegionIntegrals {
  const dimension = densities.length;
  const monomials = monomialsOf(densities.map(({ coefficients }) => coefficients.length - 1));
  const clipped = clipCube(dimension, nearestFirst(halfspaces, f), budget);
  if (clipped.vertices.length === 0) return { volume: ZERO_RATIO, integral: ZERO_RATIO };
  const problem: Problem = {
    ...clipped,
    dimension,
    monomials,
    values: clipped.vertices.map((v) => valueAtVertex(f, v)),
    known: new Map(),
    budget,
  };
  const { plain, timesValue } = momentsOf(problem, allOf(clipped.vertices), wholeChart(dimension));
  let volume = ZERO_RATIO;
  let integral = ZERO_RATIO;
  monomials.exponents.forEach((alpha, m) => {
    const weight = alpha.reduce((product, power, j) => {
      const { coefficients, denominator } = densities[j]!;
      return multiply(product, ratio(coefficients[power]!, denominator));
    }, ONE_RATIO);
    volume = add(volume, multiply(weight, plain[m]!));
    integral = add(integral, multiply(weight, timesValue[m]!));
  });
  return { volume, integral };
}

function monomialsOf(degrees: readonly number[]): Monomials {
  const strides: number[] = [];
  let count = 1;
  for (const degree of degrees) {
    strides.push(count);
    count *= degree + 1;
  }
  if (count > MOST_MONOMIALS)
    throw new ExactRefusal(
      `densities whose product has ${count} monomials, each to be integrated over every face of polytopes in ` +
        `${degrees.length} dimensions (limit ${MOST_MONOMIALS})`,
    );
  const exponents = Array.from({ length: count }, (_, m) =>
    degrees.map((degree, j) => Math.floor(m / strides[j]!) % (degree + 1)),
  );
  return { exponents, before: exponents.map((_, m) => strides.map((stride) => m - stride)) };
}

function momentsOf(p: Problem, face: readonly number[], chart: Chart): FaceMoments {
  const { exponents, before } = p.monomials;
  const k = chart.coordinates.length;
  const apex = k === 0 ? face[0]! : apexOf(p, face);
  const active = activeOn(p, face);
  const name = faceName(p, active);
  const earlier = p.known.get(name);
  if (earlier !== undefined) return earlier;
  spend(
    p.budget,
    10 * k + face.length / 4 + 2 * exponents.length * (1 + k),
    'integration of densities over faces',
  );
  const vertex = p.vertices[apex]!;
  const at = vertex.x.map((x) => ratio(x, vertex.w));
  const value = p.values[apex]!;
  const facets = (k === 0 ? [] : facetsOpposite(p, face, active, chart, apex)).map((facet) => ({
    height: facet.height,
    moments: momentsOf(p, facet.members, facet.chart),
  }));
  const plain: Ratio[] = [];
  const timesValue: Ratio[] = [];
  exponents.forEach((alpha, m) => {
    const sums = [plain, timesValue].map((known, which) => {
      const field = which === 0 ? 'plain' : 'timesValue';
      let sum = ZERO_RATIO;
      for (const { height, moments } of facets) sum = add(sum, multiply(height, moments[field][m]!));
      alpha.forEach((power, j) => {
        if (power > 0 && at[j]!.n !== 0n)
          sum = add(sum, multiply(multiply(at[j]!, ratio(BigInt(power))), known[before[m]![j]!]!));
      });
      return sum;
    });
    const total = BigInt(k + alpha.reduce((sum, power) => sum + power, 0));
    // In a vertex the integral is the value there; the recursion gives it for all monomials but 1.
    plain.push(total === 0n ? ONE_RATIO : divide(sums[0]!, ratio(total)));
    timesValue.push(divide(add(sums[1]!, multiply(value, plain[m]!)), ratio(total + 1n)));
  });
  const moments = { plain, timesValue };
  p.known.set(name, moments);
  return moments;
}
