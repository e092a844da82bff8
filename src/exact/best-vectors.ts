import { add, multiply, type Ratio, ZERO_RATIO } from '../number/ratio.js';
import { type Budget, ExactRefusal, newBudget } from './budget.js';
import { type Measure, measureOf, uniformMeasure } from './integrals/measure.js';
import { constantMarginal, type ExactLaw, type Marginal } from './laws/exact-law.js';
import { featureCoordinates } from './laws/feature-law.js';
import { affineFrontier, type ValueVector } from './policies/frontier-functions.js';
import { finiteValues } from './solvers/finite-values.js';
import { plainEvent, rowChances } from './solvers/row-chances.js';
import { conditions, lawKind, lawRefusal, rangesOf } from './solvers/state-values.js';

/** E max_i v_i·R, and for each i the probability that v_i·R is the greatest, ties counted for all of them. */
export interface BestVectors {
  readonly mean: Ratio;
  readonly chances: readonly Ratio[];
}

/**
 * How often each of some vectors over states is the best for R ~ D, exactly: visit distributions compete for V*(s, γ), and
 * recurrent state distributions for the optimal average reward (Turner et al. 2021, Def. 4.4 and 6.11, for vectors in the
 * place of actions).
 *
 * @param vectors  at least one, entries over states
 * @param limit    operations on big rationals, see budget.ts
 * @throws {ExactRefusal} a law without exact method (normal ones have none here), or too much work
 */
export function bestVectors(
  vectors: readonly (readonly Ratio[])[],
  law: ExactLaw,
  limit?: number,
): BestVectors {
  const budget = newBudget(limit);
  if (law.kind === 'features') {
    const { project, weights } = featureCoordinates(law);
    return underIndependent(vectors.map(project), weights, budget);
  }
  if (law.kind === 'independent') return underIndependent(vectors, law.marginals, budget);
  return underFinite(vectors, law, budget);
}

function underIndependent(
  vectors: readonly (readonly Ratio[])[],
  marginals: readonly Marginal[],
  budget: Budget,
): BestVectors {
  const coordinates = usedBy(vectors);
  const laws = coordinates.map((t) => marginals[t]!);
  switch (lawKind(laws)) {
    case 'finite':
      return underFinite(vectors, { kind: 'independent', marginals }, budget);
    case 'uniform':
    case 'mixed':
    case 'polynomial':
      return underMixed(vectors, marginals, coordinates, budget);
    case 'normal':
      throw new ExactRefusal('normal rewards have no rational answer');
    case 'exponential':
      return underMeasure(vectors, measureOf(marginals), budget);
    default:
      throw lawRefusal(laws);
  }
}

/** The mean over all combinations of the discrete rewards, the others with densities. */
function underMixed(
  vectors: readonly (readonly Ratio[])[],
  marginals: readonly Marginal[],
  coordinates: readonly number[],
  budget: Budget,
): BestVectors {
  let mean = ZERO_RATIO;
  let chances: Ratio[] = vectors.map(() => ZERO_RATIO);
  for (const { chosen, probability } of conditions(marginals, coordinates)) {
    const given = marginals.map((marginal, t) => {
      const atom = chosen.get(t);
      return atom === undefined ? marginal : constantMarginal(atom.value);
    });
    const smooth = coordinates.some((t) => given[t]!.kind === 'polynomial');
    const measure = smooth ? measureOf(given) : uniformMeasure(rangesOf(given));
    const part = underMeasure(vectors, measure, budget);
    mean = add(mean, multiply(probability, part.mean));
    chances = chances.map((chance, i) => add(chance, multiply(probability, part.chances[i]!)));
  }
  return { mean, chances };
}

/** A mixture of different functions is the greatest only where these tie, which has probability 0; equal ones tie always. */
function underMeasure(vectors: readonly (readonly Ratio[])[], measure: Measure, budget: Budget): BestVectors {
  const functions = affineFrontier(numbered(vectors), measure.toAffine, budget);
  const { mean, wins } = measure.greatest(
    functions.map(({ value }) => value),
    budget,
  );
  const events = functions.map(({ rows }, i) => plainEvent(rows, wins[i]!));
  return { mean, chances: rowChances(vectors.length, events).map(({ weak }) => weak) };
}

function underFinite(vectors: readonly (readonly Ratio[])[], law: ExactLaw, budget: Budget): BestVectors {
  const competition = { vectors: numbered(vectors) };
  const { mean, chances } = finiteValues(competition, vectors.length, law, usedBy(vectors), budget);
  return { mean, chances: chances.map(({ weak }) => weak) };
}

/** Each vector as a competitor of its own. */
function numbered(vectors: readonly (readonly Ratio[])[]): ValueVector[] {
  return vectors.map((vector, i) => ({ vector, rows: [i] }));
}

/** The coordinates on which some vector is not 0. */
function usedBy(vectors: readonly (readonly Ratio[])[]): number[] {
  return vectors[0]!.flatMap((_, t) => (vectors.some((vector) => vector[t]!.n !== 0n) ? [t] : []));
}
