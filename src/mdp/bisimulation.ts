import { type IntegerRows, integerRows } from './integer-rows.js';
import type { Mdp } from './model.js';

/** Rows to be compared: state s has the rows of `rowsOf(s)`, each a row of the model given by a choice index. */
export type RowsOfState = (state: number, visit: (choice: number) => void) => void;

/**
 * The coarsest partition of the states, finer than `initialStateClass`, in which two states of a class have the same set
 * of rows over classes (probabilistic bisimulation, Larsen & Skou 1991; Givan, Dean & Greig 2003 for decision
 * processes). Exact: probabilities are compared as integers over a common denominator.
 *
 * With the initial partition by equal reward, states of one class have equal optimal values for every discount, and
 * choices of one class are optimal together.
 *
 * @param initialStateClass Int32 (S): states that may be merged at all have equal entries
 * @returns stateClass Int32 (S): the first state of the class; choiceClass Int32 (C): the first choice of the same state
 *          with the same row over classes
 * @throws {RangeError} initialStateClass is not of length S
 */
export function bisimulation(
  mdp: Mdp,
  initialStateClass: Int32Array,
): { stateClass: Int32Array; choiceClass: Int32Array } {
  if (initialStateClass.length !== mdp.stateCount) {
    throw new RangeError(
      `an initial class for each of ${mdp.stateCount} states, not ${initialStateClass.length}`,
    );
  }
  const rows = integerRows(mdp);
  const stateClass = refine(mdp, rows, initialStateClass, (s, visit) => {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) visit(c);
  });
  const choiceClass = new Int32Array(mdp.choiceCount);
  for (let s = 0; s < mdp.stateCount; s++) {
    const seen = new Map<string | number, number>();
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const key = rowKey(mdp, rows, c, stateClass);
      choiceClass[c] = seen.get(key) ?? c;
      if (choiceClass[c] === c) seen.set(key, c);
    }
  }
  return { stateClass, choiceClass };
}

/** Refines the partition until states of a class have the same set of rows over classes; classes named by first state. */
export function refine(mdp: Mdp, rows: IntegerRows, initial: Int32Array, rowsOf: RowsOfState): Int32Array {
  let current = byFirstState(initial);
  let count = countClasses(current);
  for (;;) {
    const rowIds = new Map<string | number, number>();
    const stateIds = new Map<string | number, number>();
    const next = new Int32Array(mdp.stateCount);
    const ids: number[] = [];
    for (let s = 0; s < mdp.stateCount; s++) {
      ids.length = 0;
      rowsOf(s, (choice) => {
        const key = rowKey(mdp, rows, choice, current);
        let id = rowIds.get(key);
        if (id === undefined) {
          id = rowIds.size;
          rowIds.set(key, id);
        }
        if (!ids.includes(id)) ids.push(id);
      });
      ids.sort((a, b) => a - b);
      const key = ids.length === 1 ? current[s]! * mdp.choiceCount + ids[0]! : `${current[s]}:${ids.join()}`;
      const first = stateIds.get(key);
      if (first === undefined) stateIds.set(key, s);
      next[s] = first ?? s;
    }
    if (stateIds.size === count) return current;
    count = stateIds.size;
    current = next;
  }
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
  // Over the denominator of this row; written in lowest terms, so that rows of different denominators compare.
  const parts = [...mass].sort((a, b) => a[0] - b[0]);
  const denominator = rows.denominator[choice]!;
  let common = denominator;
  for (const [, weight] of parts) common = gcd(common, weight);
  return `${denominator / common}|${parts.map(([target, weight]) => `${target}:${weight / common}`).join()}`;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function byFirstState(classes: Int32Array): Int32Array {
  const first = new Map<number, number>();
  return classes.map((name, s) => {
    const known = first.get(name);
    if (known === undefined) first.set(name, s);
    return known ?? s;
  });
}

function countClasses(classes: Int32Array): number {
  return new Set(classes).size;
}
