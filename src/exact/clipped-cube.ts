import { gcd, magnitude } from '../number/integer.js';
import { type Budget, spend } from './budget.js';

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
export const MAX_CUTS = 22;

/**
 * The vertices of {u in [0,1]^d : every half-space holds}, by the double description method (Motzkin et al. 1953; Fukuda
 * and Prodon 1996): half-spaces are added one at a time, and each cuts the edges that join a vertex inside to one outside.
 * Two vertices are joined by an edge iff no third lies on all the constraints that both lie on, which is right for
 * degenerate polytopes too.
 *
 * @returns no vertices if the set has no interior
 * @throws {ExactRefusal} more work than the budget allows
 * @throws {RangeError} d > MAX_DIMENSION or more than MAX_CUTS half-spaces
 */
export function clipCube(dimension: number, halfspaces: readonly Halfspace[], budget: Budget): Vertex[] {
  if (dimension > MAX_DIMENSION)
    throw new RangeError(`at most ${MAX_DIMENSION} dimensions, got ${dimension}`);
  if (halfspaces.length > MAX_CUTS)
    throw new RangeError(`at most ${MAX_CUTS} cuts, got ${halfspaces.length}`);
  let vertices = cubeCorners(dimension);
  halfspaces.forEach((halfspace, k) => {
    vertices = cut(dimension, vertices, halfspace, 1 << k, budget);
  });
  return vertices;
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
  halfspace: Halfspace,
  bit: number,
  budget: Budget,
): Vertex[] {
  const values = vertices.map((v) => slack(halfspace, v));
  if (!values.some((value) => value > 0n)) return [];
  const kept: Vertex[] = [];
  const inside: number[] = [];
  const outside: number[] = [];
  vertices.forEach((v, i) => {
    if (values[i]! > 0n) inside.push(i);
    if (values[i]! < 0n) outside.push(i);
    if (values[i]! > 0n) kept.push(v);
    if (values[i] === 0n) kept.push({ ...v, cuts: v.cuts | bit });
  });
  spend(budget, (inside.length * outside.length) / 100 + vertices.length, 'cutting a polytope');
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
