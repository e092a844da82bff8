import { divide, multiply, ONE_RATIO, type Ratio, subtract } from '../../number/ratio.js';
import { newBudget } from '../budget.js';
import type { ExactLaw } from '../laws/exact-law.js';
import { nextStateVectors, recurrentVectors, rowCandidates } from '../policies/candidates.js';
import type { ValueVector } from '../policies/frontier-functions.js';
import { oneCycleModel } from '../policies/one-cycles.js';
import { type Rows, reachedFrom } from '../policies/rows.js';
import { type Coordinates, finiteLimitChances } from './finite-limits.js';
import { type FiniteValues, finiteValues } from './finite-values.js';
import { oneCycleChances, oneCyclePower } from './one-cycle-limits.js';
import { type ExactSolver, firstThatAnswers } from './state-values.js';
import { onlyAtOne, type WorkLimits } from './uniform-solver.js';

/** Answers for laws of finite support, by going through the reward functions on the states that can be reached. */
export function finiteSolver(rows: Rows, law: ExactLaw, gamma: Ratio, limits: WorkLimits): ExactSolver {
  const model = law.kind === 'independent' && gamma.n === gamma.d ? oneCycleModel(rows) : undefined;
  const onStates = (s: number): Coordinates => ({
    project: (vector) => vector,
    coordinates: reachedFrom(rows, [s]),
  });
  const general = coordinateSolver(rows, law, onStates, gamma, limits);
  if (model === undefined || law.kind !== 'independent') return general;
  const cycles = () => ({ rows, model, marginals: law.marginals, budget: newBudget(limits.limit) });
  return {
    power: (s) => oneCyclePower(cycles(), s),
    chances: general.chances,
    averageChances: (s) =>
      firstThatAnswers(
        () => oneCycleChances(cycles(), s),
        () => general.averageChances(s),
      ),
  };
}

/** The same where rewards are any linear functions of the coordinates of a law of finite support. */
export function coordinateSolver(
  rows: Rows,
  law: ExactLaw,
  coordinatesAt: (s: number) => Coordinates,
  gamma: Ratio,
  limits: WorkLimits,
): ExactSolver {
  const { limit, policyLimit } = limits;
  const enumerate = (s: number, vectors: readonly ValueVector[]): FiniteValues => {
    const { project, coordinates } = coordinatesAt(s);
    const projected = vectors.map(({ vector, rows: first }) => ({ vector: project(vector), rows: first }));
    return finiteValues({ vectors: projected }, rows[s]!.length, law, coordinates, newBudget(limit));
  };
  if (gamma.n === 0n || gamma.n === gamma.d)
    return limitSolver(rows, law, coordinatesAt, gamma.n === 0n ? 0 : 1, limits, enumerate);
  const known = new Map<number, FiniteValues>();
  const solve = (s: number): FiniteValues => {
    const values =
      known.get(s) ?? enumerate(s, rowCandidates(rows, s, gamma, { policyLimit, budget: newBudget(limit) }));
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
  coordinatesAt: (s: number) => Coordinates,
  end: 0 | 1,
  { limit, policyLimit }: WorkLimits,
  enumerate: (s: number, vectors: readonly ValueVector[]) => FiniteValues,
): ExactSolver {
  const chances = (s: number) =>
    finiteLimitChances(rows, s, end, law, coordinatesAt(s), newBudget(limit), policyLimit);
  if (end === 0)
    return { power: (s) => enumerate(s, nextStateVectors(rows, s)).mean, chances, averageChances: onlyAtOne };
  const recurrent = (s: number) =>
    enumerate(s, recurrentVectors(rows, s, { policyLimit, budget: newBudget(limit) }));
  return { power: (s) => recurrent(s).mean, chances, averageChances: (s) => recurrent(s).chances };
}
