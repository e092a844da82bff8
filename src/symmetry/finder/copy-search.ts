import { type Row, type Rows, statesAfter } from './rows.js';

/** An involution φ is wanted that copies what can happen from `root` to what can happen from `image` = φ(root). */
export interface CopyProblem {
  readonly rows: Rows;
  readonly root: number;
  readonly image: number;
  /** rows of the root that need a copy, and those it may be */
  readonly rootRows: readonly Row[];
  readonly rootTargets: readonly Row[];
  /** rows that need a copy at other states */
  readonly rowsAt: (x: number) => readonly Row[];
  /** Is a state that needs copies of all its rows allowed to go there? A necessary condition. */
  readonly isCompatible: (x: number, y: number) => boolean;
  /** states that may move; all if absent */
  readonly mayMove?: Uint8Array;
  /** classes of states such that a swap within one is an automorphism */
  readonly twinClass: Int32Array;
}

/** What a search may spend; several searches may share one. */
export interface Budget {
  nodes: number;
}

export interface CopySearch {
  /** false if the budget ended it */
  readonly complete: boolean;
  /** φ as a partial map on the states that matter; the others stay */
  readonly found: ReadonlyMap<number, number> | null;
  /** with `count`: how many involutions do it; null if the budget ended the search */
  readonly involutions: bigint | null;
}

/** The search goes as deep as there are rows that need a copy; deeper ones are not begun. */
const MOST_TASKS = 4000;

/**
 * Backtracking over the rows that need a copy, in order of search from the root, each with its possible copies. Swapping
 * unassigned twins changes nothing that matters, so of these one is tried (not when counting).
 *
 * @param accept  goes on if it says no to a solution
 */
export function searchCopy(
  problem: CopyProblem,
  budget: Budget,
  mode: 'find' | 'count',
  accept: (phi: ReadonlyMap<number, number>) => boolean = () => true,
): CopySearch {
  const { rows, root, image, rootRows, rootTargets, rowsAt, mayMove } = problem;
  const rowsFor = (x: number): readonly Row[] => (x === root ? rootRows : rowsAt(x));
  const domain = statesAfter(rootRows, rowsFor).add(root);
  const order = [root, ...[...domain].filter((x) => x !== root)];
  const tasks = order.flatMap((x) => rowsFor(x).map((row) => [x, row] as const));
  if (tasks.length > MOST_TASKS) return { complete: false, found: null, involutions: null };
  // A plain array: there are many searches, and memory outside the heap is slow to get.
  const phi = new Array<number>(rows.length).fill(-1);
  const trail: number[] = [];
  let complete = true;
  let found: Map<number, number> | null = null;
  let involutions = 0n;

  const canAssign = (x: number, y: number): boolean => {
    if (phi[x] === y) return true;
    if (phi[x] !== -1 || phi[y] !== -1) return false;
    if (mayMove !== undefined && x !== y && (mayMove[x] === 0 || mayMove[y] === 0)) return false;
    const isFree = (a: number, b: number): boolean =>
      !domain.has(a) || a === root || problem.isCompatible(a, b);
    return isFree(x, y) && isFree(y, x);
  };
  const assign = (x: number, y: number): void => {
    for (const [a, b] of [
      [x, y],
      [y, x],
    ] as const) {
      if (phi[a] !== -1) continue;
      phi[a] = b;
      trail.push(a);
    }
  };
  const undo = (length: number): void => {
    while (trail.length > length) phi[trail.pop()!] = -1;
  };
  /** All ways to let the successors of a row go to those of another. */
  const bijections = (row: Row, target: Row): (readonly number[])[] => {
    const ways: (readonly number[])[] = [];
    const extend = (chosen: readonly number[]): void => {
      const i = chosen.length;
      if (i === row.next.length) ways.push(chosen);
      else {
        for (const [j, v] of target.next.entries()) {
          if (chosen.includes(v) || row.probability[i] !== target.probability[j]) continue;
          if (!canAssign(row.next[i]!, v)) continue;
          const before = trail.length;
          assign(row.next[i]!, v);
          extend([...chosen, v]);
          undo(before);
        }
      }
    };
    if (row.next.length === target.next.length) extend([]);
    return ways;
  };
  const waysFor = (x: number, row: Row): (readonly number[])[] => {
    const ways = (x === root ? rootTargets : rows[phi[x]!]!).flatMap((target) => bijections(row, target));
    if (mode === 'count' || row.next.length > 1) return ways;
    const u = row.next[0]!;
    const seen = new Set<string>();
    return ways.filter(([v]) => {
      if (phi[v!] !== -1 || v === u) return true;
      const kind = `${problem.twinClass[v!]} ${domain.has(v!)}`;
      if (seen.has(kind)) return false;
      seen.add(kind);
      return true;
    });
  };
  const finish = (): boolean => {
    if (mode === 'count') {
      let free = 0;
      phi.forEach((to, x) => {
        if (to === -1 && (mayMove === undefined || mayMove[x] === 1)) free++;
      });
      involutions += involutionCount(free);
      return false;
    }
    const solution = new Map([...phi.entries()].filter(([, to]) => to !== -1));
    if (!accept(solution)) return false;
    found = solution;
    return true;
  };
  const search = (first: number): boolean => {
    const before = trail.length;
    for (let i = first; ; i++) {
      if (i === tasks.length) return finish();
      const [x, row] = tasks[i]!;
      const ways = waysFor(x, row);
      budget.nodes -= Math.max(1, ways.length);
      if (budget.nodes < 0) complete = false;
      if (ways.length === 0 || !complete) break;
      if (ways.length === 1) {
        row.next.forEach((u, k) => {
          assign(u, ways[0]![k]!);
        });
        continue;
      }
      const here = trail.length;
      for (const way of ways) {
        row.next.forEach((u, k) => {
          assign(u, way[k]!);
        });
        if (search(i + 1)) return true;
        undo(here);
        if (!complete) break;
      }
      break;
    }
    undo(before);
    return false;
  };

  if (canAssign(root, image)) {
    assign(root, image);
    search(0);
  }
  return { complete, found, involutions: complete && mode === 'count' ? involutions : null };
}

const known = [1n, 1n];

/** The number of involutions of n things, the identity among them: 1, 1, 2, 4, 10, 26, 76, 232, 764, … */
function involutionCount(n: number): bigint {
  for (let k = known.length; k <= n; k++) known.push(known[k - 1]! + BigInt(k - 1) * known[k - 2]!);
  return known[n]!;
}
