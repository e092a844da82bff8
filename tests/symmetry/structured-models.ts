import type { Mdp } from '../../src/mdp/model.js';
import { ONE } from '../../src/number/rational.js';
import { certain, type ExactModel, weighted } from '../oracles/exact-model.js';

/** The deterministic model in which state s has one choice for each entry of successors[s]; entries must be distinct. */
export function deterministicMdp(successors: readonly (readonly number[])[]): Mdp {
  const choices = successors.flat();
  const choicePtr = new Int32Array(successors.length + 1);
  successors.forEach((list, s) => {
    choicePtr[s + 1] = choicePtr[s]! + list.length;
  });
  return {
    name: 'test',
    stateCount: successors.length,
    choiceCount: choices.length,
    transitionCount: choices.length,
    choicePtr,
    rowPtr: Int32Array.from({ length: choices.length + 1 }, (_, c) => c),
    successor: Int32Array.from(choices),
    probability: new Float64Array(choices.length).fill(1),
    exact: { values: [ONE], index: new Int32Array(choices.length) },
    choiceClass: Int32Array.from(choices, (_, c) => c),
    states: successors.map((_, s) => `s${s}`),
    actions: choices.map((t) => `to s${t}`),
    start: 0,
    labels: new Map(),
    layout: successors.map(() => null),
    sha256: '',
    notes: [],
  };
}

/** Several copies of one model side by side; with `hub` a first state that can go to the first state of every copy. */
export function copies(piece: ExactModel, count: number, hub: 'none' | 'choices' | 'chance'): ExactModel {
  const offset = hub === 'none' ? 0 : 1;
  const starts = Array.from({ length: count }, (_, i) => offset + i * piece.length);
  const pieces = starts.flatMap((start) =>
    piece.map((actions) => actions.map((row) => row.map(([t, p]) => [t + start, p] as const))),
  );
  if (hub === 'none') return pieces;
  const first =
    hub === 'choices'
      ? starts.map(certain)
      : [
          weighted(
            starts,
            starts.map(() => 1),
          ),
        ];
  return [first, ...pieces];
}

/** The same model with state s called permutation[s]. */
export function renamed(model: ExactModel, permutation: readonly number[]): ExactModel {
  const result: (typeof model)[number][] = new Array(model.length);
  model.forEach((actions, s) => {
    result[permutation[s]!] = actions.map((row) =>
      row.map(([t, p]) => [permutation[t]!, p] as const).sort(([a], [b]) => a - b),
    );
  });
  return result;
}

/** Undirected graphs as deterministic models: every state can go to its neighbours. */
export function undirected(size: number, adjacent: (a: number, b: number) => boolean): number[][] {
  const states = Array.from({ length: size }, (_, s) => s);
  return states.map((a) => states.filter((b) => a !== b && (adjacent(a, b) || adjacent(b, a))));
}

/** The graphs side by side. */
export function disjointUnion(graphs: readonly (readonly (readonly number[])[])[]): number[][] {
  let offset = 0;
  return graphs.flatMap((graph) => {
    const start = offset;
    offset += graph.length;
    return graph.map((list) => list.map((t) => t + start));
  });
}

export function starGraph(leaves: number): number[][] {
  const leaf = Array.from({ length: leaves }, (_, i) => i + 1);
  return [leaf, ...leaf.map((s) => [s])];
}

/** A directed cycle. */
export function ring(size: number): number[][] {
  return Array.from({ length: size }, (_, s) => [(s + 1) % size]);
}

/** The complete binary tree of the given depth, from the root down, its leaves absorbing. */
export function binaryTree(depth: number): number[][] {
  const size = 2 ** (depth + 1) - 1;
  return Array.from({ length: size }, (_, s) => (2 * s + 2 < size ? [2 * s + 1, 2 * s + 2] : [s]));
}

/** A grid with moves to the four sides and staying; `#` is a wall. */
export function gridGraph(rows: readonly string[]): number[][] {
  const cells = rows.flatMap((row, y) => [...row].flatMap((c, x) => (c === '#' ? [] : [[x, y] as const])));
  return undirected(cells.length, (a, b) => {
    const [ax, ay] = cells[a]!;
    const [bx, by] = cells[b]!;
    return Math.abs(ax - bx) + Math.abs(ay - by) === 1;
  }).map((list, s) => [s, ...list]);
}

/**
 * The graph of Cai, Fürer & Immerman over a cubic graph: for each vertex four middle vertices, one for each even subset of
 * its edges, and for each edge end a pair of vertices; the pairs of an edge are joined straight, or crosswise for one edge.
 */
export function twistedGraph(base: readonly (readonly number[])[], twist: boolean): number[][] {
  const even = [0b000, 0b011, 0b101, 0b110];
  const middle = (u: number, subset: number): number => 10 * u + even.indexOf(subset);
  const end = (u: number, i: number, bit: number): number => 10 * u + 4 + 2 * i + bit;
  const links = new Set<string>();
  base.forEach((neighbours, u) => {
    neighbours.forEach((w, i) => {
      for (const subset of even) links.add(`${middle(u, subset)} ${end(u, i, (subset >> i) & 1)}`);
      const crossed = twist && u === 0 && i === 0 ? 1 : 0;
      if (u < w)
        for (const bit of [0, 1])
          links.add(`${end(u, i, bit)} ${end(w, base[w]!.indexOf(u), bit ^ crossed)}`);
    });
  });
  return undirected(10 * base.length, (a, b) => links.has(`${a} ${b}`));
}
