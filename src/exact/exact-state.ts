import { compare, divide, multiply, ONE_RATIO, type Ratio, subtract } from '../number/ratio.js';
import type { Range } from './affine.js';
import { type Budget, ExactRefusal, newBudget } from './budget.js';
import { nextStateVectors, recurrentVectors, rowCandidates } from './candidates.js';
import type { ExactLaw } from './exact-law.js';
import { finiteLimitChances } from './finite-limits.js';
import { finiteValues } from './finite-values.js';
import { DEFAULT_POLICY_LIMIT, type UniformProblem, uniformProblem } from './problem.js';
import { type Rows, reachedFrom } from './rows.js';
import { lawKind, overConditions, rangesOf, type StateValues } from './state-values.js';
import { averageChances, limitChances, powerAtOne, powerAtZero } from './uniform-limits.js';
import { uniformValues } from './uniform-values.js';

/** A model, a law of rewards, a γ, and how much work may be done for each state. */
export interface ExactQuestion {
  readonly rows: Rows;
  readonly law: ExactLaw;
  /** 0 ≤ γ ≤ 1; the ends are the limits */
  readonly gamma: Ratio;
  readonly limit?: number;
  readonly policyLimit?: number;
}

/** Answers for the states of one question; what is learnt about one state is used for the next. */
export type ExactSolver = (s: number) => StateValues;

/**
 * Exact POWER and optimality probabilities (Turner et al. 2021, Def. 4.4 and 5.2), as fractions.
 *
 * Independent rewards that are uniform, constant or discrete (state by state), finite lists of reward functions and orbits;
 * 0 < γ < 1 and both limits; deterministic and stochastic models.
 *
 * @returns a function of the state, which throws ExactRefusal where the answer would cost too much or has no exact method
 * @throws {RangeError} γ outside [0, 1]
 */
export function exactSolver(question: ExactQuestion): ExactSolver {
  const { rows, law, gamma, limit, policyLimit = DEFAULT_POLICY_LIMIT } = question;
  if (gamma.n < 0n || compare(gamma, ONE_RATIO) > 0) throw new RangeError('gamma must be in [0, 1]');
  const end = gamma.n === 0n ? 0 : compare(gamma, ONE_RATIO) === 0 ? 1 : undefined;
  let shared: UniformProblem | undefined;
  return (s) => {
    const states = reachedFrom(rows, [s]);
    const budget = newBudget(limit);
    const kind = lawKind(law, states);
    if (kind === 'finite')
      return end === undefined
        ? finiteInside(question, s, states, budget, policyLimit)
        : finiteAtEnd(question, s, end, states, budget, policyLimit);
    if (law.kind !== 'independent' || kind === 'normal' || kind === 'none')
      throw new ExactRefusal('rewards that are not uniform, constant or discrete have no rational answer');
    const solve = (ranges: readonly Range[]): StateValues => {
      if (end !== undefined) return uniformAtEnd({ rows, ranges, budget, policyLimit }, s, end);
      return uniformValues(uniformProblem(rows, gamma, ranges, budget, policyLimit), s);
    };
    if (kind === 'mixed') return overConditions(law.marginals, states, solve);
    if (end !== undefined) return solve(rangesOf(law.marginals, new Map()));
    shared = {
      ...(shared ?? uniformProblem(rows, gamma, rangesOf(law.marginals, new Map()), budget, policyLimit)),
      budget,
    };
    return uniformValues(shared, s);
  };
}

function uniformAtEnd(problem: Parameters<typeof powerAtZero>[0], s: number, end: 0 | 1): StateValues {
  const power = end === 0 ? powerAtZero(problem, s) : powerAtOne(problem, s);
  const chances = limitChances(problem, s, end);
  return end === 0 ? { power, chances } : { power, chances, average: averageChances(problem, s) };
}

function finiteInside(
  { rows, law, gamma }: ExactQuestion,
  s: number,
  states: readonly number[],
  budget: Budget,
  policyLimit: number,
): StateValues {
  const vectors = rowCandidates(rows, s, gamma, policyLimit);
  const { mean, chances } = finiteValues({ vectors }, rows[s]!.length, law, states, budget);
  return { power: multiply(divide(subtract(ONE_RATIO, gamma), gamma), mean), chances };
}

function finiteAtEnd(
  { rows, law }: ExactQuestion,
  s: number,
  end: 0 | 1,
  states: readonly number[],
  budget: Budget,
  policyLimit: number,
): StateValues {
  const vectors = end === 0 ? nextStateVectors(rows, s) : recurrentVectors(rows, s, policyLimit);
  const first = finiteValues({ vectors }, rows[s]!.length, law, states, budget);
  const chances = finiteLimitChances(rows, s, end, law, states, budget, policyLimit);
  return end === 0 ? { power: first.mean, chances } : { power: first.mean, chances, average: first.chances };
}
