import { cellChooser } from './cell-choice.js';
import { type Leaf, leafOf, permutationHere, restStays } from './leaf.js';
import type { Permutation } from './permutation.js';
import { individualise, type Partition, refine, restore } from './refine.js';
import { mergeByPermutation, rootOf } from './union-find.js';

/** What was found: with `complete` the whole group, else a subgroup of it. */
export interface SearchResult {
  /** Product of the orbit lengths along the base: the order of the group, or of a subgroup. */
  readonly order: bigint;
  /** A strong generating set relative to the base. */
  readonly generators: Permutation[];
  readonly complete: boolean;
  /** Nodes of the search tree, those of the first path included. */
  readonly nodes: number;
}

/** One step of the first path: which cell was cut, at which vertex, and what the refinement then did. */
interface Level {
  readonly cell: number;
  readonly basePoint: number;
  readonly trace: readonly number[];
  /** `cuts.length` before the step */
  readonly mark: number;
  /** The last earlier level that worked on the same component: choices in between cannot matter here. −1 if none. */
  readonly parent: number;
}

class BudgetExceeded extends Error {}

/**
 * All colour-keeping automorphisms of a structure, by individualisation and refinement (McKay 1981).
 *
 * The first path individualises base points until all states are told apart. Then, from the deepest level up, the
 * orbit of each base point under the automorphisms that fix the earlier ones is found: for every state of its cell that
 * no known automorphism reaches, a second path is searched that refines alike, step for step, and ends in an
 * automorphism. By the orbit–stabiliser theorem the order is the product of the orbit lengths (Sims' base and strong
 * generating set).
 *
 * @param partition      refined; is left as it was
 * @param isAutomorphism the test of a candidate, by the definition
 * @param budget         greatest `partition.work`, in incidences looked at; beyond it `complete` is false and the order is
 *                       that of a subgroup
 */
export function searchAutomorphisms(
  partition: Partition,
  isAutomorphism: (permutation: Permutation) => boolean,
  budget: number,
): SearchResult {
  const levels: Level[] = [];
  const generators: Permutation[] = [];
  const { stateCount } = partition.structure;
  const unionFind = Int32Array.from({ length: stateCount }, (_, s) => s);
  const orbitSize = new Int32Array(stateCount).fill(1);
  const search: Search = {
    partition,
    levels,
    isAutomorphism,
    budget,
    nodes: 0,
    leaf: leafOf(partition),
  };
  const bottom = partition.cuts.length;
  let order = 1n;
  let complete = true;
  try {
    firstPath(search);
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      const { cell, basePoint, mark } = levels[depth]!;
      restore(partition, mark);
      const failed: number[] = [];
      let failedRoots = new Set<number>();
      partition.work += partition.cellLength[cell]!;
      try {
        for (const candidate of cellMembers(partition, cell)) {
          const root = rootOf(unionFind, candidate);
          if (root === rootOf(unionFind, basePoint) || failedRoots.has(root)) continue;
          const found = automorphismTo(search, depth, candidate);
          if (found === null) {
            failed.push(candidate);
            failedRoots.add(root);
            continue;
          }
          generators.push(found);
          mergeByPermutation(unionFind, found, orbitSize);
          failedRoots = new Set(failed.map((f) => rootOf(unionFind, f)));
        }
      } finally {
        order *= BigInt(orbitSize[rootOf(unionFind, basePoint)]!);
      }
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    complete = false;
  }
  restore(partition, bottom);
  return { order, generators, complete, nodes: search.nodes };
}

interface Search {
  readonly partition: Partition;
  readonly levels: Level[];
  readonly isAutomorphism: (permutation: Permutation) => boolean;
  readonly budget: number;
  nodes: number;
  leaf: Leaf;
}

/** Individualises the smallest state of a chosen cell until every cell of states has one state. */
function firstPath(search: Search): void {
  const { partition, levels } = search;
  const { stateCount, vertexCount } = partition.structure;
  const lastLevel = new Int32Array(vertexCount).fill(-1);
  const chooseCell = cellChooser(partition);
  while (partition.stateCells < stateCount) {
    const { cell, component } = chooseCell();
    spend(search, partition.cellLength[cell]!);
    const parent = lastLevel[component[0]!]!;
    for (const vertex of component) lastLevel[vertex] = levels.length;
    const basePoint = smallestMember(partition, cell);
    const mark = partition.cuts.length;
    const trace: number[] = [];
    const start = individualise(partition, basePoint);
    refine(partition, [start], (step) => {
      trace.push(step);
      return true;
    });
    levels.push({ cell, basePoint, trace, mark, parent });
  }
  search.leaf = leafOf(partition);
}

/** A node of the second path: the images of its level's base point still to be tried. */
interface Frame {
  /** `cuts.length` of the node */
  readonly mark: number;
  first: number | undefined;
  rest: number[] | undefined;
}

/**
 * An automorphism that fixes the base points before `depth` and takes its base point to `candidate`; null if there is
 * none. Depth first over the images of the later base points; leaves the partition as it was.
 *
 * A level where no image fits fails because of the images in its own component, so the search goes back to the last level
 * of that component. That takes sums that tell all, or cells may be joined unnoticed; where they do not, or a leaf is no
 * automorphism after all, the search goes back level by level.
 */
function automorphismTo(search: Search, depth: number, candidate: number): Permutation | null {
  const { partition, levels } = search;
  const frames: Frame[] = [{ mark: partition.cuts.length, first: candidate, rest: [candidate] }];
  let found: Permutation | null = null;
  let guess = true;
  let trusted = partition.structure.exactSums;
  while (found === null && frames.length > 0) {
    const level = depth + frames.length - 1;
    const frame = frames.at(-1)!;
    restore(partition, frame.mark);
    const image = nextImage(search, level, frame);
    if (image === undefined) {
      // Nothing fits here: other images at levels of other components would not help.
      const back = trusted ? levels[level]!.parent : level - 1;
      frames.length = Math.max(0, back - depth + 1);
    } else if (refineLike(search, level, image)) {
      const isLeaf = level + 1 === levels.length;
      if (isLeaf || (guess && restStays(partition, search.leaf))) {
        const permutation = permutationHere(partition, search.leaf);
        spend(search, LEAF_EFFORT * permutation.length);
        if (search.isAutomorphism(permutation)) found = permutation;
        else if (isLeaf) trusted = false;
        else guess = false;
      }
      if (!isLeaf) frames.push({ mark: partition.cuts.length, first: undefined, rest: undefined });
    }
  }
  if (frames.length > 0) restore(partition, frames[0]!.mark);
  return found;
}

/** The next image to try: the likely one first, the others of the cell only if that fails. */
function nextImage(search: Search, level: number, frame: Frame): number | undefined {
  if (frame.first === undefined) {
    frame.first = likelyImage(search, level);
    return frame.first;
  }
  frame.rest ??= [...cellMembers(search.partition, search.levels[level]!.cell)]
    .filter((state) => state !== frame.first)
    .reverse();
  return frame.rest.pop();
}

/** The base point itself if it can stay; else what would make an involution; else any of the cell. */
function likelyImage(search: Search, level: number): number {
  const { cellOf, elements } = search.partition;
  const { cell, basePoint } = search.levels[level]!;
  if (cellOf[basePoint] === cell) return basePoint;
  const preimage = search.leaf.states[cellOf[basePoint]!]!;
  return cellOf[preimage] === cell ? preimage : elements[cell]!;
}

/** Individualises the image of a base point; does the refinement go as it went on the first path? */
function refineLike(search: Search, level: number, image: number): boolean {
  const { partition } = search;
  const { trace } = search.levels[level]!;
  let step = 0;
  const start = individualise(partition, image);
  const alike = refine(partition, [start], (value) => value === trace[step++]);
  spend(search, 1);
  return alike && step === trace.length;
}

/** Testing and keeping one permutation costs about this many looks at an incidence per state. */
const LEAF_EFFORT = 4;

/** A node costs about this many looks at an incidence beside those of its refinement. */
const NODE_EFFORT = 32;

function spend(search: Search, work: number): void {
  search.nodes++;
  search.partition.work += work + NODE_EFFORT;
  if (search.partition.work > search.budget) throw new BudgetExceeded();
}

/** The states of a cell, ascending. */
function cellMembers({ elements, cellLength }: Partition, start: number): Int32Array {
  return elements.slice(start, start + cellLength[start]!).sort();
}

function smallestMember({ elements, cellLength }: Partition, start: number): number {
  return elements
    .subarray(start, start + cellLength[start]!)
    .reduce((least, state) => Math.min(least, state));
}
