import type { Ratio } from '../number/ratio.js';
import { ratio } from '../number/ratio.js';
import type { Range } from './affine.js';
import { ExactRefusal, newBudget } from './budget.js';
import type { Marginal } from './exact-law.js';
import { endsApart, oneCycleChances, oneCyclePower } from './one-cycle-limits.js';
import { oneCycleModel } from './one-cycles.js';
import { uniformProblem } from './problem.js';
import type { RowChances } from './row-chances.js';
import type { Rows } from './rows.js';
import { type ExactSolver, firstThatAnswers, neverTied, type StateValues } from './state-values.js';
import {
  averageChances,
  limitChances,
  powerAtOne,
  powerAtZero,
  treeChancesAtOne,
  treePowerAtOne,
} from './uniform-limits.js';
import { uniformValues } from './uniform-values.js';

/** The limits of work for each state. */
export interface WorkLimits {
  /** operations on big rationals */
  readonly limit: number;
  /** policies that are enumerated */
  readonly policyLimit: number;
}

/** Answers for independent uniform or constant rewards at 0 < γ < 1. */
export function insideSolver(
  rows: Rows,
  ranges: readonly Range[],
  gamma: Ratio,
  { limit, policyLimit }: WorkLimits,
): ExactSolver {
  const problem = uniformProblem(rows, gamma, ranges, newBudget(limit), policyLimit);
  const known = new Map<number, StateValues>();
  const solve = (s: number): StateValues => {
    const values = known.get(s) ?? uniformValues({ ...problem, budget: newBudget(limit) }, s);
    known.set(s, values);
    return values;
  };
  return {
    power: (s) => solve(s).power,
    chances: (s) => solve(s).chances,
    averageChances: onlyAtOne,
  };
}

/** Answers for independent uniform or constant rewards at γ → 0. */
export function zeroSolver(
  rows: Rows,
  ranges: readonly Range[],
  { limit, policyLimit }: WorkLimits,
): ExactSolver {
  const problem = () => ({ rows, ranges, policyLimit, budget: newBudget(limit) });
  return {
    power: (s) => powerAtZero(problem(), s),
    chances: (s) => limitChances(problem(), s, 0),
    averageChances: onlyAtOne,
  };
}

/**
 * Answers for independent uniform or constant rewards at γ → 1: by counting 1-cycles where there are no longer cycles, by
 * laws of gains on trees, by recurrent state distributions otherwise.
 */
export function oneSolver(
  rows: Rows,
  ranges: readonly Range[],
  marginals: readonly Marginal[],
  { limit, policyLimit }: WorkLimits,
): ExactSolver {
  const model = oneCycleModel(rows);
  const gains = uniformProblem(rows, ratio(1n, 2n), ranges, newBudget(limit), policyLimit);
  const problem = () => ({ rows, ranges, policyLimit, budget: newBudget(limit) });
  const tree = () => ({ ...gains, budget: newBudget(limit) });
  const cycles = () => {
    if (model === undefined)
      throw new ExactRefusal('the model has cycles of several states, or random transitions');
    return { rows, model, marginals, budget: newBudget(limit) };
  };
  const blackwell = (chances: RowChances[], settled: boolean): RowChances[] => {
    if (!settled || !neverTied(chances)) throw new ExactRefusal('gains can be equal');
    return chances;
  };
  return {
    power: (s) =>
      firstThatAnswers(
        () => oneCyclePower(cycles(), s),
        () => treePowerAtOne(tree(), s),
        () => powerAtOne(problem(), s),
      ),
    chances: (s) =>
      firstThatAnswers(
        () => blackwell(oneCycleChances(cycles(), s), endsApart(cycles(), s)),
        () => blackwell(treeChancesAtOne(tree(), s), true),
        () => limitChances(problem(), s, 1),
      ),
    averageChances: (s) =>
      firstThatAnswers(
        () => oneCycleChances(cycles(), s),
        () => treeChancesAtOne(tree(), s),
        () => averageChances(problem(), s),
      ),
  };
}

function onlyAtOne(): never {
  throw new RangeError('average-optimality is a notion of gamma = 1');
}
