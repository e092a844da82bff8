import { mix, type Structure } from './structure.js';

/**
 * An ordered partition of the vertices of a structure into cells (colours), which can be refined and taken back.
 *
 * `elements` holds the vertices cell by cell; a cell is named by the position of its first element, its start. Splitting
 * only ever cuts pieces off the end of a cell, so a start, once given, stays. Positions below S hold states, the others
 * choices. Everything done to the partition depends on positions and weights alone, never on vertex numbers: isomorphic
 * partitions are refined alike, step for step, which is what the search compares.
 */
export interface Partition {
  readonly structure: Structure;
  readonly elements: Int32Array;
  /** position of each vertex in `elements` */
  readonly position: Int32Array;
  /** start of the cell of each vertex */
  readonly cellOf: Int32Array;
  /** length of the cell that starts at a position */
  readonly cellLength: Int32Array;
  /** starts and parents of the pieces cut off so far, in pairs, for `restore` */
  readonly cuts: number[];
  /** number of cells of states; S when all are told apart */
  stateCells: number;
  /** incidences looked at so far: the measure of effort */
  work: number;
  readonly scratch: {
    readonly sum: Float64Array;
    readonly marked: Int32Array;
    readonly queued: Uint8Array;
    readonly queue: number[];
    /** Uint32 (2): what happened in a step so far, as two hashes */
    readonly hash: Uint32Array;
  };
}

/** Cells by initial colour (S, small integers ≥ 0), states first, then one cell of all choices. Not yet refined. */
export function initialPartition(structure: Structure, colour: Int32Array): Partition {
  const { stateCount, vertexCount } = structure;
  const order = Array.from({ length: vertexCount }, (_, v) => v);
  const key = (v: number): number => (v < stateCount ? colour[v]! : Number.MAX_SAFE_INTEGER);
  order.sort((a, b) => key(a) - key(b) || a - b);
  const elements = Int32Array.from(order);
  const position = new Int32Array(vertexCount);
  const cellOf = new Int32Array(vertexCount);
  const cellLength = new Int32Array(vertexCount);
  let stateCells = 0;
  for (let p = 0, start = 0; p < vertexCount; p++) {
    if (p === 0 || key(order[p]!) !== key(order[p - 1]!)) {
      start = p;
      if (p < stateCount) stateCells++;
    }
    position[order[p]!] = p;
    cellOf[order[p]!] = start;
    cellLength[start]!++;
  }
  const scratch = {
    sum: new Float64Array(vertexCount),
    marked: new Int32Array(vertexCount),
    queued: new Uint8Array(vertexCount),
    queue: [],
    hash: new Uint32Array(2),
  };
  return { structure, elements, position, cellOf, cellLength, cuts: [], stateCells, work: 0, scratch };
}

/** Makes one vertex of a cell with several a cell of its own, at the end of its cell. Returns the new cell's start. */
export function individualise(partition: Partition, vertex: number): number {
  const start = partition.cellOf[vertex]!;
  const last = start + partition.cellLength[start]! - 1;
  swapTo(partition, vertex, last);
  cut(partition, start, last);
  return last;
}

/**
 * Refines until no cell can tell the vertices of another apart: the sum of weights towards a cell is the same for all
 * vertices of a cell (colour refinement; the work list leaves out the largest piece of a settled cell, Hopcroft 1971).
 *
 * Every step is reported to `accept` as a number that depends on the isomorphism class alone; false from it abandons the
 * refinement. O(edges · log vertices) sums over a whole chain of refinements, plus sorting.
 *
 * @param splitters cells to begin with: all, or the one just made
 * @returns false if abandoned
 */
export function refine(
  partition: Partition,
  splitters: readonly number[],
  accept: (step: number) => boolean,
): boolean {
  const { queue, queued } = partition.scratch;
  for (const start of splitters) enqueue(partition, start);
  let head = 0;
  let kept = true;
  while (kept && head < queue.length) {
    const splitter = queue[head++]!;
    queued[splitter] = 0;
    kept = accept(splitBy(partition, splitter));
  }
  for (; head < queue.length; head++) queued[queue[head]!] = 0;
  queue.length = 0;
  return kept;
}

/** Takes back every cut after the first `cutCount` numbers of `cuts`. Cells are as they were; order inside them is not. */
export function restore(partition: Partition, cutCount: number): void {
  const { cuts, elements, cellOf, cellLength, structure } = partition;
  while (cuts.length > cutCount) {
    const parent = cuts.pop()!;
    const piece = cuts.pop()!;
    const length = cellLength[piece]!;
    for (let p = piece; p < piece + length; p++) cellOf[elements[p]!] = parent;
    cellLength[parent]! += length;
    cellLength[piece] = 0;
    if (piece < structure.stateCount) partition.stateCells--;
  }
}

/** Splits every cell by its weights towards one cell; the number returned describes what happened. */
function splitBy(partition: Partition, splitter: number): number {
  const { structure, elements, cellOf, cellLength, scratch } = partition;
  const { incidencePtr, neighbour, weight } = structure;
  const { sum, marked } = scratch;
  const touchedVertices: number[] = [];
  const touchedCells: number[] = [];
  const end = splitter + cellLength[splitter]!;
  for (let p = splitter; p < end; p++) {
    const vertex = elements[p]!;
    const to = incidencePtr[vertex + 1]!;
    partition.work += to - incidencePtr[vertex]! + 1;
    for (let e = incidencePtr[vertex]!; e < to; e++) {
      const other = neighbour[e]!;
      if (sum[other] === 0) touchedVertices.push(other);
      sum[other]! += weight[e]!;
    }
  }
  for (const vertex of touchedVertices) {
    const start = cellOf[vertex]!;
    if (marked[start] === 0) touchedCells.push(start);
    marked[start]!++;
    swapTo(partition, vertex, start + cellLength[start]! - marked[start]!);
  }
  touchedCells.sort((a, b) => a - b);
  scratch.hash.fill(0);
  note(scratch.hash, splitter);
  for (const start of touchedCells) splitMarked(partition, start);
  for (const vertex of touchedVertices) sum[vertex] = 0;
  return scratch.hash[0]! * 0x200000 + (scratch.hash[1]! >>> 11);
}

/** Splits one cell, whose touched vertices stand at its end, by their sums; untouched ones keep the start. */
function splitMarked(partition: Partition, start: number): void {
  const { elements, position, cellLength, scratch } = partition;
  const { sum, marked, hash } = scratch;
  const length = cellLength[start]!;
  const first = start + length - marked[start]!;
  marked[start] = 0;
  const touched = elements.subarray(first, start + length);
  if (touched.length > 1 && touched.some((v) => sum[v] !== sum[touched[0]!])) {
    touched.sort((a, b) => sum[a]! - sum[b]!);
    for (let i = 0; i < touched.length; i++) position[touched[i]!] = first + i;
  }
  note(hash, start);
  note(hash, first);
  const pieces: number[] = first > start ? [start] : [];
  for (let p = first; p < start + length; p++) {
    const value = sum[elements[p]!]!;
    if (p > first && value === sum[elements[p - 1]!]!) continue;
    pieces.push(p);
    note(hash, p);
    note(hash, value % 0x100000000);
    note(hash, value / 0x100000000);
  }
  if (pieces.length > 1) {
    for (let i = pieces.length - 1; i > 0; i--) cut(partition, start, pieces[i]!);
    enqueuePieces(partition, pieces);
  }
}

/** Takes an integer below 2³² into both hashes; a fraction is cut off. */
function note(hash: Uint32Array, value: number): void {
  hash[0] = mix(hash[0]! ^ value);
  hash[1] = Math.imul(hash[1]! ^ value ^ (hash[1]! >>> 15), 0x9e3779b1);
}

/** A settled cell tells all pieces but one apart from what the others tell; the largest is left out, the first of equals. */
function enqueuePieces(partition: Partition, pieces: readonly number[]): void {
  const { cellLength, scratch } = partition;
  const waiting = scratch.queued[pieces[0]!] === 1;
  let largest = pieces[0]!;
  for (const piece of pieces) if (cellLength[piece]! > cellLength[largest]!) largest = piece;
  for (const piece of pieces) if (waiting || piece !== largest) enqueue(partition, piece);
}

function enqueue(partition: Partition, start: number): void {
  if (partition.scratch.queued[start] === 1) return;
  partition.scratch.queued[start] = 1;
  partition.scratch.queue.push(start);
}

/** Makes the end of the cell at `start`, from position `piece`, a cell of its own. */
function cut(partition: Partition, start: number, piece: number): void {
  const { elements, cellOf, cellLength, cuts, structure } = partition;
  const end = start + cellLength[start]!;
  for (let p = piece; p < end; p++) cellOf[elements[p]!] = piece;
  cellLength[piece] = end - piece;
  cellLength[start] = piece - start;
  cuts.push(piece, start);
  if (piece < structure.stateCount) partition.stateCells++;
}

function swapTo(partition: Partition, vertex: number, to: number): void {
  const { elements, position } = partition;
  const from = position[vertex]!;
  const other = elements[to]!;
  elements[from] = other;
  position[other] = from;
  elements[to] = vertex;
  position[vertex] = to;
}
