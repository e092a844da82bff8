import type { Mdp } from '../mdp/model.js';
import { identity, type Permutation } from './permutation.js';
import { rowKey } from './row-key.js';
import { mix } from './structure.js';

/**
 * Two states are twins if swapping them, and nothing else, is an automorphism. This is an equivalence relation
 * ((s t)(t u)(s t) = (s u)), and the swaps of all classes generate the direct product N of their symmetric groups, a
 * normal subgroup. Each automorphism is, in one way, an element of N times an automorphism that keeps the rank of
 * every state within its class (its class members in ascending order). So N is known without search, and the search is
 * left with the colours refined by rank.
 */
export interface Twins {
  /** Int32 (S): how many smaller twins a state has */
  readonly rank: Int32Array;
  /** |N|, the product of the factorials of the class sizes */
  readonly order: bigint;
  /** Of N: a swap for each class of two or more, and the full cycle for three or more. */
  readonly generators: Permutation[];
}

/** Entries of all generators together: 256 MiB. Classes beyond are left to the search, whose effort is limited. */
const MOST_ENTRIES = 2 ** 26;

/**
 * @param colour Int32 (S): only states of one colour are taken for twins; every automorphism in question keeps colours,
 *               and all candidates of a colour have equally many choices
 */
export function twinsOf(mdp: Mdp, colour: Int32Array): Twins {
  const rank = new Int32Array(mdp.stateCount);
  const generators: Permutation[] = [];
  let order = 1n;
  for (const twins of twinClassesOf(mdp, colour)) {
    if (generators.length * mdp.stateCount > MOST_ENTRIES) break;
    twins.forEach((state, index) => {
      rank[state] = index;
      order *= BigInt(index + 1);
    });
    generators.push(cycle(mdp.stateCount, twins.slice(0, 2)));
    if (twins.length > 2) generators.push(cycle(mdp.stateCount, twins));
  }
  return { rank, order, generators };
}

/** Int32 (S): the smallest twin of each state. For `colour` see `twinsOf`. */
export function firstTwins(mdp: Mdp, colour: Int32Array): Int32Array {
  const first = identity(mdp.stateCount);
  for (const twins of twinClassesOf(mdp, colour)) for (const state of twins) first[state] = twins[0]!;
  return first;
}

/** The classes of two or more. */
function* twinClassesOf(mdp: Mdp, colour: Int32Array): Generator<readonly number[]> {
  const swapTest = swapTester(mdp);
  const neighbours = neighbourhoods(mdp);
  // Twins have the same neighbours apart from each other: those of a class are all adjacent to each other or none is.
  for (const closed of [false, true]) {
    const key = (s: number): string => `${colour[s]} ${neighbourhoodSum(neighbours, s, closed)}`;
    for (const bucket of bucketsOf(mdp.stateCount, key))
      yield* classesOf(bucket, (a, b) => neighbours[a]!.has(b) === closed && swapTest(a, b));
  }
}

/** For each state those that can follow it and those it can follow, itself apart. */
function neighbourhoods(mdp: Mdp): Set<number>[] {
  const neighbours = Array.from({ length: mdp.stateCount }, () => new Set<number>());
  for (let state = 0; state < mdp.stateCount; state++) {
    const to = mdp.rowPtr[mdp.choicePtr[state + 1]!]!;
    for (let k = mdp.rowPtr[mdp.choicePtr[state]!]!; k < to; k++) {
      const successor = mdp.successor[k]!;
      if (successor === state) continue;
      neighbours[state]!.add(successor);
      neighbours[successor]!.add(state);
    }
  }
  return neighbours;
}

/** A number that equal sets share; with `closed` the state counts as its own neighbour. Exact, so order does not matter. */
function neighbourhoodSum(neighbours: readonly Set<number>[], state: number, closed: boolean): number {
  let sum = closed ? mix(state + 1) : 0;
  for (const other of neighbours[state]!) sum += mix(other + 1);
  return sum;
}

/** The buckets of two or more states with the same key. */
function bucketsOf(stateCount: number, keyOf: (state: number) => string): number[][] {
  const buckets = new Map<string, number[]>();
  for (let state = 0; state < stateCount; state++) {
    const key = keyOf(state);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [state]);
    else bucket.push(state);
  }
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

/** The twin classes of two or more states within a bucket, members ascending. */
function classesOf(bucket: readonly number[], areTwins: (a: number, b: number) => boolean): number[][] {
  const classes: number[][] = [];
  for (const state of bucket) {
    const own = classes.find((members) => areTwins(members[0]!, state));
    if (own === undefined) classes.push([state]);
    else own.push(state);
  }
  return classes.filter((members) => members.length > 1);
}

/** Tests swaps by the definition, looking only at rows that the swap can change. */
function swapTester(mdp: Mdp): (a: number, b: number) => boolean {
  const unmoved = identity(mdp.stateCount);
  const moved = identity(mdp.stateCount);
  const owner = new Int32Array(mdp.choiceCount);
  const rows = Array.from({ length: mdp.stateCount }, () => new Set<string>());
  const choicesInto = Array.from({ length: mdp.stateCount }, (): number[] => []);
  for (let state = 0; state < mdp.stateCount; state++) {
    for (let choice = mdp.choicePtr[state]!; choice < mdp.choicePtr[state + 1]!; choice++) {
      owner[choice] = state;
      rows[state]!.add(rowKey(mdp, choice, unmoved));
      for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
        choicesInto[mdp.successor[k]!]!.push(choice);
      }
    }
  }
  const staysARow = (choice: number): boolean =>
    rows[moved[owner[choice]!]!]!.has(rowKey(mdp, choice, moved));
  return (a, b) => {
    moved[a] = b;
    moved[b] = a;
    let kept = rows[a]!.size === rows[b]!.size;
    for (const state of [a, b]) {
      for (let c = mdp.choicePtr[state]!; kept && c < mdp.choicePtr[state + 1]!; c++) kept = staysARow(c);
      for (let i = 0; kept && i < choicesInto[state]!.length; i++) kept = staysARow(choicesInto[state]![i]!);
    }
    moved[a] = a;
    moved[b] = b;
    return kept;
  };
}

function cycle(size: number, members: readonly number[]): Permutation {
  const permutation = identity(size);
  members.forEach((state, index) => {
    permutation[state] = members[(index + 1) % members.length]!;
  });
  return permutation;
}
