import type { Theorem, Witness } from '../certificate.js';
import {
  type Context,
  certified,
  dominatedNames,
  permutationNames,
  witnessByTrial,
  witnessFor,
} from './context.js';
import { type CopyProblem, searchCopy } from './copy-search.js';
import type { Lasso } from './lassos.js';
import { countInvolutions, hasCopy, type Instance, isImage, rowsInUse, total } from './of-states.js';
import { type Row, statesAfter } from './rows.js';

/** Solutions looked at for one that makes the claim strict. */
const MOST_SOLUTIONS = 40;

/**
 * [P19] Prop. 6.9 for an ordered pair of distinct rows of a state: φ·F(s|a') ⊆ F(s|a), part 1 where s is not reached after
 * a', part 2 where nothing else leads from s to what follows the two. With `start`, E.47 instead.
 */
export function copyOfActionInstances(
  context: Context,
  s: number,
  names: readonly [action: string, other: string],
  [a, b]: readonly [Row, Row],
  start?: number,
): Instance[] {
  const { rows, mdp } = context;
  const all = (x: number): readonly Row[] => rows[x]!;
  const [afterA, afterB] = [context.after(a), context.after(b)];
  const theorems: Theorem[] = [];
  if (start === undefined && !afterB.has(s)) theorems.push('6.9(1)');
  const beside = (x: number): readonly Row[] =>
    x === s ? rows[x]!.filter((row) => row !== a && row !== b) : rows[x]!;
  const isAfter = (x: number): boolean => afterA.has(x) || afterB.has(x);
  if (!reachesAny(beside(start ?? s), beside, isAfter))
    theorems.push(start === undefined ? '6.9(2)' : 'E.47');
  if (theorems.length === 0) return [];

  const isSelfMet = statesAfter([b], (x) => (x === s ? [b] : rows[x]!)).has(s);
  const whole: CopyProblem = {
    rows,
    root: s,
    image: s,
    rootRows: [b],
    rootTargets: [a],
    rowsAt: all,
    isCompatible: isSelfMet ? (x, y) => rows[x]!.length <= rows[y]!.length : context.isCompatible,
    twinClass: context.twinClass,
    ...(start !== undefined && { mayMove: Uint8Array.from(rows, (_, x) => (isAfter(x) ? 1 : 0)) }),
  };
  const frontier = start === undefined ? null : context.frontier(start);
  const inUse = frontier === null ? null : rowsInUse(rows, frontier, (lasso) => lassoTakes(lasso, s, b), s);
  let best: { problem: CopyProblem; phi: ReadonlyMap<number, number>; strict: Witness | null } | undefined;
  // E.47 asks for copies of what can be the only optimum alone; where all has its copy, less is to be shown.
  for (const problem of inUse === null ? [whole] : [whole, partOf(whole, inUse)]) {
    let solutions = 0;
    const { complete } = searchCopy(problem, context.budget, 'find', (phi) => {
      const strict = strictOf(context, start ?? s, s, [a, b], phi);
      if (best === undefined || strict !== null) best = { problem, phi, strict };
      return strict !== null || ++solutions >= MOST_SOLUTIONS;
    });
    if (!complete) context.cuts.add('the search for copies');
    if (best !== undefined && best.strict !== null) break;
  }
  if (best === undefined) return [];
  const { problem, phi, strict } = best;
  const involutions = countInvolutions(context, inUse === null ? whole : partOf(whole, inUse));
  const excepted =
    problem === whole || frontier === null
      ? []
      : [...frontier.lassos.keys()].filter(
          (i) =>
            lassoTakes(frontier.lassos[i]!, s, b) &&
            !hasCopyAfter(context, frontier.lassos[i]!, s, a, total(phi)),
        );
  return theorems.map((theorem) => ({
    certificate: certified(context, {
      theorem,
      state: mdp.states[s]!,
      ...(start !== undefined && { start: mdp.states[start]! }),
      action: names[0],
      other: names[1],
      permutations: [permutationNames(context, phi)],
      ...(excepted.length > 0 && { dominated: dominatedNames(context, frontier!, excepted) }),
      ...(strict !== null && { strict }),
    }),
    involutions,
  }));
}

/** Can such a state follow, in one step or more? */
function reachesAny(
  roots: readonly Row[],
  rowsAt: (x: number) => readonly Row[],
  isSuch: (x: number) => boolean,
): boolean {
  const found = new Set(roots.flatMap(({ next }) => next));
  for (const x of found) {
    if (isSuch(x)) return true;
    for (const row of rowsAt(x)) for (const t of row.next) found.add(t);
  }
  return false;
}

/** The problem for the rows after the root that are in use alone. */
function partOf(whole: CopyProblem, inUse: ReadonlyMap<number, readonly Row[]>): CopyProblem {
  const rowsAt = (x: number): readonly Row[] => inUse.get(x) ?? [];
  return {
    ...whole,
    rootRows: rowsAt(whole.root),
    rowsAt,
    isCompatible: (x, y) => rowsAt(x).length <= whole.rows[y]!.length,
  };
}

function lassoTakes(lasso: Lasso, s: number, row: Row): boolean {
  const at = lasso.indexOf(s);
  return at >= 0 && lasso[at + 1] === row.next[0];
}

/** A witness for F_nd(start) ∩ (F(start|π(s)=a) ∖ φ·F(start|π(s)=a')). */
function strictOf(
  context: Context,
  start: number,
  s: number,
  [a, b]: readonly [Row, Row],
  found: ReadonlyMap<number, number>,
): Witness | null {
  if (a === b) return null;
  const { rows } = context;
  const phi = total(found);
  const frontier = context.frontier(start);
  if (frontier !== null) {
    for (const [i, reward] of frontier.visits.reward) {
      const lasso = frontier.lassos[i]!;
      const at = lasso.indexOf(s);
      if (at < 0 || lasso[at + 1] !== a.next[0] || hasCopyAfter(context, lasso, s, b, phi)) continue;
      const strict = witnessFor(context, start, reward);
      if (strict !== null) return strict;
    }
    return null;
  }
  const isCopied = (x: number, row: Row): boolean =>
    (x === s ? [b] : rows[phi(x)]!).some((copy) => isImage(row, copy, phi));
  const attractive = [...statesAfter([a], (x) => (x === s ? [a] : rows[x]!))].flatMap((x) =>
    x === s ? [] : rows[x]!.filter((row) => !isCopied(x, row)).flatMap((row) => [x, ...row.next]),
  );
  if (attractive.length === 0) return null;
  return witnessByTrial(
    context,
    start,
    attractive,
    (course) => course.get(s) === a && [...course].some(([x, row]) => !isCopied(x, row)),
  );
}

function hasCopyAfter(
  { rows }: Context,
  lasso: readonly number[],
  s: number,
  b: Row,
  phi: (x: number) => number,
): boolean {
  return (
    hasCopy(rows, lasso, phi) && lasso.slice(1).every((next, t) => lasso[t] !== s || phi(next) === b.next[0])
  );
}
