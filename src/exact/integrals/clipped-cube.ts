import { gcd, magnitude } from '../../number/integer.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';

/** The half-space Σ_j normal[j]·u_j + offset ≥ 0. */
export interface Halfspace {
  readonly normal: readonly bigint[];
  readonly offset: bigint;
}

/**
 * A vertex u = x/w, w > 0, with the constraints that hold with equality there: bit j of `walls` for u_j = 0, bit d+j for
 * u_j = 1, bit k of `cuts` for half-space k.
 */
export interface Vertex {
  readonly x: readonly bigint[];
  readonly w: bigint;
  readonly walls: number;
  readonly cuts: number;
}

/** Bit masks hold the constraints: 2d walls and the cuts, each in one 32-bit integer. */
export const MAX_DIMENSION = 15;
/** The most cuts: masks have 32 bits, and the name of a face, both masks together, has to fit a double. */
function mostCuts(dimension: number): number {
  return Math.min(30, 53 - 2 * dimension);
}

/** A polytope as its vertices, and the half-spaces that cut it: bit k of `Vertex.cuts` belongs to cuts[k]. */
export interface ClippedCube {
  readonly vertices: readonly Vertex[];
  readonly cuts: readonly Halfspace[];
}

/**
 * {u in [0,1]^d : every half-space holds}, by the double description method (Motzkin et al. 1953; Fukuda and Prodon 1996):
 * half-spaces are added one at a time, and each cuts the edges that join a vertex inside to one outside. Two vertices are
 * joined by an edge iff no third lies on all the constraints that both lie on, which is right for degenerate polytopes
 * too. Half-spaces that cut nothing off are left out, and so are those whose facets later ones have cut off.
 *
 * @returns no vertices if the set has no interior
 * @throws {ExactRefusal} more work than the budget allows, or more facets that are no walls than masks can hold
 * @throws {RangeError} d > MAX_DIMENSION
 */
export function clipCube(dimension: number, halfspaces: readonly Halfspace[], budget: Budget): ClippedCube {
  if (dimension > MAX_DIMENSION)
    throw new RangeError(`at most ${MAX_DIMENSION} dimensions, got ${dimension}`);
  let vertices = cubeCorners(dimension);
  const cuts: Halfspace[] = [];
  for (const halfspace of halfspaces) {
    const slacks = vertices.map((v) => slack(halfspace, v));
    spend(budget, vertices.length, 'cutting a polytope');
    if (!slacks.some((value) => value > 0n)) return { vertices: [], cuts: [] };
    if (!slacks.some((value) => value < 0n)) continue;
    const place = freePlace(cuts, vertices, dimension);
    cuts[place] = halfspace;
    vertices = cut(dimension, withoutBit(vertices, 1 << place), slacks, 1 << place, budget);
  }
  return { vertices, cuts };
}

/** A bit for the next cut: one of a cut that is no facet any more, or a new one. */
function freePlace(cuts: readonly Halfspace[], vertices: readonly Vertex[], dimension: number): number {
  if (cuts.length < mostCuts(dimension)) return cuts.length;
  const idle = cuts.findIndex((_, k) => vertices.filter((v) => (v.cuts & (1 << k)) !== 0).length < dimension);
  if (idle < 0) throw new ExactRefusal(`a polytope with more than ${cuts.length} facets inside the cube`);
  return idle;
}

function withoutBit(vertices: readonly Vertex[], bit: number): readonly Vertex[] {
  return vertices.map((v) => ((v.cuts & bit) === 0 ? v : { ...v, cuts: v.cuts & ~bit }));
}

function cubeCorners(dimension: number): Vertex[] {
  return Array.from({ length: 2 ** dimension }, (_, corner) => {
    const x = Array.from({ length: dimension }, (_, j) => BigInt((corner >> j) & 1));
    const high = corner << dimension;
    const low = ~corner & ((1 << dimension) - 1);
    return { x, w: 1n, walls: high | low, cuts: 0 };
  });
}

function cut(
  dimension: number,
  vertices: readonly Vertex[],
  values: readonly bigint[],
  bit: number,
  budget: Budget,
): Vertex[] {
  const kept: Vertex[] = [];
  const inside: number[] = [];
  const outside: number[] = [];
  vertices.forEach((v, i) => {
    if (values[i]! > 0n) inside.push(i);
    if (values[i]! < 0n) outside.push(i);
    if (values[i]! > 0n) kept.push(v);
    if (values[i] === 0n) kept.push({ ...v, cuts: v.cuts | bit });
  });
  spend(budget, (inside.length * outside.length) / 100, 'cutting a polytope');
  for (const i of inside)
    for (const o of outside) {
      const a = vertices[i]!;
      const b = vertices[o]!;
      const walls = a.walls & b.walls;
      const cuts = a.cuts & b.cuts;
      if (bitCount(walls) + bitCount(cuts) < dimension - 1 || !joined(vertices, i, o, walls, cuts)) continue;
      kept.push({ ...between(a, values[i]!, b, -values[o]!), walls, cuts: cuts | bit });
    }
  return kept;
}

/** w·(normal·u + offset): positive inside, 0 on the boundary. */
export function slack(halfspace: Halfspace, v: Vertex): bigint {
  let sum = halfspace.offset * v.w;
  for (let j = 0; j < v.x.length; j++) {
    const x = v.x[j]!;
    if (x !== 0n) sum += halfspace.normal[j]! * x;
  }
  return sum;
}

function joined(vertices: readonly Vertex[], i: number, o: number, walls: number, cuts: number): boolean {
  for (let k = 0; k < vertices.length; k++) {
    const v = vertices[k]!;
    if ((v.walls & walls) === walls && (v.cuts & cuts) === cuts && k !== i && k !== o) return false;
  }
  return true;
}

/** The point of the segment at which the slack is 0: outer·a + inner·b, from the slacks of its ends. */
function between(a: Vertex, inner: bigint, b: Vertex, outer: bigint): { x: bigint[]; w: bigint } {
  const x = a.x.map((value, j) => outer * value + inner * b.x[j]!);
  const w = outer * a.w + inner * b.w;
  let common = w;
  for (const value of x) {
    if (common === 1n) break;
    common = gcd(common, magnitude(value));
  }
  return common === 1n ? { x, w } : { x: x.map((value) => value / common), w: w / common };
}

/** The number of ones in a 32-bit mask. */
export function bitCount(mask: number): number {
  let v = mask - ((mask >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
