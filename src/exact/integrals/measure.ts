import {
  differentiatePolynomial,
  ONE_POLYNOMIAL,
  type Polynomial,
  substituteLinear,
} from '../../number/polynomial.js';
import { add, divide, multiply, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal } from '../budget.js';
import type { Marginal } from '../laws/exact-law.js';
import type { ToAffine } from '../policies/frontier-functions.js';
import {
  type Affine,
  affineKey,
  commonestPart,
  onUnitCube,
  type Range,
  subtractAffine,
  usedCoordinates,
  withoutCovered,
} from './affine.js';
import type { RegionIntegrals } from './face-integrals.js';
import { type GreatestOf, greatestOf } from './greatest-of.js';
import { type Chance, cubeChance } from './lexicographic.js';
import { densityRegion, exponentialRegion } from './region.js';

/** Independent coordinates, and the exact methods for the greatest of some functions of them. */
export interface Measure {
  /** vectors over the coordinates as functions of standard ones */
  readonly toAffine: ToAffine;
  readonly greatest: (functions: readonly Affine[], budget: Budget) => GreatestOf;
  readonly chance: Chance;
}

/** Coordinates that are uniform on these ranges, or constant. */
export function uniformMeasure(ranges: readonly Range[]): Measure {
  return { toAffine: (vector) => onUnitCube(vector, ranges), greatest: greatestOf, chance: cubeChance };
}

/** The measure of coordinates that are exponential or 0, or that are uniform, constant or have polynomial densities. */
export function measureOf(marginals: readonly Marginal[]): Measure {
  return marginals.some(({ kind }) => kind === 'exponential')
    ? exponentialMeasure(marginals)
    : densityMeasure(marginals);
}

/** E of a coordinate, and the integrals over the part of the space where all conditions are positive. */
interface Regions {
  readonly meanOf: (coordinate: number) => Ratio;
  readonly region: (value: Affine, conditions: readonly Affine[], budget: Budget) => RegionIntegrals;
}

/** Of law exponential(1) in standard coordinates. */
function exponentialMeasure(marginals: readonly Marginal[]): Measure {
  const toAffine: ToAffine = (vector) => ({
    coefficients: vector.map((v, j) => {
      const marginal = marginals[j]!;
      return marginal.kind === 'exponential' ? divide(v, marginal.rate) : ZERO_RATIO;
    }),
    constant: ZERO_RATIO,
  });
  return measured(toAffine, { meanOf: () => ONE_RATIO, region: exponentialRegion });
}

function densityMeasure(marginals: readonly Marginal[]): Measure {
  const coordinates = marginals.map(coordinateOf);
  const ranges = coordinates.map(({ range }) => range);
  const densities = coordinates.map(({ density }) => density);
  return measured((vector) => onUnitCube(vector, ranges), {
    meanOf: (j) => momentOf(densities[j]!),
    region: (value, conditions, budget) => densityRegion(densities, value, conditions, budget),
  });
}

/** A marginal as a coordinate on [0, 1]. @throws {ExactRefusal} a distribution function of several pieces */
function coordinateOf(marginal: Marginal): { range: Range; density: Polynomial } {
  if (marginal.kind === 'uniform')
    return { range: { low: marginal.low, high: marginal.high }, density: ONE_POLYNOMIAL };
  if (marginal.kind !== 'polynomial') {
    const value = marginal.kind === 'discrete' ? marginal.atoms[0]!.value : ZERO_RATIO;
    return { range: { low: value, high: value }, density: ONE_POLYNOMIAL };
  }
  const [low, high, ...more] = marginal.law.knots;
  if (high === undefined || more.length > 0)
    throw new ExactRefusal(`the density of ${marginal.text} is not one polynomial`);
  const onUnit = substituteLinear(marginal.law.pieces[0]!, subtract(high, low!), low!);
  return { range: { low: low!, high }, density: differentiatePolynomial(onUnit) };
}

/** ∫ u·density(u) du over [0, 1]. */
function momentOf({ coefficients, denominator }: Polynomial): Ratio {
  return coefficients.reduce<Ratio>(
    (sum, c, n) => add(sum, divide({ n: c, d: 1n }, { n: denominator * BigInt(n + 2), d: 1n })),
    ZERO_RATIO,
  );
}

function measured(toAffine: ToAffine, regions: Regions): Measure {
  const chance: Chance = (first, cuts, budget) => {
    const conditions = [...first.slice(1).map((other) => subtractAffine(first[0]!, other)), ...cuts];
    return regions.region(first[0]!, conditions, budget).volume;
  };
  return { toAffine, chance, greatest: (functions, budget) => greatestIn(regions, functions, budget) };
}

/** E of the greatest and the probability of each function to be it, one region each; equal functions share theirs. */
function greatestIn({ meanOf, region }: Regions, functions: readonly Affine[], budget: Budget): GreatestOf {
  const keys = functions.map(affineKey);
  const names = [...new Set(keys)];
  const distinct = names.map((key) => functions[keys.indexOf(key)]!);
  const base = commonestPart(distinct);
  const sparse = distinct.map((f) => subtractAffine(f, base));
  const isSparser = usedCoordinates(sparse).length <= usedCoordinates(distinct).length;
  const compared = isSparser ? sparse : distinct;
  const baseMean = base.coefficients.reduce((sum, c, j) => add(sum, multiply(c, meanOf(j))), ZERO_RATIO);
  const winOf = new Map<string, Ratio>();
  let mean = isSparser ? baseMean : ZERO_RATIO;
  const kept = withoutCovered(compared);
  for (const i of kept) {
    const conditions = kept.flatMap((k) => (k === i ? [] : [subtractAffine(compared[i]!, compared[k]!)]));
    const { volume, integral } = region(compared[i]!, conditions, budget);
    winOf.set(names[i]!, volume);
    mean = add(mean, integral);
  }
  return { mean, wins: keys.map((key) => winOf.get(key) ?? ZERO_RATIO) };
}
