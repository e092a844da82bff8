import { multiply, ONE_RATIO, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import { winProbability } from '../laws/law.js';
import { type Affine, affineKey, independentGroups, subtractAffine, withoutCovered } from './affine.js';
import { partLaws, totalOf } from './greatest-of.js';
import { regionIntegrals } from './region.js';

/** Functions compared level by level: the greater of two is the one whose first differing level is greater. */
export interface Sequence {
  readonly level: (level: number) => Affine;
  readonly rows: readonly number[];
}

/** A set of sequences that are almost surely greatest together, with their rows and the probability of it. */
export interface LexicographicWin {
  readonly rows: readonly number[];
  readonly probability: Ratio;
}

/**
 * The probability that each class of equal sequences is the greatest, by default for u uniform on the unit cube. Two different affine
 * functions are almost surely different in value, so a level decides between all that differ there, and the next level
 * only compares those that are the same function: each class wins on a polytope.
 *
 * @param levels sequences that are equal on the levels 0 … levels−1 are equal
 * @throws {ExactRefusal} more work than the budget allows
 */
export function lexicographicWins(
  sequences: readonly Sequence[],
  levels: number,
  budget: Budget,
  chance: Chance = cubeChance,
): LexicographicWin[] {
  return winsWithin({ levels, budget, chance }, sequences, 0, [], []);
}

/** P(first[0] is the greatest of `first`, and every cut is positive); `first` is not empty. */
export type Chance = (first: readonly Affine[], cuts: readonly Affine[], budget: Budget) => Ratio;

/**
 * @param first  the functions at the first level that compared anything, the one that has to be the greatest at the front
 * @param cuts   functions that have to be positive, from later levels
 */
function winsWithin(
  problem: { readonly levels: number; readonly budget: Budget; readonly chance: Chance },
  sequences: readonly Sequence[],
  level: number,
  first: readonly Affine[],
  cuts: readonly Affine[],
): LexicographicWin[] {
  const rows = [...new Set(sequences.flatMap((sequence) => sequence.rows))];
  if (sequences.length === 1 || level === problem.levels)
    return [
      { rows, probability: first.length === 0 ? ONE_RATIO : problem.chance(first, cuts, problem.budget) },
    ];
  const groups = new Map<string, { value: Affine; members: Sequence[] }>();
  for (const sequence of sequences) {
    const value = sequence.level(level);
    const key = affineKey(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { value, members: [sequence] });
    else group.members.push(sequence);
  }
  const candidates = [...groups.values()];
  const kept = withoutCovered(candidates.map(({ value }) => value)).map((i) => candidates[i]!);
  if (kept.length === 1) return winsWithin(problem, kept[0]!.members, level + 1, first, cuts);
  return kept.flatMap(({ value, members }) => {
    const others = kept.filter((other) => other.value !== value).map((other) => other.value);
    if (first.length === 0) return winsWithin(problem, members, level + 1, [value, ...others], cuts);
    const more = others.map((other) => subtractAffine(value, other));
    return winsWithin(problem, members, level + 1, first, [...cuts, ...more]);
  });
}

/** The chance for coordinates uniform on [0, 1], by parts that share no coordinate. */
export function cubeChance(first: readonly Affine[], cuts: readonly Affine[], budget: Budget): Ratio {
  const pieces = independentGroups([...first, ...cuts]);
  let probability = ONE_RATIO;
  const rivals = [];
  let own: number[] = [];
  for (const piece of pieces) {
    const functions = piece.filter((i) => i < first.length);
    if (piece.includes(0)) own = piece;
    else if (functions.length === 0) {
      const conditions = piece.map((i) => cuts[i - first.length]!);
      probability = multiply(probability, regionIntegrals(conditions[0]!, conditions, false, budget).volume);
    } else if (functions.length < piece.length) return jointChance(first, cuts, budget);
    else
      rivals.push(
        totalOf(
          partLaws(
            functions.map((i) => first[i]!),
            budget,
          ),
        ),
      );
  }
  if (probability.n === 0n) return ZERO_RATIO;
  const value = first[0]!;
  const conditions = own.flatMap((i) =>
    i === 0 ? [] : [i < first.length ? subtractAffine(value, first[i]!) : cuts[i - first.length]!],
  );
  if (rivals.length === 0)
    return multiply(probability, regionIntegrals(value, conditions, false, budget).volume);
  const law =
    conditions.length === 0
      ? partLaws([value], budget)[0]!
      : regionIntegrals(value, conditions, true, budget).law!;
  return multiply(probability, winProbability(law, rivals));
}

/** The same as one polytope. */
function jointChance(first: readonly Affine[], cuts: readonly Affine[], budget: Budget): Ratio {
  const conditions = [...first.slice(1).map((other) => subtractAffine(first[0]!, other)), ...cuts];
  return regionIntegrals(first[0]!, conditions, false, budget).volume;
}
