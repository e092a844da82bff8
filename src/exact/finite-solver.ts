import { divide, multiply, ONE_RATIO, type Ratio, subtract } from '../number/ratio.js';
import { ExactRefusal, newBudget } from './budget.js';
import { nextStateVectors, recurrentVectors, rowCandidates } from './candidates.js';
import type { ExactLaw } from './exact-law.js';
import { finiteLimitChances } from './finite-limits.js';
import { type FiniteValues, finiteValues } from './finite-values.js';
import type { ValueVector } from './frontier-functions.js';
import { oneCycleChances, oneCyclePower } from './one-cycle-limits.js';
import { oneCycleModel } from './one-cycles.js';
import { type Rows, reachedFrom } from './rows.js';
import { type ExactSolver, firstThatAnswers } from './state-values.js';
import type { WorkLimits } from './uniform-solver.js';

/** Answers for laws of finite support, by going through the reward functions on the states that can be reached. */
export function finiteSolver(rows: Rows, law: ExactLaw, gamma: Ratio, limits: WorkLimits): ExactSolver {
  const { limit, policyLimit } = limits;
  const enumerate = (s: number, vectors: readonly ValueVector[]): FiniteValues =>
    finiteValues({ vectors }, rows[s]!.length, law, reachedFrom(rows, [s]), newBudget(limit));
  if (gamma.n === 0n || gamma.n === gamma.d)
    return limitSolver(rows, law, gamma.n === 0n ? 0 : 1, limits, enumerate);
  const known = new Map<number, FiniteValues>();
  const solve = (s: number): FiniteValues => {
    const values = known.get(s) ?? enumerate(s, rowCandidates(rows, s, gamma, policyLimit));
    known.set(s, values);
    return values;
  };
  const factor = divide(subtract(ONE_RATIO, gamma), gamma);
  return {
    power: (s) => multiply(factor, solve(s).mean),
    chances: (s) => solve(s).chances,
    averageChances: onlyAtOne,
  };
}

function limitSolver(
  rows: Rows,
  law: ExactLaw,
  end: 0 | 1,
  { limit, policyLimit }: WorkLimits,
  enumerate: (s: number, vectors: readonly ValueVector[]) => FiniteValues,
): ExactSolver {
  const chances = (s: number) =>
    finiteLimitChances(rows, s, end, law, reachedFrom(rows, [s]), newBudget(limit), policyLimit);
  if (end === 0)
    return { power: (s) => enumerate(s, nextStateVectors(rows, s)).mean, chances, averageChances: onlyAtOne };
  const model = law.kind === 'independent' ? oneCycleModel(rows) : undefined;
  const cycles = () => {
    if (model === undefined || law.kind !== 'independent')
      throw new ExactRefusal('the model has other cycles');
    return { rows, model, marginals: law.marginals, budget: newBudget(limit) };
  };
  const recurrent = (s: number) => enumerate(s, recurrentVectors(rows, s, policyLimit));
  return {
    power: (s) =>
      firstThatAnswers(
        () => oneCyclePower(cycles(), s),
        () => recurrent(s).mean,
      ),
    chances,
    averageChances: (s) =>
      firstThatAnswers(
        () => oneCycleChances(cycles(), s),
        () => recurrent(s).chances,
      ),
  };
}

function onlyAtOne(): never {
  throw new RangeError('average-optimality is a notion of gamma = 1');
}
