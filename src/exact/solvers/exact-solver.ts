import { add, compare, multiply, ONE_RATIO, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { DEFAULT_LIMIT, ExactRefusal, type WorkLimit } from '../budget.js';
import { measureOf, uniformMeasure } from '../integrals/measure.js';
import { constantMarginal, type ExactLaw, type Marginal } from '../laws/exact-law.js';
import { exponentialAlgebra } from '../laws/exponential-algebra.js';
import { type FeatureLaw, featureCoordinates } from '../laws/feature-law.js';
import type { LawAlgebra } from '../laws/law-algebra.js';
import { polynomialAlgebra } from '../laws/polynomial-algebra.js';
import { type Rows, reachedFrom } from '../policies/rows.js';
import { coordinateSolver, finiteSolver } from './finite-solver.js';
import { oneCycleSolver } from './one-cycle-solver.js';
import { DEFAULT_POLICY_LIMIT } from './problem.js';
import {
  conditions,
  type ExactSolver,
  firstThatAnswers,
  lawKind,
  lawRefusal,
  mixChances,
  rangesOf,
} from './state-values.js';
import { treeSolver } from './tree-solver.js';
import { insideSolver, measureSolver, oneSolver, type WorkLimits, zeroSolver } from './uniform-solver.js';

/** A model, a law of rewards, a γ, and how much work may be done for each answer. */
export interface ExactQuestion {
  readonly rows: Rows;
  readonly law: ExactLaw;
  /** 0 ≤ γ ≤ 1; the ends are the limits */
  readonly gamma: Ratio;
  /** operations on big rationals, see budget.ts */
  readonly limit?: number | WorkLimit;
  /** policies that are enumerated from one state */
  readonly policyLimit?: number;
}

/**
 * Exact POWER and optimality probabilities (Turner et al. 2021, Def. 4.4 and 5.2), as fractions: for independent rewards
 * that are uniform, constant, discrete, beta and the like (state by state), or exponential; finite lists of reward functions, orbits,
 * and features with weights of these laws; 0 < γ < 1 and both limits; deterministic and stochastic models. What is learnt about one
 * state is used for the next.
 *
 * @throws {RangeError} γ outside [0, 1]
 */
export function exactSolver(question: ExactQuestion): ExactSolver {
  const { rows, law, gamma } = question;
  const limits = limitsOf(question);
  if (gamma.n < 0n || compare(gamma, ONE_RATIO) > 0) throw new RangeError('gamma must be in [0, 1]');
  if (law.kind === 'features') return featureSolver(rows, law, gamma, limits);
  if (law.kind !== 'independent') return finiteSolver(rows, law, gamma, limits);
  const { marginals } = law;
  const finite = lazily(() => finiteSolver(rows, law, gamma, limits));
  const uniform = lazily(() => uniformSolver(rows, gamma, marginals, limits));
  const treeOf = <L>(algebra: LawAlgebra<L>): ExactSolver => {
    const tree = treeSolver(rows, marginals, gamma, algebra, limits);
    return gamma.n === gamma.d ? oneCycleSolver(rows, marginals, limits, tree) : tree;
  };
  const polynomial = lazily(() => treeOf(polynomialAlgebra));
  const exponential = lazily(() => treeOf(exponentialAlgebra));
  const byRegions = lazily(() => measureSolver(rows, measureOf(marginals), gamma, limits));
  const solverFor = (s: number): ExactSolver => {
    const states = reachedFrom(rows, [s]);
    const kind = lawKind(states.map((t) => marginals[t]!));
    if (kind === 'uniform') return uniform();
    if (kind === 'finite') return treeFirst(polynomial(), finite());
    if (kind === 'mixed' || kind === 'polynomial')
      return treeFirst(polynomial(), mixedSolver(rows, gamma, marginals, states, limits));
    if (kind === 'exponential') return treeFirst(exponential(), byRegions());
    if (kind === 'normal') throw new ExactRefusal('normal rewards have no rational answer');
    throw lawRefusal(states.map((t) => marginals[t]!));
  };
  return {
    power: (s) => solverFor(s).power(s),
    chances: (s) => solverFor(s).chances(s),
    averageChances: (s) => solverFor(s).averageChances(s),
  };
}

/** A tree's answers where it is one, else the other's. */
function treeFirst(tree: ExactSolver, other: ExactSolver): ExactSolver {
  const either = <T>(answer: (solver: ExactSolver) => T): T =>
    firstThatAnswers(
      () => answer(tree),
      () => answer(other),
    );
  return {
    power: (s) => either((solver) => solver.power(s)),
    chances: (s) => either((solver) => solver.chances(s)),
    averageChances: (s) => either((solver) => solver.averageChances(s)),
  };
}

/** The limits of work of a question, with their defaults. */
export function limitsOf({
  limit = DEFAULT_LIMIT,
  policyLimit = DEFAULT_POLICY_LIMIT,
}: ExactQuestion): WorkLimits {
  return { limit, policyLimit };
}

function featureSolver(rows: Rows, law: FeatureLaw, gamma: Ratio, limits: WorkLimits): ExactSolver {
  const { project, weights } = featureCoordinates(law);
  const kind = lawKind([law.weights]);
  if (kind === 'finite') {
    const coordinates = weights.map((_, f) => f);
    const independent: ExactLaw = { kind: 'independent', marginals: weights };
    return coordinateSolver(rows, independent, () => ({ project, coordinates }), gamma, limits);
  }
  if (kind === 'normal') throw new ExactRefusal('normal weights have no rational answer');
  if (kind === undefined) throw lawRefusal([law.weights]);
  const measure = kind === 'uniform' ? uniformMeasure(rangesOf(weights)) : measureOf(weights);
  const projected = { ...measure, toAffine: (vector: readonly Ratio[]) => measure.toAffine(project(vector)) };
  return measureSolver(rows, projected, gamma, limits);
}

function uniformSolver(
  rows: Rows,
  gamma: Ratio,
  marginals: readonly Marginal[],
  limits: WorkLimits,
): ExactSolver {
  const ranges = rangesOf(marginals);
  if (gamma.n === 0n) return zeroSolver(rows, uniformMeasure(ranges), limits);
  if (gamma.n < gamma.d) return insideSolver(rows, ranges, gamma, limits);
  return oneSolver(rows, ranges, marginals, limits);
}

/** The mean over all combinations of the discrete rewards, the others uniform or with polynomial densities: the law of total expectation. */
function mixedSolver(
  rows: Rows,
  gamma: Ratio,
  marginals: readonly Marginal[],
  states: readonly number[],
  limits: WorkLimits,
): ExactSolver {
  const cases = conditions(marginals, states).map(({ chosen, probability }) => {
    const given = marginals.map((marginal, t) => {
      const atom = chosen.get(t);
      return atom === undefined ? marginal : constantMarginal(atom.value);
    });
    const solver = states.some((t) => given[t]!.kind === 'polynomial')
      ? measureSolver(rows, measureOf(given), gamma, limits)
      : uniformSolver(rows, gamma, given, limits);
    return { probability, solver };
  });
  const weights = cases.map(({ probability }) => probability);
  return {
    power: (s) =>
      cases.reduce(
        (sum, { probability, solver }) => add(sum, multiply(probability, solver.power(s))),
        ZERO_RATIO,
      ),
    chances: (s) =>
      mixChances(
        cases.map(({ solver }) => solver.chances(s)),
        weights,
      ),
    averageChances: (s) =>
      mixChances(
        cases.map(({ solver }) => solver.averageChances(s)),
        weights,
      ),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
