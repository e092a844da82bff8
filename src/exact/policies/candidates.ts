import { ONE_RATIO, type Ratio, ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import type { ValueVector } from './frontier-functions.js';
import { dominations } from './non-dominated.js';
import type { PartialPolicy } from './policies.js';
import { recurrentDistributions } from './recurrent-distributions.js';
import type { Rows } from './rows.js';
import { visitDistributions } from './visit-distributions.js';

/** How much may be enumerated: policies from one state, and operations on big rationals. */
export interface Work {
  readonly policyLimit: number;
  readonly budget: Budget;
}

/**
 * The vectors f − e_s over F(s) at γ that can be greatest in F(s | π(s) = a) for some row a, each with its row: enough to
 * tell for every reward function which rows are optimal, ties included. 0 < γ < 1.
 *
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function rowCandidates(rows: Rows, s: number, gamma: Ratio, work: Work): ValueVector[] {
  return rows[s]!.flatMap((_, firstRow) => {
    const all = visitDistributions(rows, s, gamma, {
      limit: work.policyLimit,
      firstRow,
      budget: work.budget,
    });
    return notDominated(all, ({ visits }) => visits, work.budget).map(({ visits }) => ({
      vector: visits.map((v, t) => (t === s ? subtract(v, ONE_RATIO) : v)),
      rows: [firstRow],
    }));
  });
}

/**
 * Policies among which, for every row at s and every reward function, there is a best one through this row for all γ near 0
 * and near 1: those of the exposed vertices of F(s | π(s) = a), which are the same functions for every γ in (0, 1) (Turner
 * et al. 2021, lemmas E.31 and E.32, for the model in which s has only this row).
 *
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function rowPolicies(rows: Rows, s: number, work: Work): PartialPolicy[] {
  return rows[s]!.flatMap((_, firstRow) => {
    const all = visitDistributions(rows, s, ratio(1n, 2n), {
      limit: work.policyLimit,
      firstRow,
      budget: work.budget,
    });
    return notDominated(all, ({ visits }) => visits, work.budget).map(({ policy }) => policy);
  });
}

/** The distributions after one step, with their rows: what decides at γ = 0. */
export function nextStateVectors(rows: Rows, s: number): ValueVector[] {
  return rows[s]!.map((row, index) => {
    const vector: Ratio[] = rows.map(() => ZERO_RATIO);
    row.successors.forEach((t, e) => {
      vector[t] = row.probabilities[e]!;
    });
    return { vector, rows: [index] };
  });
}

/** RSD(s) with the rows that can induce each element: what decides on the average. @throws {ExactRefusal} too many */
export function recurrentVectors(rows: Rows, s: number, work: Work): ValueVector[] {
  return recurrentDistributions(rows, s, work.policyLimit, work.budget).map(
    ({ distribution, firstRows }) => ({
      vector: distribution,
      rows: firstRows,
    }),
  );
}

function notDominated<T>(items: readonly T[], vectorOf: (item: T) => readonly Ratio[], budget: Budget): T[] {
  const verdicts = dominations(items.map(vectorOf), budget);
  return items.filter((_, i) => !verdicts[i]!.dominated);
}
