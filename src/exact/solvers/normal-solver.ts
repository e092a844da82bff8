import {
  add,
  approximate,
  divide,
  multiply,
  ONE_RATIO,
  type Ratio,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import { type Budget, ExactRefusal, newBudget } from '../budget.js';
import type { Affine } from '../integrals/affine.js';
import type { Marginal } from '../laws/exact-law.js';
import { featureCoordinates } from '../laws/feature-law.js';
import { type GaussianValues, greatestOfGaussians } from '../laws/gaussian.js';
import type { Measured } from '../laws/orthant.js';
import { nextStateVectors, recurrentVectors, rowCandidates } from '../policies/candidates.js';
import { affineFrontier, type FrontierFunction } from '../policies/frontier-functions.js';
import { reachedFrom } from '../policies/rows.js';
import { type ExactQuestion, limitsOf } from './exact-solver.js';
import { lawKind } from './state-values.js';

/** Answers for normal rewards: numbers with a bound on their error. Each throws ExactRefusal where there is no method. */
export interface NormalSolver {
  readonly power: (s: number) => Measured;
  /** P(s, a, γ) for each row; at γ = 1 Blackwell's */
  readonly chances: (s: number) => readonly Measured[];
  /** at γ = 1 only */
  readonly averageChances: (s: number) => readonly Measured[];
}

/** Closed forms for independent normal (or constant) rewards, and for features with normal weights: see gaussian.ts. */
export function normalSolver(question: ExactQuestion): NormalSolver {
  const { rows, gamma } = question;
  const { limit, policyLimit } = limitsOf(question);
  const atEnd = gamma.n === 0n || gamma.n === gamma.d;
  const frontier = (s: number, budget: Budget): FrontierFunction[] => {
    const toAffine = normalCoordinates(question, s);
    const work = { policyLimit, budget };
    const vectors = !atEnd
      ? rowCandidates(rows, s, gamma, work)
      : gamma.n === 0n
        ? nextStateVectors(rows, s)
        : recurrentVectors(rows, s, work);
    return affineFrontier(vectors, toAffine, work.budget);
  };
  const values = (functions: readonly FrontierFunction[], budget: Budget): GaussianValues =>
    greatestOfGaussians(
      functions.map((f) => f.value),
      budget,
    );
  const average = (s: number): Measured[] => {
    const budget = newBudget(limit);
    const functions = frontier(s, budget);
    const wins = values(functions, budget).wins();
    return rows[s]!.map((_, row) => sum(wins.filter((_win, i) => functions[i]!.rows.includes(row))));
  };
  const scale = atEnd ? ONE_RATIO : divide(subtract(ONE_RATIO, gamma), gamma);
  return {
    power: (s) => {
      const budget = newBudget(limit);
      const mean = values(frontier(s, budget), budget).mean();
      const factor = approximate(scale);
      return {
        value: factor * mean.value,
        error: factor * mean.error + 2 ** -51 * factor * Math.abs(mean.value),
      };
    },
    chances: (s) => {
      if (atEnd && frontier(s, newBudget(limit)).some((f) => f.rows.length > 1))
        throw new ExactRefusal(
          'several actions lead to the same limit; later rewards decide, which has no closed form',
        );
      return average(s);
    },
    averageChances: average,
  };
}

/** Vectors over states as functions of standard normal coordinates. @throws {ExactRefusal} other laws than normal ones */
function normalCoordinates({ rows, law }: ExactQuestion, s: number): (vector: readonly Ratio[]) => Affine {
  if (law.kind === 'features' && lawKind([law.weights]) === 'normal') {
    const { project, weights } = featureCoordinates(law);
    return (vector) => onNormals(project(vector), weights);
  }
  if (
    law.kind !== 'independent' ||
    lawKind(reachedFrom(rows, [s]).map((t) => law.marginals[t]!)) !== 'normal'
  )
    throw new ExactRefusal('the rewards are not independent and normal');
  return (vector) => onNormals(vector, law.marginals);
}

function onNormals(vector: readonly Ratio[], marginals: readonly Marginal[]): Affine {
  let constant = ZERO_RATIO;
  const coefficients = vector.map((v, t) => {
    const marginal = marginals[t]!;
    if (v.n === 0n) return ZERO_RATIO;
    const mean =
      marginal.kind === 'normal'
        ? marginal.mean
        : marginal.kind === 'discrete'
          ? marginal.atoms[0]!.value
          : ZERO_RATIO;
    constant = add(constant, multiply(v, mean));
    return marginal.kind === 'normal' ? multiply(v, marginal.deviation) : ZERO_RATIO;
  });
  return { coefficients, constant };
}

function sum(parts: readonly Measured[]): Measured {
  return parts.reduce(
    (total, { value, error }) => ({ value: total.value + value, error: total.error + error }),
    {
      value: 0,
      error: 0,
    },
  );
}
