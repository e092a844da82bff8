import type { Partition } from './refine.js';
import { merge, rootOf } from './union-find.js';

/** Where to individualise next, and what that cannot affect. */
export interface CellChoice {
  /** start of a cell of several states */
  readonly cell: number;
  /** The vertices of its component: cells of several vertices that are joined, directly or by way of others. */
  readonly component: readonly number[];
}

/**
 * Two cells are joined if a member of one has some edges to the other, but not the same to all its members. Individualising
 * refines cells within one component of this relation only, so components can be dealt with one after another (Junttila &
 * Kaski 2011, TAPAS). The smallest component is taken, the first of equals; as pieces of a component are smaller than it,
 * it is finished before any other is begun. Within it, the cell that is joined to the most others (McKay & Piperno 2014,
 * J. Symb. Comput. 60, §3.2), of equals the smallest, of equals the first. All of this goes by positions alone.
 */
export function chooseCell(partition: Partition): CellChoice {
  const { cellLength, elements, structure } = partition;
  const starts: number[] = [];
  for (let start = 0; start < cellLength.length; start += cellLength[start]!) {
    if (cellLength[start]! > 1) starts.push(start);
  }
  const parent = Int32Array.from(cellLength, (_, start) => start);
  const size = cellLength.slice();
  const joins = joinedCells(partition, starts);
  starts.forEach((start, i) => {
    for (const other of joins[i]!) merge(parent, start, other, size);
  });
  let best = -1;
  const isBetter = (i: number): boolean => {
    if (best < 0) return true;
    const [a, b] = [starts[i]!, starts[best]!];
    const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)];
    if (rootA !== rootB) return size[rootA]! < size[rootB]!;
    if (joins[i]!.length !== joins[best]!.length) return joins[i]!.length > joins[best]!.length;
    return cellLength[a]! < cellLength[b]!;
  };
  for (let i = 0; i < starts.length && starts[i]! < structure.stateCount; i++) if (isBetter(i)) best = i;
  const cell = starts[best]!;
  const root = rootOf(parent, cell);
  const component = starts
    .filter((start) => rootOf(parent, start) === root)
    .flatMap((start) => [...elements.subarray(start, start + cellLength[start]!)]);
  return { cell, component };
}

/** For each cell the others of several vertices that it is joined to, as its first member shows. */
function joinedCells(
  { structure, elements, cellOf, cellLength }: Partition,
  starts: readonly number[],
): number[][] {
  const { incidencePtr, neighbour, weight } = structure;
  const sum = new Float64Array(structure.vertexCount);
  const met = new Int32Array(structure.vertexCount);
  const uneven = new Uint8Array(structure.vertexCount);
  const firstSum = new Float64Array(structure.vertexCount);
  return starts.map((start) => {
    const member = elements[start]!;
    const [from, to] = [incidencePtr[member]!, incidencePtr[member + 1]!];
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
  });
}
