import type { Partition } from './refine.js';
import { merge, rootOf } from './union-find.js';

/** Where to individualise next, and what that cannot affect. */
export interface CellChoice {
  /** start of a cell of several states */
  readonly cell: number;
  /** The vertices of its component: cells of several vertices that are joined, directly or by way of others. */
  readonly component: readonly number[];
}

/** Starts of the cells of a component, and their lengths, when it was found: pieces of them lie within. */
interface Component {
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  readonly size: number;
  readonly best: number;
  readonly bestLength: number;
  isFresh: boolean;
}

/**
 * Two cells are joined if a member of one has some edges to the other, but not the same to all its members. Individualising
 * refines cells within one component of this relation only, so components can be dealt with one after another (Junttila &
 * Kaski 2011, TAPAS). The smallest component is taken, the first of equals; as pieces of a component are smaller than it,
 * it is finished before any other is begun. Within it, the cell that is joined to the most others (McKay & Piperno 2014,
 * J. Symb. Comput. 60, §3.2), of equals the smallest, of equals the first. All of this goes by positions alone.
 *
 * The others are as they were, so after a refinement the cells of the last component alone are looked at again.
 *
 * @returns the next choice each time it is called; `partition.work` grows with what is looked at
 */
export function cellChooser(partition: Partition): () => CellChoice {
  const { cellLength, elements } = partition;
  const split = componentSplitter(partition);
  const stack = split([0], [cellLength.length]);
  return () => {
    for (;;) {
      const last = stack.pop()!;
      const { starts, lengths, best } = last;
      // Where sums do not tell all, a component may have been cut from another one.
      if (!last.isFresh || cellLength[best] !== last.bestLength) {
        stack.push(...split(starts, lengths));
        continue;
      }
      last.isFresh = false;
      stack.push(last);
      partition.work += last.size;
      const component = starts.flatMap((start, i) => [...elements.subarray(start, start + lengths[i]!)]);
      return { cell: best, component };
    }
  };
}

/** A function that finds the components within some intervals of positions, the one to be taken first last. */
function componentSplitter(
  partition: Partition,
): (starts: readonly number[], lengths: readonly number[]) => Component[] {
  const { cellLength, structure } = partition;
  const joinedCells = joinFinder(partition);
  const parent = new Int32Array(structure.vertexCount);
  const size = new Int32Array(structure.vertexCount);
  return (starts, lengths) => {
    const cells = cellsWithin(partition, starts, lengths);
    for (const cell of cells) {
      parent[cell] = cell;
      size[cell] = cellLength[cell]!;
    }
    const joins = cells.map(joinedCells);
    cells.forEach((cell, i) => {
      for (const other of joins[i]!) merge(parent, cell, other, size);
    });
    const members = new Map<number, number[]>();
    cells.forEach((cell, i) => {
      const root = rootOf(parent, cell);
      const list = members.get(root);
      if (list === undefined) members.set(root, [i]);
      else list.push(i);
    });
    const isBetter = (i: number, j: number): boolean =>
      joins[i]!.length === joins[j]!.length
        ? cellLength[cells[i]!]! < cellLength[cells[j]!]!
        : joins[i]!.length > joins[j]!.length;
    const found: Component[] = [];
    for (const list of members.values()) {
      const first = cells[list[0]!]!;
      if (first >= structure.stateCount) continue;
      let chosen = list[0]!;
      for (const i of list) if (cells[i]! < structure.stateCount && isBetter(i, chosen)) chosen = i;
      const [own, best] = [list.map((i) => cells[i]!), cells[chosen]!];
      found.push({
        starts: own,
        lengths: own.map((cell) => cellLength[cell]!),
        size: size[rootOf(parent, first)]!,
        best,
        bestLength: cellLength[best]!,
        isFresh: true,
      });
    }
    return found.sort((a, b) => b.size - a.size || b.starts[0]! - a.starts[0]!);
  };
}

/** The cells of several vertices within some intervals of positions, ascending. */
function cellsWithin(partition: Partition, starts: readonly number[], lengths: readonly number[]): number[] {
  const { cellLength } = partition;
  const cells: number[] = [];
  starts.forEach((start, i) => {
    const end = start + lengths[i]!;
    for (let at = start; at < end; at += cellLength[at]!) {
      partition.work++;
      if (cellLength[at]! > 1) cells.push(at);
    }
  });
  return cells;
}

/** A function that finds the other cells of several vertices that a cell is joined to, as its first member shows. */
function joinFinder(partition: Partition): (start: number) => number[] {
  const { structure, elements, cellOf, cellLength } = partition;
  const { incidencePtr, neighbour, weight, vertexCount } = structure;
  const sum = new Float64Array(vertexCount);
  const met = new Int32Array(vertexCount);
  const uneven = new Uint8Array(vertexCount);
  const firstSum = new Float64Array(vertexCount);
  return (start) => {
    const member = elements[start]!;
    const [from, to] = [incidencePtr[member]!, incidencePtr[member + 1]!];
    partition.work += to - from + 1;
    for (let e = from; e < to; e++) sum[neighbour[e]!]! += weight[e]!;
    const cells: number[] = [];
    for (let e = from; e < to; e++) {
      const other = neighbour[e]!;
      if (sum[other] === 0) continue;
      const cell = cellOf[other]!;
      if (met[cell] === 0) {
        cells.push(cell);
        firstSum[cell] = sum[other]!;
      } else if (sum[other] !== firstSum[cell]) {
        uneven[cell] = 1;
      }
      met[cell]!++;
      sum[other] = 0;
    }
    const joined = cells.filter(
      (cell) => cell !== start && (uneven[cell] === 1 || met[cell]! < cellLength[cell]!),
    );
    for (const cell of cells) met[cell] = uneven[cell] = 0;
    return joined;
  };
}
