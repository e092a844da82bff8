import type { Ratio } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import { lexicographicWins } from '../integrals/lexicographic.js';
import type { Measure } from '../integrals/measure.js';
import { fractionalWin, meanOf, winProbability } from '../laws/law.js';
import { nextStateVectors, recurrentVectors, rowPolicies } from '../policies/candidates.js';
import { affineFrontier, type FrontierFunction } from '../policies/frontier-functions.js';
import { germAtOne, germAtZero, levelsFor } from '../policies/germs.js';
import { type Rows, reachedFrom } from '../policies/rows.js';
import { branchGain, gainBranches, gainLaw } from './gain-law.js';
import type { UniformProblem } from './problem.js';
import { plainEvent, type RowChances, type RowEvent, rowChances } from './row-chances.js';

/** A model, its rewards as functions of independent coordinates, and the limits of work. */
export interface LimitProblem {
  readonly rows: Rows;
  readonly measure: Measure;
  readonly budget: Budget;
  readonly policyLimit: number;
}

/** POWER(s, 0) = E max_a E R(s') (Turner et al. 2021, Def. 5.2 with lemma 5.3). @throws {ExactRefusal} too much work */
export function powerAtZero(problem: LimitProblem, s: number): Ratio {
  return meanGreatest(problem, nextFunctions(problem, s));
}

/** POWER(s, 1) = E max over RSD(s) of d·r (Def. 5.2, 6.10). @throws {ExactRefusal} too many, or too much work */
export function powerAtOne(problem: LimitProblem, s: number): Ratio {
  return meanGreatest(problem, recurrentFunctions(problem, s));
}

/**
 * The chances that a policy through each row of s is average-optimal (Def. 6.11): that the greatest d·r over RSD(s) is
 * attained by a d that it can induce. Weaker than to be optimal for all γ near 1.
 *
 * @throws {ExactRefusal} too many, or too much work
 */
export function averageChances(problem: LimitProblem, s: number): RowChances[] {
  return chancesOf(problem, s, recurrentFunctions(problem, s));
}

/**
 * The chances of each row to be optimal for all γ near 0 (end = 0), or for all γ near 1 (end = 1: Blackwell): the limits of
 * the chances at γ (Turner et al. 2021, prop. E.34). The next state decides near 0, and the gain near 1, unless several rows
 * lead to one function; then policies are compared level by level.
 *
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function limitChances(problem: LimitProblem, s: number, end: 0 | 1): RowChances[] {
  const { rows, measure, budget } = problem;
  const first = end === 0 ? nextFunctions(problem, s) : recurrentFunctions(problem, s);
  if (first.every((f) => f.rows.length === 1)) return chancesOf(problem, s, first);
  const germOf = end === 0 ? germAtZero : germAtOne;
  const sequences = rowPolicies(rows, s, problem).map((policy) => {
    const germ = germOf(rows, s, policy);
    return { level: (n: number) => measure.toAffine(germ(n)), rows: [policy.get(s)!] };
  });
  const wins = lexicographicWins(sequences, levelsFor(reachedFrom(rows, [s]).length), budget, measure.chance);
  const events = wins.map((win) => plainEvent(win.rows, win.probability));
  return rowChances(rows[s]!.length, events);
}

/** POWER(s, 1) where gains join like the branches of a tree. @throws {ExactRefusal} they do not, or too much work */
export function treePowerAtOne(problem: UniformProblem, s: number): Ratio {
  return meanOf(gainLaw(problem, s));
}

/**
 * The chances to be average-optimal where gains join like the branches of a tree; these are Blackwell's too where the
 * strict chances are the weak ones, that is where gains do not tie.
 *
 * @throws {ExactRefusal} they do not, or too much work
 */
export function treeChancesAtOne(problem: UniformProblem, s: number): RowChances[] {
  const branches = gainBranches(problem, s);
  const laws = branches.map((branch) => branchGain(problem, s, branch));
  const events = laws.map((law, i): RowEvent => {
    const others = laws.filter((_, k) => k !== i);
    const strict = winProbability(law, others, true);
    const chances = { weak: winProbability(law, others), strict, fractional: fractionalWin(law, others) };
    return { rows: [branches[i]!.row], chances };
  });
  return rowChances(problem.rows[s]!.length, events);
}

function nextFunctions({ rows, measure, budget }: LimitProblem, s: number): FrontierFunction[] {
  return affineFrontier(nextStateVectors(rows, s), measure.toAffine, budget);
}

function recurrentFunctions(
  { rows, measure, budget, policyLimit }: LimitProblem,
  s: number,
): FrontierFunction[] {
  return affineFrontier(recurrentVectors(rows, s, { policyLimit, budget }), measure.toAffine, budget);
}

function meanGreatest({ measure, budget }: LimitProblem, functions: readonly FrontierFunction[]): Ratio {
  return measure.greatest(
    functions.map((f) => f.value),
    budget,
  ).mean;
}

function chancesOf(problem: LimitProblem, s: number, functions: readonly FrontierFunction[]): RowChances[] {
  const { wins } = problem.measure.greatest(
    functions.map((f) => f.value),
    problem.budget,
  );
  const events = functions.map((f, i) => plainEvent(f.rows, wins[i]!));
  return rowChances(problem.rows[s]!.length, events);
}
