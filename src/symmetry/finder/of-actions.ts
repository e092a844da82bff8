import type { Theorem, Witness } from '../certificate.js';
import { type Context, certified, permutationNames, witnessByTrial, witnessFor } from './context.js';
import { type CopyProblem, searchCopy } from './copy-search.js';
import { countInvolutions, hasCopy, type Instance, isImage, total } from './of-states.js';
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
  const [afterA, afterB] = [statesAfter([a], all), statesAfter([b], all)];
  const theorems: Theorem[] = [];
  if (start === undefined && !afterB.has(s)) theorems.push('6.9(1)');
  const beside = (x: number): readonly Row[] =>
    x === s ? rows[x]!.filter((row) => row !== a && row !== b) : rows[x]!;
  const besides = statesAfter(beside(start ?? s), beside);
  const isAfter = (x: number): boolean => afterA.has(x) || afterB.has(x);
  if (![...besides].some(isAfter)) theorems.push(start === undefined ? '6.9(2)' : 'E.47');
  if (theorems.length === 0) return [];

  const isSelfMet = statesAfter([b], (x) => (x === s ? [b] : rows[x]!)).has(s);
  const problem: CopyProblem = {
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
  let best: { phi: ReadonlyMap<number, number>; strict: Witness | null } | undefined;
  let solutions = 0;
  const { complete } = searchCopy(problem, context.budget, 'find', (phi) => {
    const strict = strictOf(context, start ?? s, s, [a, b], phi);
    if (best === undefined || strict !== null) best = { phi, strict };
    return strict !== null || ++solutions >= MOST_SOLUTIONS;
  });
  if (!complete) context.cuts.add('the search for copies');
  if (best === undefined) return [];
  const { phi, strict } = best;
  const involutions = countInvolutions(problem);
  return theorems.map((theorem) => ({
    certificate: certified(context, {
      theorem,
      state: mdp.states[s]!,
      ...(start !== undefined && { start: mdp.states[start]! }),
      action: names[0],
      other: names[1],
      permutations: [permutationNames(context, phi)],
      ...(strict !== null && { strict }),
    }),
    involutions,
  }));
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
