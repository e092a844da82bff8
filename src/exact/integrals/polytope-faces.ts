import { magnitude } from '../../number/integer.js';
import { type Ratio, ratio } from '../../number/ratio.js';
import { bitCount, type ClippedCube, type Halfspace, slack, type Vertex } from './clipped-cube.js';

/** A polytope whose faces are wanted, in d dimensions. */
export interface FacedPolytope extends ClippedCube {
  readonly dimension: number;
}

/**
 * A face's affine hull as the graph over some of its coordinates: u = base + rows·(u_chart)/denominator. The chart is the
 * lexicographically first set of independent coordinates, so a facet's chart is the face's with one coordinate less,
 * whatever face it is reached from, and volumes (always measured in the chart) can be shared.
 */
export interface Chart {
  readonly coordinates: readonly number[];
  readonly rows: readonly (readonly bigint[])[];
  readonly denominator: bigint;
}

/** The chart of the whole space. */
export function wholeChart(dimension: number): Chart {
  const coordinates = Array.from({ length: dimension }, (_, j) => j);
  return {
    coordinates,
    rows: coordinates.map((r) => coordinates.map((j) => (r === j ? 1n : 0n))),
    denominator: 1n,
  };
}

/** The polytope itself as a face: all vertices, as indices. */
export function allOf(vertices: readonly Vertex[]): number[] {
  return vertices.map((_, i) => i);
}

/** The constraints that hold with equality on all of the face: its name. */
export function activeOn(p: FacedPolytope, face: readonly number[]): { walls: number; cuts: number } {
  let walls = -1;
  let cuts = -1;
  for (const i of face) {
    walls &= p.vertices[i]!.walls;
    cuts &= p.vertices[i]!.cuts;
  }
  return { walls, cuts };
}

/** A number for the set of active constraints. */
export function faceName(p: FacedPolytope, active: { walls: number; cuts: number }): number {
  return active.cuts * 2 ** (2 * p.dimension) + active.walls;
}

/** The vertex on most constraints: few facets do not contain it. */
export function apexOf(p: FacedPolytope, face: readonly number[]): number {
  return face.reduce((best, i) => (degree(p.vertices[i]!) > degree(p.vertices[best]!) ? i : best));
}

/** A facet without the apex of its face: its vertices, its chart, and the height of the pyramid over it, in the face's chart. */
export interface OppositeFacet {
  readonly members: readonly number[];
  readonly chart: Chart;
  readonly height: Ratio;
}

/** The facets of a face that do not contain one of its vertices. */
export function facetsOpposite(
  p: FacedPolytope,
  face: readonly number[],
  active: { walls: number; cuts: number },
  chart: Chart,
  apex: number,
): OppositeFacet[] {
  const apexVertex = p.vertices[apex]!;
  return facetsOf(p, face, active).flatMap(({ constraint, members }) => {
    if (members.includes(apex)) return [];
    const { pivot, normal, child } = narrow(chart, constraint.normal);
    const height = ratio(
      magnitude(slack(constraint, apexVertex) * chart.denominator),
      magnitude(normal[pivot]!) * apexVertex.w,
    );
    return [{ members, chart: child, height }];
  });
}

function degree(v: Vertex): number {
  return bitCount(v.walls) + bitCount(v.cuts);
}

interface Facet {
  readonly constraint: Halfspace;
  readonly members: readonly number[];
}

/** The maximal proper faces: a constraint gives one iff no constraint active on it holds on more of the face. */
function facetsOf(
  p: FacedPolytope,
  face: readonly number[],
  active: { walls: number; cuts: number },
): Facet[] {
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
