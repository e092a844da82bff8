import { clopperPearson } from '../number/clopper-pearson.js';
import { nearestDouble } from '../number/nearest-double.js';
import { type Rational, rationalText } from '../number/rational.js';
import { studentQuantile } from '../number/student-quantile.js';
import { writtenNumber } from '../number/written-number.js';
import { type BatchedMean, pairedLimits } from './paired-difference.js';
import type { OptimalityRow, PowerRow } from './result.js';

/** The sampled rows of one result, and what they were sampled from. */
export interface ComparedResult {
  readonly power: readonly PowerRow[];
  readonly optimality: readonly OptimalityRow[];
  /** equal for two results exactly if they are the same computation: model, law, seed and number of samples */
  readonly computation: string;
  readonly seed: string;
  /** independently randomised Sobol sets that the samples are made of; null or absent for independent samples */
  readonly sets?: number | null | undefined;
}

/**
 * What the limits of a difference rest on:
 * - `same samples`: model, law, seed and samples are the same, so that only solver error and open decisions can differ;
 * - `paired`: the seed and the plan of the samples are the same, and both rows have batches, which are subtracted one by one
 *   (paired-difference.ts);
 * - `independent`: the seeds differ, so the variances add up (Welch's t; for probabilities both Clopper-Pearson limits);
 * - `any dependence`: the seed is the same but there are no common batches, or they hardly differ. Both used the same random numbers, to an
 *   unknown gain; the standard errors are added, which holds whatever the dependence is;
 * - `exact`: both numbers are fractions, and so is the difference;
 * - `none`: a row without a standard error.
 */
type ComparisonMethod = 'same samples' | 'paired' | 'independent' | 'any dependence' | 'exact' | 'none';

/** One number of two results, B − A. */
export interface DifferenceRow {
  readonly quantity: 'POWER' | 'P';
  readonly state: string;
  readonly action: string | null;
  readonly gamma: string;
  readonly a: number;
  readonly b: number;
  /** the limits that the two rows have by themselves */
  readonly aLow: number | null;
  readonly aHigh: number | null;
  readonly bLow: number | null;
  readonly bHigh: number | null;
  readonly difference: number;
  /** limits of B − A that hold for all rows at once; null where no interval holds */
  readonly low: number | null;
  readonly high: number | null;
  /** B − A as a fraction, where `method` is `exact` */
  readonly exact: string | null;
  readonly method: ComparisonMethod;
}

export interface Comparison {
  readonly rows: readonly DifferenceRow[];
  /** rows without a partner */
  readonly onlyA: number;
  readonly onlyB: number;
}

type Limits = readonly [low: number | null, high: number | null];

/**
 * The rows that two results share, by names and exact discount, in the order of A, with limits of their differences.
 * @param confidence in (0, 1), for all rows at once (Bonferroni)
 */
export function compareResults(a: ComparedResult, b: ComparedResult, confidence: number): Comparison {
  const powers = pairs(a.power, b.power, ({ state, gamma }) => [state, exactText(gamma)]);
  const chances = pairs(a.optimality, b.optimality, ({ state, action, gamma }) => [
    state,
    action,
    exactText(gamma),
  ]);
  const method: ComparisonMethod =
    a.computation === b.computation ? 'same samples' : a.seed === b.seed ? 'any dependence' : 'independent';
  const each = 1 - (1 - confidence) / Math.max(1, powers.length + chances.length);
  const rowOf = (names: Names, x: Side, y: Side, unpaired: () => Limits): DifferenceRow => {
    const values = { a: x.mean, b: y.mean, aLow: x.low, aHigh: x.high, bLow: y.low, bHigh: y.high };
    const exact = exactDifference(x.exact, y.exact);
    if (exact !== null) {
      const difference = nearestDouble(exact);
      const limits = { difference, low: difference, high: difference, exact: rationalText(exact) };
      return { ...names, ...values, ...limits, method: 'exact' };
    }
    const pair =
      method === 'any dependence' && x.batched && y.batched
        ? pairedLimits(x.batched, y.batched, each)
        : undefined;
    const [low, high] = pair ?? unpaired();
    const basis = low === null ? 'none' : pair ? 'paired' : method;
    return { ...names, ...values, difference: y.mean - x.mean, low, high, exact: null, method: basis };
  };
  const rows = [
    ...powers.map(([x, y]) => {
      const names = { quantity: 'POWER', state: x.state, action: null, gamma: x.gamma } as const;
      return rowOf(names, powerSide(x), powerSide(y), () =>
        powerLimits([x, a.sets], [y, b.sets], method, each),
      );
    }),
    ...chances.map(([x, y]) => {
      const names = { quantity: 'P', state: x.state, action: x.action, gamma: x.gamma } as const;
      return rowOf(names, chanceSide(x), chanceSide(y), () => chanceLimits(x, y, method, each));
    }),
  ];
  const total = (result: ComparedResult): number => result.power.length + result.optimality.length;
  return { rows, onlyA: total(a) - rows.length, onlyB: total(b) - rows.length };
}

type Names = Pick<DifferenceRow, 'quantity' | 'state' | 'action' | 'gamma'>;

/** What POWER and probabilities have in common. */
interface Side {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly exact: string | null;
  /** where there are batches, and the samples have a variance */
  readonly batched: BatchedMean | undefined;
}

function powerSide({ power: mean, low, high, exact, solverError, ...row }: PowerRow): Side {
  const hasVariance = row.interval !== 'none' && row.interval !== 'certain';
  return { mean, low, high, exact, batched: hasVariance ? batchedMean(mean, solverError, row) : undefined };
}

function chanceSide({ probability: mean, low, high, exact, undecided, ...row }: OptimalityRow): Side {
  const isDrawn = row.interval !== 'certain';
  return { mean, low, high, exact, batched: isDrawn ? batchedMean(mean, undecided / 2, row) : undefined };
}

function batchedMean(
  mean: number,
  meanError: number,
  { samples, batches, interval }: Pick<PowerRow | OptimalityRow, 'samples' | 'batches' | 'interval'>,
): BatchedMean | undefined {
  return batches && { mean, samples, meanError, batches, isSobol: interval === 'sets' };
}

/** B − A, where both are fractions; null elsewhere. */
function exactDifference(a: string | null, b: string | null): Rational | null {
  if (a === null || b === null) return null;
  const [x, y] = [writtenNumber(a), writtenNumber(b)];
  return x === undefined || y === undefined ? null : y.sub(x);
}

/** A row and the sets of its result. */
type OfSets = readonly [PowerRow, ComparedResult['sets']];

function powerLimits(
  [a, aSets]: OfSets,
  [b, bSets]: OfSets,
  method: ComparisonMethod,
  confidence: number,
): Limits {
  const difference = b.power - a.power;
  const bound = errorBound(a) + errorBound(b);
  // Subtracting rounds once.
  const around = (reach: number): Limits => {
    const width = reach + 2 ** -52 * (Math.abs(a.power) + Math.abs(b.power));
    return [difference - width, difference + width];
  };
  if (method === 'same samples') return around(bound);
  const [sa, sb] = [spreadOf(a), spreadOf(b)];
  if (sa === null || sb === null) return [null, null];
  if (sa === 0 && sb === 0) return around(bound);
  // A side without spread has no samples to count.
  const [na, nb] = [sa === 0 ? Infinity : degreesOf(a, aSets), sb === 0 ? Infinity : degreesOf(b, bSets)];
  if (method === 'any dependence') {
    return around(-studentQuantile((1 - confidence) / 2, Math.min(na, nb)) * (sa + sb) + bound);
  }
  const variance = sa * sa + sb * sb;
  // Welch (1947), Satterthwaite (1946).
  const degrees = (variance * variance) / ((sa * sa * sa * sa) / na + (sb * sb * sb * sb) / nb);
  return around(-studentQuantile((1 - confidence) / 2, degrees) * Math.sqrt(variance) + bound);
}

/** Standard error of a row whose mean is normal enough; 0 for certain and exact values; null where none is known. */
function spreadOf({ method, interval, standardError }: PowerRow): number | null {
  if (method === 'exact' || interval === 'certain') return 0;
  return interval === 't' || interval === 'sets' ? standardError : null;
}

/** Degrees of freedom of its standard error. */
function degreesOf({ interval, samples }: PowerRow, sets: ComparedResult['sets']): number {
  return (interval === 'sets' ? (sets ?? 2) : samples) - 1;
}

/** What is proved about a row's value, sampling aside. */
function errorBound({ interval, power, low, high, solverError }: PowerRow): number {
  return interval === 'certain' ? Math.max(high! - power, power - low!, solverError) : solverError;
}

/** Both probabilities within their limits at half the chance of error each, whatever their dependence. */
function chanceLimits(
  a: OptimalityRow,
  b: OptimalityRow,
  method: ComparisonMethod,
  confidence: number,
): Limits {
  const limits = (row: OptimalityRow): readonly [number, number] => {
    if (row.method === 'exact') return [row.probability, row.probability];
    const isCount =
      row.interval === undefined || row.interval === 'clopperPearson' || row.interval === 'certain';
    if (method === 'same samples' && !isCount) {
      return [row.probability - row.undecided / 2, row.probability + row.undecided / 2];
    }
    const undecided = Math.round(row.undecided * row.samples);
    const optimal = Math.round(row.probability * row.samples - undecided / 2);
    if (method === 'same samples') return [optimal / row.samples, (optimal + undecided) / row.samples];
    // Limits that are whole numbers were certain.
    if (row.low === row.high) return [row.low, row.high];
    const exact = clopperPearson([optimal, optimal + undecided], row.samples, 1 - (1 - confidence) / 2);
    // Averages and Sobol points are there because they spread less than single independent samples; where they do not, as
    // their own limits show, nothing is known.
    return isCount || row.high - row.low <= exact[1] - exact[0] ? exact : [0, 1];
  };
  const [x, y] = [limits(a), limits(b)];
  return [y[0] - x[1], y[1] - x[0]];
}

function pairs<Row>(
  a: readonly Row[],
  b: readonly Row[],
  key: (row: Row) => readonly string[],
): [Row, Row][] {
  const partner = new Map(b.map((row) => [JSON.stringify(key(row)), row]));
  return a.flatMap((row): [Row, Row][] => {
    const other = partner.get(JSON.stringify(key(row)));
    return other === undefined ? [] : [[row, other]];
  });
}

/** 0.5 and 1/2 are one discount. */
function exactText(gamma: string): string {
  const exact = writtenNumber(gamma);
  return exact === undefined ? gamma : rationalText(exact);
}
