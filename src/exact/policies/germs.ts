import { add, multiply, negate, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { chainOf, limitingMatrix } from './limiting-matrix.js';
import { solveLinear } from './linear-solve.js';
import type { PartialPolicy } from './policies.js';
import type { Rows } from './rows.js';

/**
 * The leading vectors of a visit distribution f(γ) at one end of [0, 1], level after level. For small enough distance from
 * the end, f·r is greater than f'·r iff the first product level·r in which they differ is greater: the limits of optimal
 * policy sets (Turner et al. 2021, Def. 4.1), and at 1 Blackwell's order (Puterman 2005, theorem 10.1.5).
 */
export type Germ = (level: number) => readonly Ratio[];

/** As many levels as can be needed to tell two visit distributions on k states apart: rational functions of degree ≤ k. */
export function levelsFor(states: number): number {
  return 2 * states + 2;
}

/** At γ → 0: the distributions of the states after 1, 2, 3, … steps. */
export function germAtZero(rows: Rows, s: number, policy: PartialPolicy): Germ {
  const { states, matrix } = chainOf(rows, policy);
  const start = states.map((t) => (t === s ? ONE_RATIO : ZERO_RATIO));
  const known: Ratio[][] = [timesMatrix(start, matrix)];
  return (level) => {
    while (known.length <= level) known.push(timesMatrix(known.at(-1)!, matrix));
    return spread(rows.length, states, known[level]!);
  };
}

/**
 * At γ → 1: with γ = 1/(1+ρ), f/(1+ρ) = e_sᵀ(ρ⁻¹P* + H − ρH² + ρ²H³ − …), H the deviation matrix (Puterman 2005, theorem
 * 8.2.3): the levels P*, H, −H², H³, … of row s. The first is the recurrent state distribution, the second the bias.
 */
export function germAtOne(rows: Rows, s: number, policy: PartialPolicy): Germ {
  const { states, matrix } = chainOf(rows, policy);
  const limit = limitingMatrix({ states, matrix });
  const start = states.map((t) => (t === s ? ONE_RATIO : ZERO_RATIO));
  const known: Ratio[][] = [start];
  return (level) => {
    while (known.length <= level) known.push(timesDeviation(known.at(-1)!, matrix, limit));
    if (level === 0) return spread(rows.length, states, limit[0]!);
    return spread(rows.length, states, level % 2 === 1 ? known[level]! : known[level]!.map(negate));
  };
}

function timesMatrix(x: readonly Ratio[], matrix: readonly (readonly Ratio[])[]): Ratio[] {
  const result: Ratio[] = x.map(() => ZERO_RATIO);
  x.forEach((value, i) => {
    if (value.n !== 0n)
      matrix[i]!.forEach((p, j) => {
        if (p.n !== 0n) result[j] = add(result[j]!, multiply(value, p));
      });
  });
  return result;
}

/** x·H: the solution y of y(I − P + P*) = x(I − P*). */
function timesDeviation(
  x: readonly Ratio[],
  matrix: readonly (readonly Ratio[])[],
  limit: readonly (readonly Ratio[])[],
): Ratio[] {
  const projected = timesMatrix(x, limit);
  const system = x.map((value, j) => [
    ...x.map((_, i) => {
      const entry = subtract(limit[i]![j]!, matrix[i]![j]!);
      return i === j ? add(entry, ONE_RATIO) : entry;
    }),
    subtract(value, projected[j]!),
  ]);
  return solveLinear(system);
}

function spread(length: number, states: readonly number[], values: readonly Ratio[]): Ratio[] {
  const result: Ratio[] = new Array(length).fill(ZERO_RATIO);
  states.forEach((t, i) => {
    result[t] = values[i]!;
  });
  return result;
}
