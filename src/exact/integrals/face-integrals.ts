import { factorial } from '../../number/integer.js';
import { add, multiply, ONE_RATIO, type Ratio, ratio, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';
import type { Law } from '../laws/law.js';
import { ZERO_FUNCTION } from '../laws/piecewise.js';
import { type PoleSum, poleLaw, simplePole, sumPoles, timesPole } from '../laws/poles.js';
import { clipCube, type Halfspace, slack, type Vertex } from './clipped-cube.js';
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

/** A linear function value(u) = (Σ_j coefficients[j]·u_j + constant)/denominator on the unit cube. */
export interface LinearFunction {
  readonly coefficients: readonly bigint[];
  readonly constant: bigint;
  readonly denominator: bigint;
}

/** Volume of a polytope, integral of a linear function over it, and (if asked for) the function's law on it. */
export interface RegionIntegrals {
  readonly volume: Ratio;
  readonly integral: Ratio;
  /** the law of the linear function under Lebesgue measure on the region: total mass = volume */
  readonly law?: Law;
}

/** The integrals of one face in its chart, with the factorials left out: k!·volume, (k+1)!·integral, and the pole sum. */
interface FaceIntegrals {
  readonly volume: Ratio;
  readonly integral: Ratio;
  readonly poles: PoleSum | undefined;
}

/**
 * Exact integrals over {u in [0,1]^d : every half-space holds}. Each face is the union of the pyramids from one of its
 * vertices over its facets that do not contain the vertex (Lasserre 1983; Büeler, Enge and Fukuda 2000): with k the
 * face's dimension and h the height, k!·vol = Σ h·(k−1)!·vol(facet), and likewise for the first moment. Faces are
 * remembered by their set of active constraints, so the cost is about the number of faces, not of chains of faces.
 *
 * @param bounds more half-spaces, that are cut along first
 */
export function integrateRegion(
  dimension: number,
  halfspaces: readonly Halfspace[],
  f: LinearFunction,
  wantLaw: boolean,
  budget: Budget,
  bounds: readonly Halfspace[] = [],
): RegionIntegrals {
  const { vertices, cuts } = clipCube(dimension, [...bounds, ...nearestFirst(halfspaces, f)], budget);
  if (vertices.length === 0) {
    const nothing = { volume: ZERO_RATIO, integral: ZERO_RATIO };
    return wantLaw ? { ...nothing, law: ZERO_FUNCTION } : nothing;
  }
  const values = vertices.map((v) => valueAtVertex(f, v));
  const known = new Map<number, FaceIntegrals>();
  const chart = wholeChart(dimension);
  const whole = integrateFace(
    { dimension, cuts, vertices, values, known, wantLaw, budget },
    allOf(vertices),
    chart,
  );
  const volume = multiply(whole.volume, ratio(1n, factorial(dimension)));
  const integral = multiply(whole.integral, ratio(1n, factorial(dimension + 1)));
  return wantLaw ? { volume, integral, law: poleLaw(whole.poles!, dimension) } : { volume, integral };
}

interface Polytope extends FacedPolytope {
  /** of the linear function, at the vertices */
  readonly values: readonly Ratio[];
  readonly known: Map<number, FaceIntegrals>;
  readonly wantLaw: boolean;
  readonly budget: Budget;
}

/**
 * In the order of their distance from a point in which f is likely to be great, u in proportion to its coefficients: near
 * half-spaces tend to be facets, and later ones that cut nothing off cost little.
 */
export function nearestFirst(halfspaces: readonly Halfspace[], f: LinearFunction): Halfspace[] {
  const towards = f.coefficients.map(Number);
  const size = Math.max(1e-300, ...towards.map(Math.abs));
  const distance = ({ normal, offset }: Halfspace): number => {
    const weights = normal.map(Number);
    const value = weights.reduce((sum, a, j) => sum + (a * towards[j]!) / size, Number(offset));
    return value / Math.sqrt(weights.reduce((sum, a) => sum + a * a, 0));
  };
  const keyed = halfspaces.map((halfspace) => ({ halfspace, at: distance(halfspace) }));
  return keyed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ halfspace }) => halfspace);
}

export function valueAtVertex(f: LinearFunction, v: Vertex): Ratio {
  return ratio(slack({ normal: f.coefficients, offset: f.constant }, v), f.denominator * v.w);
}

function integrateFace(p: Polytope, face: readonly number[], chart: Chart): FaceIntegrals {
  const k = chart.coordinates.length;
  if (k === 0) {
    const value = p.values[face[0]!]!;
    return { volume: ONE_RATIO, integral: value, poles: p.wantLaw ? simplePole(value) : undefined };
  }
  const active = activeOn(p, face);
  const name = faceName(p, active);
  const earlier = p.known.get(name);
  if (earlier !== undefined) return earlier;
  spend(p.budget, 10 * k + face.length / 4, 'integration over the faces of a polytope');

  const apex = apexOf(p, face);
  const apexValue = p.values[apex]!;
  let volume = ZERO_RATIO;
  let integral = ZERO_RATIO;
  const weighted: { factor: Ratio; poles: PoleSum }[] = [];
  for (const { members, chart: child, height } of facetsOpposite(p, face, active, chart, apex)) {
    const facet = integrateFace(p, members, child);
    volume = add(volume, multiply(height, facet.volume));
    integral = add(integral, multiply(height, facet.integral));
    if (facet.poles !== undefined) weighted.push({ factor: height, poles: facet.poles });
  }
  if (p.wantLaw) {
    const terms = weighted.reduce((sum, { poles }) => sum + poles.size, 0);
    spend(p.budget, 2 * terms, 'the law of a value on a polytope');
  }
  const result: FaceIntegrals = {
    volume,
    integral: add(integral, multiply(apexValue, volume)),
    poles: p.wantLaw ? timesPole(sumPoles(weighted), apexValue) : undefined,
  };
  p.known.set(name, result);
  return result;
}
