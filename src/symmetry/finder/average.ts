import { rationalText } from '../../number/rational.js';
import type { Certificate, Dominated, Names } from '../certificate.js';
import { type Context, certified, permutationNames, rewardNames } from './context.js';
import { copiesOfEnds } from './copies-of-ends.js';
import { type Distribution, searchEndCopy } from './end-search.js';
import { distributionText, type Ends } from './ends.js';
import { total } from './of-states.js';
import type { Row } from './rows.js';

/** Solutions looked at for one that makes the claim strict. */
const MOST_SOLUTIONS = 40;

/** [P19] Prop. 6.12 for an ordered pair of states: RSD(s) ⊇ φ·RSD_nd(other). */
export function averageOfStateInstance(context: Context, s: number, other: number): Certificate | null {
  const [here, there] = [context.ends(s), context.ends(other)];
  if (here === null || there === null) return null;
  const wanted = [...there.frontier.reward.keys()].map((i) => there.distributions[i]!);
  const { found, complete } = searchEndCopy(wanted, here.distributions, context.budget);
  if (!complete) context.cuts.add('the search for copies of recurrent distributions');
  if (found === null) return null;
  const phi = total(found);
  const hereIndex = indexOf(here.distributions);
  const thereIndex = indexOf(there.distributions);
  const excepted = new Set<number>();
  for (const [i, end] of there.distributions.entries()) if (!hereIndex.has(image(end, phi))) excepted.add(i);
  let reward: readonly bigint[] | undefined;
  for (const [i, direction] of here.frontier.reward) {
    const copy = thereIndex.get(image(here.distributions[i]!, phi));
    if (copy !== undefined && there.frontier.reward.has(copy)) continue;
    if (copy !== undefined) excepted.add(copy);
    reward = direction;
    break;
  }
  return certified(context, {
    theorem: '6.12',
    state: context.mdp.states[s]!,
    other: context.mdp.states[other]!,
    permutations: [permutationNames(context, found)],
    ...(excepted.size > 0 && { dominated: dominatedEnds(context, there, excepted) }),
    ...(reward !== undefined && { strict: { reward: rewardNames(context, reward) } }),
  });
}

/**
 * [P19] Prop. 6.13 for the recurrent distributions D and D' after two actions of a state, and [P22] Cor. D.11 where D holds
 * two copies of D' and more.
 */
export function averageOfActionInstances(
  context: Context,
  s: number,
  names: readonly [action: string, other: string],
  [a, b]: readonly [Row, Row],
): Certificate[] {
  const ends = context.ends(s);
  if (ends === null) return [];
  const { distributions, after, frontier } = ends;
  const [some, others] = [after.get(a.choice)!, after.get(b.choice)!];
  const used = new Set([...some, ...others].flatMap((i) => [...distributions[i]!.keys()]));
  const excepted = new Set<number>();
  for (const [i, end] of distributions.entries()) {
    if (some.has(i) || others.has(i) || ![...end.keys()].some((x) => used.has(x))) continue;
    if (frontier.reward.has(i)) return [];
    excepted.add(i);
  }
  const targets = [...some].map((i) => distributions[i]!);
  const sources = [...others].map((i) => distributions[i]!);
  const otherTexts = indexOf(sources);
  let best: { phi: ReadonlyMap<number, number>; reward: readonly bigint[] | undefined } | undefined;
  let solutions = 0;
  const { complete } = searchEndCopy(sources, targets, context.budget, (phi) => {
    const strict = [...frontier.reward].find(
      ([i]) => some.has(i) && !otherTexts.has(image(distributions[i]!, total(phi))),
    );
    if (best === undefined || strict !== undefined) best = { phi, reward: strict?.[1] };
    return strict !== undefined || ++solutions >= MOST_SOLUTIONS;
  });
  if (!complete) context.cuts.add('the search for copies of recurrent distributions');
  if (best === undefined) return [];
  const fields = {
    state: context.mdp.states[s]!,
    action: names[0],
    other: names[1],
    ...(excepted.size > 0 && { dominated: dominatedEnds(context, ends, excepted) }),
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
  const { copies, isMost } = copiesOfEnds(sources, targets, context.budget);
  if (!isMost) context.cuts.add('the number of copies in D.11');
  if (copies.length >= 2) {
    const permutations = copies.map((copy) => permutationNames(context, copy));
    found.push(certified(context, { theorem: 'D.11', ...fields, permutations }));
  }
  return found;
}

function indexOf(distributions: readonly Distribution[]): Map<string, number> {
  return new Map(distributions.map((end, i) => [distributionText(end), i]));
}

function image(distribution: Distribution, phi: (x: number) => number): string {
  return distributionText(new Map([...distribution].map(([x, share]) => [phi(x), share])));
}

/** The proof that recurrent distributions are dominated. */
function dominatedEnds(
  { mdp }: Context,
  { distributions, frontier }: Ends,
  dominated: Iterable<number>,
): Dominated[] {
  const named = (i: number): { distribution: Names } => ({
    distribution: Object.fromEntries([...distributions[i]!].map(([x, share]) => [mdp.states[x]!, share])),
  });
  return [...dominated].map((i) => ({
    ...named(i),
    mix: [...frontier.mix.get(i)!].map(([j, weight]) => ({ weight: rationalText(weight), ...named(j) })),
  }));
}
