import type { Mdp } from '../mdp/model.js';
import type { ElementBlock } from './orbit-elements.js';

/**
 * What is compared for each reward function of an orbit:
 * - `power`: the POWER of two states under this one reward function;
 * - `optimality`: two sets of choices of a state, by whether some choice of the set is optimal ("weak" optimality, as
 *   Turner et al. 2021, Def. 4.3, count it): greater if one of `choices` is optimal and none of `others`; equal if both
 *   sets have an optimal choice or neither has;
 * - `value`: the same sets by the greatest Q of a choice in them.
 */
export type OrbitQuestion =
  | { readonly kind: 'power'; readonly state: number; readonly other: number }
  | {
      readonly kind: 'optimality' | 'value';
      readonly state: number;
      readonly choices: readonly number[];
      readonly others: readonly number[];
    };

/** Answers for one element; what stands in the array given to a Decider. */
export const Outcome = { less: -1, equal: 0, greater: 1, undecided: 2 } as const;

/** Answers a question for every element of a block: outcome[b] is one of Outcome. */
export type Decider = (block: ElementBlock, outcome: Int8Array) => void;

/** Something whose worth is compared: a state, or a choice of one. */
export interface Contender {
  readonly state: number;
  /** undefined: the state as such */
  readonly choice?: number;
}

/** The two sides of a question, and all that could be optimal; duplicates of a choice count once. */
export interface Contest {
  readonly contenders: readonly Contender[];
  /** indices into `contenders` */
  readonly side: readonly number[];
  readonly otherSide: readonly number[];
  /** the contenders that are not in `side`, and those not in `otherSide` */
  readonly besideSide: readonly number[];
  readonly besideOther: readonly number[];
  readonly kind: OrbitQuestion['kind'];
}

/** @throws {RangeError} a side without choices */
export function contestOf(mdp: Mdp, question: OrbitQuestion): Contest {
  const { kind, state } = question;
  if (kind === 'power') {
    return contest(kind, [{ state }, { state: question.other }], [0], [1]);
  }
  const distinct: number[] = [];
  for (let c = mdp.choicePtr[state]!; c < mdp.choicePtr[state + 1]!; c++) {
    if (mdp.choiceClass[c] === c) distinct.push(c);
  }
  const indices = (choices: readonly number[]): number[] => [
    ...new Set(choices.map((c) => distinct.indexOf(mdp.choiceClass[c]!))),
  ];
  if (question.choices.length === 0 || question.others.length === 0) {
    throw new RangeError('each side of a question needs a choice');
  }
  const contenders = distinct.map((choice) => ({ state, choice }));
  return contest(kind, contenders, indices(question.choices), indices(question.others));
}

function contest(
  kind: Contest['kind'],
  contenders: readonly Contender[],
  side: readonly number[],
  otherSide: readonly number[],
): Contest {
  const beside = (indices: readonly number[]): number[] =>
    [...contenders.keys()].filter((i) => !indices.includes(i));
  return { kind, contenders, side, otherSide, besideSide: beside(side), besideOther: beside(otherSide) };
}

/** The answer from the exact worth of each contender. */
export function outcomeOf<T>(contest: Contest, worth: readonly T[], compare: (a: T, b: T) => number): number {
  const best = (indices: readonly number[]): T =>
    indices.map((i) => worth[i]!).reduce((a, b) => (compare(a, b) < 0 ? b : a));
  const [a, b] = [best(contest.side), best(contest.otherSide)];
  if (contest.kind !== 'optimality') return Math.sign(compare(a, b));
  const most = best([...worth.keys()]);
  return Number(compare(a, most) === 0) - Number(compare(b, most) === 0);
}
