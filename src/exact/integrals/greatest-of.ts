import { add, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';
import { addUniform, type Law, maxLaw, meanOf, sumLaw, winLaw, winProbability } from '../laws/law.js';
import { combination, integralBetween } from '../laws/piecewise.js';
import {
  type Affine,
  affineKey,
  commonestPart,
  independentGroups,
  meanOfAffine,
  sharedCoordinates,
  subtractAffine,
  supportOf,
  withoutCovered,
} from './affine.js';
import type { RegionIntegrals } from './face-integrals.js';
import { regionIntegrals } from './region.js';

/** E max_i f_i(u) and P(f_i is the greatest), u uniform on the unit cube. */
export interface GreatestOf {
  readonly mean: Ratio;
  /** aligned with the functions; equal functions all get their common probability */
  readonly wins: readonly Ratio[];
}

/**
 * The exact mean of the greatest of some affine functions of independent uniform coordinates, and the probability of each
 * to be it. Functions are split into groups that share no coordinate; the laws of the groups' maxima are piecewise
 * polynomials, and the maximum of all is a one-dimensional integral. What shares coordinates is integrated over the
 * polytope on which one function is the greatest.
 *
 * @throws {ExactRefusal} more work than the budget allows
 */
export function greatestOf(functions: readonly Affine[], budget: Budget): GreatestOf {
  const keys = functions.map(affineKey);
  const distinct = [...new Set(keys)].map((key) => functions[keys.indexOf(key)]!);
  const distinctKeys = distinct.map(affineKey);
  const base = sparsifier(distinct);
  const sparse = distinct.map((f) => subtractAffine(f, base));
  const kept = withoutCovered(sparse);
  const { mean, wins } = greatestOfSparse(
    kept.map((i) => sparse[i]!),
    budget,
  );
  const winOf = new Map(kept.map((i, k) => [distinctKeys[i]!, wins[k]!]));
  return { mean: add(mean, meanOfAffine(base)), wins: keys.map((key) => winOf.get(key) ?? ZERO_RATIO) };
}

/** What to take from all functions so that they fall into groups of as few coordinates as possible: the commonest part or 0. */
function sparsifier(functions: readonly Affine[]): Affine {
  const nothing = subtractAffine(functions[0]!, functions[0]!);
  const commonest = commonestPart(functions);
  const size = (base: Affine): number => {
    const sparse = functions.map((f) => subtractAffine(f, base));
    const coordinates = independentGroups(sparse).map(
      (group) => new Set(group.flatMap((i) => supportOf(sparse[i]!))).size,
    );
    return Math.max(...coordinates);
  };
  return size(commonest) <= size(nothing) ? commonest : nothing;
}

function greatestOfSparse(functions: readonly Affine[], budget: Budget): GreatestOf {
  if (functions.length === 1) return { mean: meanOfAffine(functions[0]!), wins: [ONE_RATIO] };
  if (functions.length === 2) return greaterOfTwo(functions[0]!, functions[1]!, budget);
  const groups = independentGroups(functions);
  if (groups.length === 1) {
    const regions = regionsOf(functions, false, budget);
    return { mean: regions.map((r) => r.integral).reduce(add), wins: regions.map((r) => r.volume) };
  }
  const laws = groups.map((group) =>
    partLaws(
      group.map((i) => functions[i]!),
      budget,
    ),
  );
  const totals = laws.map(totalOf);
  const wins: Ratio[] = new Array(functions.length);
  groups.forEach((group, g) => {
    const others = totals.filter((_, k) => k !== g);
    chargeProduct(totals, budget);
    group.forEach((i, k) => {
      wins[i] = winProbability(laws[g]![k]!, others);
    });
  });
  return { mean: meanOf(maxLaw(totals)), wins };
}

/** E max(f, g) = E g + E (f − g)₊, from the law of the difference alone. */
function greaterOfTwo(f: Affine, g: Affine, budget: Budget): GreatestOf {
  const law = lawOfOne(subtractAffine(f, g), budget);
  const last = law.knots.at(-1)!;
  const zeroToLast = integralBetween(law, ZERO_RATIO, last);
  const positivePart = last.n <= 0n ? ZERO_RATIO : subtract(last, zeroToLast);
  const win = winProbability({ knots: [ZERO_RATIO], pieces: [{ coefficients: [1n], denominator: 1n }] }, [
    law,
  ]);
  return { mean: add(meanOfAffine(g), positivePart), wins: [subtract(ONE_RATIO, win), win] };
}

/** The law of one affine function. */
function lawOfOne(f: Affine, budget: Budget): Law {
  const support = supportOf(f);
  spend(budget, 2 ** support.length * (4 + support.length), `the law of a sum of ${support.length} rewards`);
  return sumLaw(
    support.map((j) => f.coefficients[j]!),
    f.constant,
  );
}

/** For each function, the law of the maximum of all cut down to where this function is the greatest. */
export function partLaws(functions: readonly Affine[], budget: Budget): Law[] {
  if (functions.length === 1) return [lawOfOne(functions[0]!, budget)];
  const shared = sharedCoordinates(functions);
  if (shared.length > 0) {
    const rest = functions.map((f) => without(f, shared));
    let laws = partLaws(rest, budget);
    for (const j of shared) laws = laws.map((law) => addScaled(law, functions[0]!.coefficients[j]!, budget));
    return laws;
  }
  const groups = independentGroups(functions);
  if (groups.length === 1) return regionsOf(functions, true, budget).map((region) => region.law!);
  const inner = groups.map((group) =>
    partLaws(
      group.map((i) => functions[i]!),
      budget,
    ),
  );
  const totals = inner.map(totalOf);
  const result: Law[] = new Array(functions.length);
  groups.forEach((group, g) => {
    const others = totals.filter((_, k) => k !== g);
    chargeProduct(totals, budget);
    group.forEach((i, k) => {
      result[i] = winLaw(inner[g]![k]!, others);
    });
  });
  return result;
}

/** The law of Z + c·U. */
function addScaled(law: Law, c: Ratio, budget: Budget): Law {
  const degree = Math.max(0, ...law.pieces.map((p) => p.coefficients.length));
  spend(budget, 2 * law.knots.length * (degree + 1) ** 2, 'adding a reward to a law');
  return c.n > 0n ? addUniform(law, ZERO_RATIO, c) : addUniform(law, c, ZERO_RATIO);
}

function without(f: Affine, coordinates: readonly number[]): Affine {
  return {
    coefficients: f.coefficients.map((c, j) => (coordinates.includes(j) ? ZERO_RATIO : c)),
    constant: f.constant,
  };
}

/** The sum of the parts. */
export function totalOf(laws: readonly Law[]): Law {
  return laws.length === 1
    ? laws[0]!
    : combination(
        laws,
        laws.map(() => ONE_RATIO),
      );
}

function chargeProduct(laws: readonly Law[], budget: Budget): void {
  const knots = laws.reduce((sum, law) => sum + law.knots.length, 0);
  const degree = laws.reduce(
    (sum, law) => sum + Math.max(0, ...law.pieces.map((p) => p.coefficients.length)),
    0,
  );
  spend(budget, (knots * (degree + 1) ** 2) / 2, `the maximum of ${laws.length} laws with ${knots} knots`);
}

function regionsOf(functions: readonly Affine[], wantLaw: boolean, budget: Budget): RegionIntegrals[] {
  return functions.map((f, done) => {
    const others = functions.filter((g) => g !== f).map((g) => subtractAffine(f, g));
    try {
      return regionIntegrals(f, others, wantLaw, budget);
    } catch (error) {
      if (!(error instanceof ExactRefusal)) throw error;
      throw new ExactRefusal(
        done === 0 ? error.message : `after ${done} of ${functions.length} polytopes: ${error.message}`,
      );
    }
  });
}
