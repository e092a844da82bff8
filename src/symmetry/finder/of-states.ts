import type { Certificate, Witness } from '../certificate.js';
import {
  type Context,
  certified,
  dominatedNames,
  permutationNames,
  witnessByTrial,
  witnessFor,
} from './context.js';
import { type CopyProblem, searchCopy } from './copy-search.js';
import type { Lasso, StateFrontier } from './lassos.js';
import { type Row, type Rows, statesAfter } from './rows.js';

/** An instance, and how many involutions show it; null if they were not counted. */
export interface Instance {
  readonly certificate: Certificate;
  readonly involutions: number | null;
  /** D.12: the share of every orbit that the conjecture D.13 of [P22] would give, where it is more than n/(n+1) */
  readonly conjecture?: string;
}

/** Nodes that counting the involutions of one instance may take. */
const COUNTING = 20_000;

/** φ as it is for all states: what is not listed stays. */
export function total(phi: ReadonlyMap<number, number>): (x: number) => number {
  return (x) => phi.get(x) ?? x;
}

/** [P19] Prop. 6.6 for an ordered pair of states: F(s) ⊇ φ·F_nd(other). */
export function copyOfStateInstance(context: Context, s: number, other: number): Instance | null {
  const { rows, budget } = context;
  const [here, there] = [context.frontier(s), context.frontier(other)];
  const kept = there === null ? null : rowsInUse(rows, there);
  const rowsAt = (x: number): readonly Row[] => kept?.get(x) ?? rows[x]!;
  const isWhole = [...statesAfter(rowsAt(other), rowsAt).add(other)].every(
    (x) => rowsAt(x).length === rows[x]!.length,
  );
  const problem: CopyProblem = {
    rows,
    root: other,
    image: s,
    rootRows: rowsAt(other),
    rootTargets: rows[s]!,
    rowsAt,
    isCompatible: isWhole ? context.isCompatible : (x, y) => rowsAt(x).length <= rows[y]!.length,
    twinClass: context.twinClass,
  };
  if (isWhole && !context.isCompatible(other, s)) return null;
  const { found, complete } = searchCopy(problem, budget, 'find');
  if (!complete) context.cuts.add('the search for copies');
  if (found === null) return null;
  const { strict, needed } =
    here !== null && there !== null
      ? strictOf(context, s, here, there, total(found))
      : { strict: trial(context, s, other, found), needed: [] as number[] };
  const excepted = there === null ? [] : [...uncopied(rows, there, total(found)), ...needed];
  return {
    certificate: certified(context, {
      theorem: '6.6',
      state: context.mdp.states[s]!,
      other: context.mdp.states[other]!,
      permutations: [permutationNames(context, found)],
      ...(excepted.length > 0 && { dominated: dominatedNames(context, there!, new Set(excepted)) }),
      ...(strict !== null && { strict }),
    }),
    involutions: countInvolutions(context, problem),
  };
}

/** The number of involutions that solve a problem, if it is soon counted and a double holds it. */
export function countInvolutions({ counting }: Context, problem: CopyProblem): number | null {
  const budget = { nodes: Math.min(COUNTING, counting.nodes) };
  counting.nodes -= budget.nodes;
  const { involutions } = searchCopy(problem, budget, 'count');
  counting.nodes += Math.max(0, budget.nodes);
  const count = Number(involutions ?? Number.POSITIVE_INFINITY);
  return Number.isSafeInteger(count) ? count : null;
}

/** Rows that some lasso takes which can be the only optimum, from the place on where one counts. */
export function rowsInUse(
  rows: Rows,
  { lassos, visits }: StateFrontier,
  counts: (lasso: Lasso) => boolean = () => true,
  from?: number,
): Map<number, Row[]> {
  const used = new Map<number, Row[]>();
  for (const i of visits.reward.keys()) {
    const lasso = lassos[i]!;
    if (!counts(lasso)) continue;
    const first = from === undefined ? 0 : lasso.indexOf(from);
    for (let t = first; t < lasso.length - 1; t++) {
      const x = lasso[t]!;
      const row = rows[x]!.find(({ next }) => next[0] === lasso[t + 1])!;
      const list = used.get(x) ?? [];
      if (!list.includes(row)) used.set(x, [...list, row]);
    }
  }
  return used;
}

/** Does φ take the lasso to one of the model? */
export function hasCopy(rows: Rows, lasso: Lasso, phi: (x: number) => number): boolean {
  return lasso.slice(1).every((next, t) => rows[phi(lasso[t]!)]!.some((row) => row.next[0] === phi(next)));
}

/** The lassos that have no copy; all of them are dominated. */
function uncopied(rows: Rows, { lassos }: StateFrontier, phi: (x: number) => number): number[] {
  return [...lassos.keys()].filter((i) => !hasCopy(rows, lassos[i]!, phi));
}

/** A lasso of F_nd(s) ∖ φ·F_nd(other), and the copy that has to be shown dominated for it. */
function strictOf(
  context: Context,
  s: number,
  here: StateFrontier,
  there: StateFrontier,
  phi: (x: number) => number,
): { strict: Witness | null; needed: number[] } {
  const { rows } = context;
  const index = new Map(there.lassos.map((lasso, i) => [lasso.join(), i]));
  for (const [i, reward] of here.visits.reward) {
    const lasso = here.lassos[i]!;
    const copy = hasCopy(rows, lasso, phi) ? index.get(lasso.map(phi).join())! : undefined;
    if (copy !== undefined && there.visits.reward.has(copy)) continue;
    if (copy !== undefined && !there.visits.mix.has(copy)) continue;
    const strict = witnessFor(context, s, reward);
    if (strict !== null) return { strict, needed: copy === undefined ? [] : [copy] };
  }
  return { strict: null, needed: [] };
}

function trial(
  context: Context,
  s: number,
  other: number,
  found: ReadonlyMap<number, number>,
): Witness | null {
  const phi = total(found);
  const { rows } = context;
  const isCopied = (x: number, row: Row): boolean => rows[phi(x)]!.some((copy) => isImage(row, copy, phi));
  const reachable = [...statesAfter(rows[s]!, (x) => rows[x]!).add(s)];
  const attractive = reachable.flatMap((x) =>
    rows[x]!.filter((row) => !isCopied(x, row)).flatMap((row) => [x, ...row.next]),
  );
  if (attractive.length === 0 || phi(other) !== s) return null;
  return witnessByTrial(context, s, attractive, (course) =>
    [...course].some(([x, row]) => !isCopied(x, row)),
  );
}

/** Is `copy` the row moved by φ? */
export function isImage(row: Row, copy: Row, phi: (x: number) => number): boolean {
  return (
    row.next.length === copy.next.length &&
    row.next.every((t, k) => {
      const j = copy.next.indexOf(phi(t));
      return j >= 0 && copy.probability[j] === row.probability[k];
    })
  );
}
