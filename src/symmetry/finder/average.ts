import { rationalText } from '../../number/rational.js';
import type { Certificate, Dominated } from '../certificate.js';
import { type Context, certified, pathNames, permutationNames, rewardNames } from './context.js';
import { searchCycleCopy } from './cycle-search.js';
import type { StateFrontier } from './lassos.js';
import { total } from './of-states.js';
import type { Row } from './rows.js';

/** Solutions looked at for one that makes the claim strict. */
const MOST_SOLUTIONS = 40;

/** [P19] Prop. 6.12 for an ordered pair of states: RSD(s) ⊇ φ·RSD_nd(other); deterministic models with few cycles. */
export function averageOfStateInstance(context: Context, s: number, other: number): Certificate | null {
  const [here, there] = [context.frontier(s), context.frontier(other)];
  if (here === null || there === null) return null;
  const wanted = [...there.recurrent.reward.keys()].map((i) => there.cycles[i]!);
  const { found, complete } = searchCycleCopy(wanted, here.cycles, context.budget);
  if (!complete) context.cuts.add('the search for copies of cycles');
  if (found === null) return null;
  const phi = total(found);
  const hereIndex = indexOf(here.cycles);
  const thereIndex = indexOf(there.cycles);
  const excepted = new Set<number>();
  for (const [i, cycle] of there.cycles.entries()) if (!hereIndex.has(image(cycle, phi))) excepted.add(i);
  let reward: readonly bigint[] | undefined;
  for (const [i, direction] of here.recurrent.reward) {
    const copy = thereIndex.get(image(here.cycles[i]!, phi));
    if (copy !== undefined && there.recurrent.reward.has(copy)) continue;
    if (copy !== undefined) excepted.add(copy);
    reward = direction;
    break;
  }
  return certified(context, {
    theorem: '6.12',
    state: context.mdp.states[s]!,
    other: context.mdp.states[other]!,
    permutations: [permutationNames(context, found)],
    ...(excepted.size > 0 && { dominated: dominatedCycles(context, there, excepted) }),
    ...(reward !== undefined && { strict: { reward: rewardNames(context, reward) } }),
  });
}

/**
 * [P19] Prop. 6.13 for the cycles D and D' after two actions of a state, and [P22] Cor. D.11 where D holds two copies of D'
 * and more; deterministic models with few cycles.
 */
export function averageOfActionInstances(
  context: Context,
  s: number,
  names: readonly [action: string, other: string],
  [a, b]: readonly [Row, Row],
): Certificate[] {
  const frontier = context.frontier(s);
  if (frontier === null) return [];
  const { cycles, recurrent } = frontier;
  const [some, others] = [cyclesAfter(frontier, a), cyclesAfter(frontier, b)];
  const used = new Set([...some, ...others].flatMap((i) => cycles[i]!));
  const excepted = new Set<number>();
  for (const [i, cycle] of cycles.entries()) {
    if (some.has(i) || others.has(i) || !cycle.some((x) => used.has(x))) continue;
    if (recurrent.reward.has(i)) return [];
    excepted.add(i);
  }
  const [targets, sources] = [[...some], [...others]].map((list) => list.map((i) => cycles[i]!)) as [
    number[][],
    number[][],
  ];
  const otherTexts = indexOf(sources);
  let best: { phi: ReadonlyMap<number, number>; reward: readonly bigint[] | undefined } | undefined;
  let solutions = 0;
  const { complete } = searchCycleCopy(sources, targets, context.budget, (phi) => {
    const strict = [...recurrent.reward].find(
      ([i]) => some.has(i) && !otherTexts.has(image(cycles[i]!, total(phi))),
    );
    if (best === undefined || strict !== undefined) best = { phi, reward: strict?.[1] };
    return strict !== undefined || ++solutions >= MOST_SOLUTIONS;
  });
  if (!complete) context.cuts.add('the search for copies of cycles');
  if (best === undefined) return [];
  const fields = {
    state: context.mdp.states[s]!,
    action: names[0],
    other: names[1],
    ...(excepted.size > 0 && { dominated: dominatedCycles(context, frontier, excepted) }),
  };
  const { phi, reward } = best;
  const found = [
    certified(context, {
      theorem: '6.13',
      ...fields,
      permutations: [permutationNames(context, phi)],
      ...(reward !== undefined && { strict: { reward: rewardNames(context, reward) } }),
    }),
  ];
  const copies = disjointCopies(context, sources, targets);
  if (copies.length >= 2) {
    const permutations = copies.map((copy) => permutationNames(context, copy));
    found.push(certified(context, { theorem: 'D.11', ...fields, permutations }));
  }
  return found;
}

/** Copies of all sources that share no state with them or each other, one after the other. */
function disjointCopies(
  context: Context,
  sources: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): ReadonlyMap<number, number>[] {
  const copies: ReadonlyMap<number, number>[] = [];
  const blocked = new Set(sources.flat());
  for (;;) {
    const { found, complete } = searchCycleCopy(sources, targets, context.budget, undefined, blocked);
    if (!complete) context.cuts.add('the search for copies of cycles');
    if (found === null) return copies;
    copies.push(found);
    for (const x of found.keys()) blocked.add(x);
  }
}

function cyclesAfter({ lassos, cycleOf }: StateFrontier, row: Row): Set<number> {
  return new Set(cycleOf.filter((_, i) => lassos[i]![1] === row.next[0]));
}

function indexOf(cycles: readonly (readonly number[])[]): Map<string, number> {
  return new Map(cycles.map((cycle, i) => [cycle.join(), i]));
}

function image(cycle: readonly number[], phi: (x: number) => number): string {
  return cycle
    .map(phi)
    .sort((a, b) => a - b)
    .join();
}

/** The proof that cycles are dominated, each shown by a lasso that ends in it. */
function dominatedCycles(
  context: Context,
  { lassos, cycleOf, recurrent }: StateFrontier,
  dominated: Iterable<number>,
): Dominated[] {
  const path = (cycle: number): string[] => pathNames(context, lassos[cycleOf.indexOf(cycle)]!);
  return [...dominated].map((i) => ({
    path: path(i),
    mix: [...recurrent.mix.get(i)!].map(([j, weight]) => ({ weight: rationalText(weight), path: path(j) })),
  }));
}
