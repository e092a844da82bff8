import { divide, multiply, ONE_RATIO, type Ratio, ratio, subtract } from '../../number/ratio.js';
import { newBudget, type WorkLimit } from '../budget.js';
import type { Range } from '../integrals/affine.js';
import { type Measure, uniformMeasure } from '../integrals/measure.js';
import type { Marginal } from '../laws/exact-law.js';
import { rowCandidates } from '../policies/candidates.js';
import { affineFrontier } from '../policies/frontier-functions.js';
import type { Rows } from '../policies/rows.js';
import { blackwell, oneCycleSolver } from './one-cycle-solver.js';
import { uniformProblem } from './problem.js';
import { plainEvent, rowChances } from './row-chances.js';
import { type ExactSolver, firstThatAnswers, type StateValues } from './state-values.js';
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
  readonly limit: number | WorkLimit;
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

/** Answers for functions of independent coordinates at γ → 0. */
export function zeroSolver(rows: Rows, measure: Measure, { limit, policyLimit }: WorkLimits): ExactSolver {
  const problem = () => ({ rows, measure, policyLimit, budget: newBudget(limit) });
  return {
    power: (s) => powerAtZero(problem(), s),
    chances: (s) => limitChances(problem(), s, 0),
    averageChances: onlyAtOne,
  };
}

/** Answers for functions of independent coordinates at γ → 1, by recurrent state distributions. */
function frontierSolverAtOne(rows: Rows, measure: Measure, { limit, policyLimit }: WorkLimits): ExactSolver {
  const problem = () => ({ rows, measure, policyLimit, budget: newBudget(limit) });
  return {
    power: (s) => powerAtOne(problem(), s),
    chances: (s) => limitChances(problem(), s, 1),
    averageChances: (s) => averageChances(problem(), s),
  };
}

/** Answers for functions of independent coordinates at 0 < γ < 1, by enumeration of visit distributions. */
function frontierSolver(
  rows: Rows,
  measure: Measure,
  gamma: Ratio,
  { limit, policyLimit }: WorkLimits,
): ExactSolver {
  const factor = divide(subtract(ONE_RATIO, gamma), gamma);
  const known = new Map<number, StateValues>();
  const solve = (s: number): StateValues => {
    const earlier = known.get(s);
    if (earlier !== undefined) return earlier;
    const budget = newBudget(limit);
    const functions = affineFrontier(
      rowCandidates(rows, s, gamma, { policyLimit, budget }),
      measure.toAffine,
      budget,
    );
    const { mean, wins } = measure.greatest(
      functions.map((f) => f.value),
      budget,
    );
    const events = functions.map((f, i) => plainEvent(f.rows, wins[i]!));
    const values = { power: multiply(factor, mean), chances: rowChances(rows[s]!.length, events) };
    known.set(s, values);
    return values;
  };
  return { power: (s) => solve(s).power, chances: (s) => solve(s).chances, averageChances: onlyAtOne };
}

/** Answers by enumeration at any γ. */
export function measureSolver(rows: Rows, measure: Measure, gamma: Ratio, limits: WorkLimits): ExactSolver {
  if (gamma.n === 0n) return zeroSolver(rows, measure, limits);
  return gamma.n < gamma.d
    ? frontierSolver(rows, measure, gamma, limits)
    : frontierSolverAtOne(rows, measure, limits);
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
  const gains = uniformProblem(rows, ratio(1n, 2n), ranges, newBudget(limit), policyLimit);
  const general = frontierSolverAtOne(rows, uniformMeasure(ranges), { limit, policyLimit });
  const tree = () => ({ ...gains, budget: newBudget(limit) });
  return oneCycleSolver(
    rows,
    marginals,
    { limit, policyLimit },
    {
      power: (s) =>
        firstThatAnswers(
          () => treePowerAtOne(tree(), s),
          () => general.power(s),
        ),
      chances: (s) =>
        firstThatAnswers(
          () => blackwell(treeChancesAtOne(tree(), s), true),
          () => general.chances(s),
        ),
      averageChances: (s) =>
        firstThatAnswers(
          () => treeChancesAtOne(tree(), s),
          () => general.averageChances(s),
        ),
    },
  );
}

/** There is no average-optimality inside (0, 1). */
export function onlyAtOne(): never {
  throw new RangeError('average-optimality is a notion of gamma = 1');
}
