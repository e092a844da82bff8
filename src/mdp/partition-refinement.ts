import type { IntegerRows } from './integer-rows.js';
import type { Mdp } from './model.js';

/** Calls `visit` with each choice of a state whose row counts. */
type RowsOfState = (state: number, visit: (choice: number) => void) => void;

/**
 * The coarsest partition, finer than `initial`, in which the states of a class have the same set of rows over classes.
 *
 * Signature refinement (Blom & Orzan 2003) in which only states with a renamed successor are looked at again, and the
 * largest piece of a split class keeps its name, so that a state is renamed at most log₂ S times (Hopcroft 1971).
 *
 * @param initial Int32 (S)
 * @returns Int32 (S): the first state of each class
 */
export function refine(mdp: Mdp, rows: IntegerRows, initial: Int32Array, rowsOf: RowsOfState): Int32Array {
  const { stateCount } = mdp;
  const predecessor = predecessors(mdp, rowsOf);
  const partition = startPartition(initial);
  const { classOf } = partition;
  let dirty = Int32Array.from({ length: stateCount }, (_, s) => s);
  const queued = new Uint8Array(stateCount);
  while (dirty.length > 0) {
    const groups = groupBySignature(mdp, rows, classOf, dirty, rowsOf);
    const renamed: number[] = [];
    for (const [name, bySignature] of groups) split(partition, name, [...bySignature.values()], renamed);
    const next: number[] = [];
    for (const t of renamed) {
      for (let k = predecessor.ptr[t]!; k < predecessor.ptr[t + 1]!; k++) {
        const s = predecessor.state[k]!;
        if (queued[s] === 1) continue;
        queued[s] = 1;
        next.push(s);
      }
    }
    for (const s of next) queued[s] = 0;
    dirty = Int32Array.from(next);
  }
  return byFirstState(classOf);
}

/** Class name -> signature -> states, for the states in question, all by the class names as they stand. */
function groupBySignature(
  mdp: Mdp,
  rows: IntegerRows,
  classOf: Int32Array,
  states: Int32Array,
  rowsOf: RowsOfState,
): Map<number, Map<string | number, number[]>> {
  const groups = new Map<number, Map<string | number, number[]>>();
  const keys: (string | number)[] = [];
  for (const s of states) {
    keys.length = 0;
    rowsOf(s, (choice) => {
      const key = rowKey(mdp, rows, choice, classOf);
      if (!keys.includes(key)) keys.push(key);
    });
    const signature = keys.length === 1 ? keys[0]! : keys.map(String).sort().join(' ');
    let bySignature = groups.get(classOf[s]!);
    if (bySignature === undefined) {
      bySignature = new Map();
      groups.set(classOf[s]!, bySignature);
    }
    const group = bySignature.get(signature);
    if (group === undefined) bySignature.set(signature, [s]);
    else group.push(s);
  }
  return groups;
}

/** Names a row over classes: equal keys if and only if every class has equal probability. */
export function rowKey(mdp: Mdp, rows: IntegerRows, choice: number, stateClass: Int32Array): string | number {
  const start = mdp.rowPtr[choice]!;
  const end = mdp.rowPtr[choice + 1]!;
  const first = stateClass[mdp.successor[start]!]!;
  let single = true;
  for (let k = start + 1; k < end; k++) if (stateClass[mdp.successor[k]!] !== first) single = false;
  if (single) return first;
  const mass = new Map<number, bigint>();
  for (let k = start; k < end; k++) {
    const target = stateClass[mdp.successor[k]!]!;
    mass.set(target, (mass.get(target) ?? 0n) + rows.numerator[k]!);
  }
  // In lowest terms, so that rows with different denominators compare.
  const denominator = rows.denominator[choice]!;
  let common = denominator;
  for (const weight of mass.values()) common = greatestCommonDivisor(common, weight);
  const parts = [...mass].sort((a, b) => a[0] - b[0]);
  return parts.map(([target, weight]) => `${target}:${weight / common}/${denominator / common}`).join();
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Classes as stretches of one array: class i holds element[start[i]] … element[end[i]−1]. */
interface Partition {
  readonly classOf: Int32Array;
  readonly element: Int32Array;
  /** where a state stands in `element` */
  readonly place: Int32Array;
  readonly start: number[];
  readonly end: number[];
}

function startPartition(initial: Int32Array): Partition {
  const named = byFirstState(initial);
  const element = Int32Array.from(named, (_, s) => s).sort((a, b) => named[a]! - named[b]! || a - b);
  const partition: Partition = {
    classOf: new Int32Array(named.length),
    element,
    place: new Int32Array(named.length),
    start: [],
    end: [],
  };
  for (let i = 0; i < element.length; i++) {
    const s = element[i]!;
    partition.place[s] = i;
    if (i === 0 || named[element[i - 1]!] !== named[s]) partition.start.push(i);
    partition.classOf[s] = partition.start.length - 1;
    partition.end[partition.start.length - 1] = i + 1;
  }
  return partition;
}

/**
 * Splits class `name` into the groups given and the rest. The largest piece keeps the name, the states of the others get
 * fresh names and are added to `renamed`.
 */
function split(partition: Partition, name: number, groups: readonly number[][], renamed: number[]): void {
  const { classOf, element, place, start, end } = partition;
  const pieces: [from: number, to: number][] = [];
  let back = end[name]!;
  for (const group of groups) {
    const to = back;
    for (const s of group) {
      back--;
      const other = element[back]!;
      element[place[s]!] = other;
      place[other] = place[s]!;
      element[back] = s;
      place[s] = back;
    }
    pieces.push([back, to]);
  }
  if (back > start[name]!) pieces.push([start[name]!, back]);
  let largest = 0;
  pieces.forEach(([from, to], i) => {
    if (to - from > pieces[largest]![1] - pieces[largest]![0]) largest = i;
  });
  pieces.forEach(([from, to], i) => {
    const id = i === largest ? name : start.length;
    start[id] = from;
    end[id] = to;
    if (i === largest) return;
    for (let at = from; at < to; at++) {
      classOf[element[at]!] = id;
      renamed.push(element[at]!);
    }
  });
}

function predecessors(mdp: Mdp, rowsOf: RowsOfState): { ptr: Int32Array; state: Int32Array } {
  const ptr = new Int32Array(mdp.stateCount + 1);
  const eachEdge = (visit: (s: number, t: number) => void): void => {
    for (let s = 0; s < mdp.stateCount; s++) {
      rowsOf(s, (choice) => {
        for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) visit(s, mdp.successor[k]!);
      });
    }
  };
  eachEdge((_, t) => {
    ptr[t + 1] = ptr[t + 1]! + 1;
  });
  for (let t = 0; t < mdp.stateCount; t++) ptr[t + 1] = ptr[t + 1]! + ptr[t]!;
  const next = ptr.slice();
  const state = new Int32Array(ptr[mdp.stateCount]!);
  eachEdge((s, t) => {
    state[next[t]!] = s;
    next[t] = next[t]! + 1;
  });
  return { ptr, state };
}

/** The same classes, each named by its first state. */
function byFirstState(classes: Int32Array): Int32Array {
  const first = new Map<number, number>();
  return classes.map((name, s) => {
    const known = first.get(name);
    if (known === undefined) first.set(name, s);
    return known ?? s;
  });
}
