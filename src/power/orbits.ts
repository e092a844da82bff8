import type { Mdp } from '../mdp/model.js';
import type { RewardSource } from '../rewards/source.js';
import { automorphismGroup } from '../symmetry/automorphism-group.js';
import { choiceImages } from '../symmetry/permutation.js';
import { mergeByPermutation, orbitsOf, rootOf } from '../symmetry/union-find.js';

/** Sets of states with equal POWER and of choices that are equally likely optimal, numbered from 0 by their first member. */
export interface Orbits {
  /** Int32 (S): the number of each state's set */
  readonly ofState: Int32Array;
  /** Int32 (C): the number of each choice's set */
  readonly ofChoice: Int32Array;
  /** Int32: members of each set of states */
  readonly stateMembers: Int32Array;
  /** Int32: members of each set of choices */
  readonly choiceMembers: Int32Array;
}

/** Incidences looked at in the search for symmetries, at most: a fraction of a second. */
const SEARCH_BUDGET = 2e7;

/**
 * The orbits of states and choices under automorphisms φ that keep the reward law, φ·D = D: the law of the samples of
 * POWER(s) is then that of POWER(φ(s)), and that of "c is optimal" that of "φ(c) is optimal". Choices that are equal in
 * law are one set too.
 *
 * @param classes  Int32 (C): the first choice of the state that counts as the same action
 */
export function lawOrbits(mdp: Mdp, source: RewardSource, classes: Int32Array): Orbits {
  const generators = source.exchangeable
    ? automorphismGroup(mdp, { stateClass: source.lawClass, budget: SEARCH_BUDGET }).generators
    : [];
  const parent = Int32Array.from(classes);
  for (const generator of generators) mergeByPermutation(parent, choiceImages(mdp, generator)!);
  const states = numbered(orbitsOf(mdp.stateCount, generators));
  const choices = numbered(parent.map((_, c) => rootOf(parent, c)));
  return {
    ofState: states.set,
    stateMembers: states.members,
    ofChoice: choices.set,
    choiceMembers: choices.members,
  };
}

/** The members of every set, in ascending order. */
export function membersOfSets(set: Int32Array): number[][] {
  const members: number[][] = [];
  set.forEach((number, member) => {
    members[number] ??= [];
    members[number].push(member);
  });
  return members;
}

function numbered(first: Int32Array): { set: Int32Array; members: Int32Array } {
  const set = new Int32Array(first.length);
  const members: number[] = [];
  first.forEach((root, i) => {
    if (root === i) set[i] = members.push(0) - 1;
    else set[i] = set[root];
    members[set[i]]++;
  });
  return { set, members: Int32Array.from(members) };
}

/**
 * Averages of a block over the sets, row-major as the block: out[set·columns + b].
 * @param rows  the values of member i are rows[i·columns … (i+1)·columns−1]
 */
export function orbitAverages(
  rows: Float64Array,
  columns: number,
  set: Int32Array,
  members: Int32Array,
): Float64Array {
  const averages = new Float64Array(members.length * columns);
  for (let i = 0; i < set.length; i++) {
    const [from, to] = [i * columns, set[i] * columns];
    for (let b = 0; b < columns; b++) averages[to + b] += rows[from + b];
  }
  members.forEach((count, o) => {
    if (count === 1) return;
    for (let i = o * columns; i < (o + 1) * columns; i++) averages[i] /= count;
  });
  return averages;
}
