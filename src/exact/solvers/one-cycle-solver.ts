import { type Budget, ExactRefusal, newBudget } from '../budget.js';
import type { Marginal } from '../laws/exact-law.js';
import { oneCycleModel } from '../policies/one-cycles.js';
import type { Rows } from '../policies/rows.js';
import { endsApart, type OneCycleProblem, oneCycleChances, oneCyclePower } from './one-cycle-limits.js';
import type { RowChances } from './row-chances.js';
import { type ExactSolver, firstThatAnswers, neverTied } from './state-values.js';
import type { WorkLimits } from './uniform-solver.js';

/** Answers at γ → 1 by counting 1-cycles where there are no longer cycles, else by another solver. */
export function oneCycleSolver(
  rows: Rows,
  marginals: readonly Marginal[],
  { limit }: WorkLimits,
  otherwise: ExactSolver,
): ExactSolver {
  const model = oneCycleModel(rows);
  const cycles = (): OneCycleProblem => {
    if (model === undefined)
      throw new ExactRefusal('the model has cycles of several states, or random transitions');
    const budget: Budget = newBudget(limit);
    return { rows, model, marginals, budget };
  };
  return {
    power: (s) =>
      firstThatAnswers(
        () => oneCyclePower(cycles(), s),
        () => otherwise.power(s),
      ),
    chances: (s) =>
      firstThatAnswers(
        () => blackwell(oneCycleChances(cycles(), s), endsApart(cycles(), s)),
        () => otherwise.chances(s),
      ),
    averageChances: (s) =>
      firstThatAnswers(
        () => oneCycleChances(cycles(), s),
        () => otherwise.averageChances(s),
      ),
  };
}

/** Average-optimality is Blackwell's where gains are never equal. @throws {ExactRefusal} they can be */
export function blackwell(chances: RowChances[], settled: boolean): RowChances[] {
  if (!settled || !neverTied(chances)) throw new ExactRefusal('gains can be equal');
  return chances;
}
