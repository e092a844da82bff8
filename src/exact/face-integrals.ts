import { factorial, magnitude } from '../number/integer.js';
import { add, multiply, ONE_RATIO, type Ratio, ratio, ZERO_RATIO } from '../number/ratio.js';
import { type Budget, spend } from './budget.js';
import { bitCount, clipCube, type Halfspace, slack, type Vertex } from './clipped-cube.js';
import type { Law } from './law.js';
import { ZERO_FUNCTION } from './piecewise.js';
import { type PoleSum, poleLaw, simplePole, sumPoles, timesPole } from './poles.js';

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
 * A face's affine hull as the graph over some of its coordinates: u = base + rows·(u_chart)/denominator. The chart is the
 * lexicographically first set of independent coordinates, so a facet's chart is the face's with one coordinate less,
 * whatever face it is reached from, and volumes (always measured in the chart) can be shared.
 */
interface Chart {
  readonly coordinates: readonly number[];
  readonly rows: readonly (readonly bigint[])[];
  readonly denominator: bigint;
}

/**
 * Exact integrals over {u in [0,1]^d : every half-space holds}. Each face is the union of the pyramids from one of its
 * vertices over its facets that do not contain the vertex (Lasserre 1983; Büeler, Enge and Fukuda 2000): with k the
 * face's dimension and h the height, k!·vol = Σ h·(k−1)!·vol(facet), and likewise for the first moment. Faces are
 * remembered by their set of active constraints, so the cost is about the number of faces, not of chains of faces.
 */
export function integrateRegion(
  dimension: number,
  halfspaces: readonly Halfspace[],
  f: LinearFunction,
  wantLaw: boolean,
  budget: Budget,
): RegionIntegrals {
  const { vertices, cuts } = clipCube(dimension, nearestFirst(halfspaces, f), budget);
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

interface Polytope {
  readonly dimension: number;
  readonly cuts: readonly Halfspace[];
  readonly vertices: readonly Vertex[];
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
function nearestFirst(halfspaces: readonly Halfspace[], f: LinearFunction): Halfspace[] {
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

function valueAtVertex(f: LinearFunction, v: Vertex): Ratio {
  return ratio(slack({ normal: f.coefficients, offset: f.constant }, v), f.denominator * v.w);
}

function allOf(vertices: readonly Vertex[]): number[] {
  return vertices.map((_, i) => i);
}

function wholeChart(dimension: number): Chart {
  const coordinates = Array.from({ length: dimension }, (_, j) => j);
  return {
    coordinates,
    rows: coordinates.map((r) => coordinates.map((j) => (r === j ? 1n : 0n))),
    denominator: 1n,
  };
}

/** The constraints that hold with equality on all of the face: its name. */
function activeOn(p: Polytope, face: readonly number[]): { walls: number; cuts: number } {
  let walls = -1;
  let cuts = -1;
  for (const i of face) {
    walls &= p.vertices[i]!.walls;
    cuts &= p.vertices[i]!.cuts;
  }
  return { walls, cuts };
}

function integrateFace(p: Polytope, face: readonly number[], chart: Chart): FaceIntegrals {
  const k = chart.coordinates.length;
  if (k === 0) {
    const value = p.values[face[0]!]!;
    return { volume: ONE_RATIO, integral: value, poles: p.wantLaw ? simplePole(value) : undefined };
  }
  const active = activeOn(p, face);
  const name = active.cuts * 2 ** (2 * p.dimension) + active.walls;
  const earlier = p.known.get(name);
  if (earlier !== undefined) return earlier;
  spend(p.budget, 10 * k + face.length / 4, 'integration over the faces of a polytope');

  const apex = face.reduce((best, i) => (degree(p.vertices[i]!) > degree(p.vertices[best]!) ? i : best));
  const apexVertex = p.vertices[apex]!;
  const apexValue = p.values[apex]!;
  let volume = ZERO_RATIO;
  let integral = ZERO_RATIO;
  const weighted: { factor: Ratio; poles: PoleSum }[] = [];
  for (const { constraint, members } of facetsOf(p, face, active)) {
    if (members.includes(apex)) continue;
    const { pivot, normal, child } = narrow(chart, constraint.normal);
    const height = ratio(
      magnitude(slack(constraint, apexVertex) * chart.denominator),
      magnitude(normal[pivot]!) * apexVertex.w,
    );
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

function degree(v: Vertex): number {
  return bitCount(v.walls) + bitCount(v.cuts);
}

interface Facet {
  readonly constraint: Halfspace;
  readonly members: readonly number[];
}

/** The maximal proper faces: a constraint gives one iff no constraint active on it holds on more of the face. */
function facetsOf(p: Polytope, face: readonly number[], active: { walls: number; cuts: number }): Facet[] {
  const candidates: (Facet & { walls: number; cuts: number; bit: number; isCut: boolean })[] = [];
  const consider = (bit: number, isCut: boolean, constraint: () => Halfspace): void => {
    const members = face.filter((i) => ((isCut ? p.vertices[i]!.cuts : p.vertices[i]!.walls) & bit) !== 0);
    if (members.length === 0) return;
    candidates.push({ ...activeOn(p, members), members, bit, isCut, constraint: constraint() });
  };
  for (let b = 0; b < 2 * p.dimension; b++)
    if ((active.walls & (1 << b)) === 0) consider(1 << b, false, () => wall(p.dimension, b));
  p.cuts.forEach((halfspace, k) => {
    if ((active.cuts & (1 << k)) === 0) consider(1 << k, true, () => halfspace);
  });
  const taken = new Set<string>();
  return candidates.filter((one) => {
    const name = `${one.walls},${one.cuts}`;
    if (taken.has(name)) return false;
    taken.add(name);
    return !candidates.some((other) => {
      const contains = ((other.isCut ? one.cuts : one.walls) & other.bit) !== 0;
      return contains && other.members.length > one.members.length;
    });
  });
}

/** u_j ≥ 0 for bit j, 1 − u_j ≥ 0 for bit d + j. */
function wall(dimension: number, bit: number): Halfspace {
  const upper = bit >= dimension;
  const normal = new Array<bigint>(dimension).fill(0n);
  normal[upper ? bit - dimension : bit] = upper ? -1n : 1n;
  return { normal, offset: upper ? 1n : 0n };
}

/**
 * The chart of the facet on which normal·u is constant. The last chart coordinate with a nonzero entry of the normal is
 * eliminated; divisions are exact, as in Bareiss' fraction-free elimination (1968).
 */
function narrow(
  chart: Chart,
  constraintNormal: readonly bigint[],
): { pivot: number; normal: bigint[]; child: Chart } {
  const normal = chart.coordinates.map((_, j) => {
    let sum = 0n;
    for (let r = 0; r < constraintNormal.length; r++) {
      const a = constraintNormal[r]!;
      if (a !== 0n) sum += a * chart.rows[r]![j]!;
    }
    return sum;
  });
  let pivot = normal.length - 1;
  while (normal[pivot] === 0n) pivot--;
  const p = normal[pivot]!;
  const rows = chart.rows.map((row) =>
    row.flatMap((b, j) => (j === pivot ? [] : [(b * p - row[pivot]! * normal[j]!) / chart.denominator])),
  );
  const child: Chart = { coordinates: chart.coordinates.toSpliced(pivot, 1), rows, denominator: p };
  return { pivot, normal, child };
}
