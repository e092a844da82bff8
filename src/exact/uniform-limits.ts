import type { Ratio } from '../number/ratio.js';
import { onUnitCube, type Range } from './affine.js';
import type { Budget } from './budget.js';
import { nextStateVectors, recurrentVectors, rowPolicies } from './candidates.js';
import { affineFrontier, type FrontierFunction } from './frontier-functions.js';
import { germAtOne, germAtZero, levelsFor } from './germs.js';
import { greatestOf } from './greatest-of.js';
import { lexicographicWins } from './lexicographic.js';
import { plainEvent, type RowChances, rowChances } from './row-chances.js';
import { type Rows, reachedFrom } from './rows.js';

/** A model, independent uniform (or constant) rewards, and the limits of work. */
export interface LimitProblem {
  readonly rows: Rows;
  readonly ranges: readonly Range[];
  readonly budget: Budget;
  readonly policyLimit: number;
}

/** POWER(s, 0) = E max_a E R(s') (Turner et al. 2021, Def. 5.2 with lemma 5.3). @throws {ExactRefusal} too much work */
export function powerAtZero({ rows, ranges, budget }: LimitProblem, s: number): Ratio {
  return meanGreatest(affineFrontier(nextStateVectors(rows, s), ranges, budget), budget);
}

/** POWER(s, 1) = E max over RSD(s) of d·r (Def. 5.2, 6.10). @throws {ExactRefusal} too many, or too much work */
export function powerAtOne(problem: LimitProblem, s: number): Ratio {
  return meanGreatest(recurrentFrontier(problem, s), problem.budget);
}

/**
 * The chances that a policy through each row of s is average-optimal (Def. 6.11): that the greatest d·r over RSD(s) is
 * attained by a d that it can induce. Weaker than to be optimal for all γ near 1.
 *
 * @throws {ExactRefusal} too many, or too much work
 */
export function averageChances(problem: LimitProblem, s: number): RowChances[] {
  const functions = recurrentFrontier(problem, s);
  const { wins } = greatestOf(
    functions.map((f) => f.value),
    problem.budget,
  );
  const events = functions.map((f, i) => plainEvent(f.rows, wins[i]!));
  return rowChances(problem.rows[s]!.length, events);
}

/**
 * The chances of each row to be optimal for all γ near 0 (end = 0), or for all γ near 1 (end = 1: Blackwell): the limits of
 * the chances at γ (Turner et al. 2021, prop. E.34).
 *
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function limitChances(problem: LimitProblem, s: number, end: 0 | 1): RowChances[] {
  const { rows, ranges, budget } = problem;
  const germOf = end === 0 ? germAtZero : germAtOne;
  const sequences = rowPolicies(rows, s, problem.policyLimit).map((policy) => {
    const germ = germOf(rows, s, policy);
    return { level: (n: number) => onUnitCube(germ(n), ranges), rows: [policy.get(s)!] };
  });
  const levels = levelsFor(reachedFrom(rows, [s]).length);
  const wins = lexicographicWins(sequences, levels, budget);
  return rowChances(
    rows[s]!.length,
    wins.map((win) => plainEvent(win.rows, win.probability)),
  );
}

function meanGreatest(functions: readonly FrontierFunction[], budget: Budget): Ratio {
  return greatestOf(
    functions.map((f) => f.value),
    budget,
  ).mean;
}

function recurrentFrontier(
  { rows, ranges, budget, policyLimit }: LimitProblem,
  s: number,
): FrontierFunction[] {
  return affineFrontier(recurrentVectors(rows, s, policyLimit), ranges, budget);
}
