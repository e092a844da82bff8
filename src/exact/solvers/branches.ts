import { divide, multiply, ONE_RATIO, type Ratio, subtract } from '../../number/ratio.js';
import { type Row, stayProbability } from '../policies/rows.js';
import { reach, type UniformProblem } from './problem.js';

/** One class of actions at a state s, taken as apart from s itself. */
export interface Branch {
  /** index of the row at s */
  readonly row: number;
  /** the successors other than s and their probabilities */
  readonly successors: readonly number[];
  readonly probabilities: readonly Ratio[];
  /** 1/(1 − γ·P(s|s,a)): how often s is visited if the action is taken at every visit and never returned to otherwise */
  readonly slope: Ratio;
  /** true if s can be reached again from a successor other than s */
  readonly returns: boolean;
  /** the states that can be reached through the successors other than s */
  readonly beyond: ReadonlySet<number>;
  /** true if the reach of no two of these successors overlap */
  readonly apart: boolean;
}

export function branchesAt(problem: UniformProblem, s: number): Branch[] {
  return problem.rows[s]!.map((row, index) => branchOf(problem, s, row, index));
}

function branchOf(problem: UniformProblem, s: number, row: Row, index: number): Branch {
  const kept = row.successors.flatMap((t, e) => (t === s ? [] : [e]));
  const successors = kept.map((e) => row.successors[e]!);
  const beyond = new Set<number>();
  let total = 0;
  for (const t of successors) {
    const states = reach(problem, t);
    total += states.length;
    for (const u of states) beyond.add(u);
  }
  const again = multiply(problem.gamma, stayProbability(row, s));
  return {
    row: index,
    successors,
    probabilities: kept.map((e) => row.probabilities[e]!),
    slope: divide(ONE_RATIO, subtract(ONE_RATIO, again)),
    returns: beyond.has(s),
    beyond,
    apart: total === beyond.size,
  };
}

/** The items in groups whose sets of states do not overlap. */
export function disjointGroups<T>(items: readonly T[], statesOf: (item: T) => Iterable<number>): T[][] {
  const groups: { items: T[]; states: Set<number> }[] = [];
  for (const item of items) {
    const states = new Set(statesOf(item));
    const joined = groups.filter((group) => [...states].some((t) => group.states.has(t)));
    const merged = { items: joined.flatMap((group) => group.items), states };
    merged.items.push(item);
    for (const group of joined) for (const t of group.states) states.add(t);
    groups.splice(0, groups.length, ...groups.filter((group) => !joined.includes(group)), merged);
  }
  return groups.map((group) => group.items);
}
