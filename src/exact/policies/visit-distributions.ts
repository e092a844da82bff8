import {
  add,
  divide,
  multiply,
  negate,
  ONE_RATIO,
  power,
  type Ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';
import { solveLinear } from './linear-solve.js';
import { type PartialPolicy, policiesFrom } from './policies.js';
import type { Rows } from './rows.js';

/** One element of F(s) at a gamma (Turner et al. 2021, Def. 3.3), with how it comes about. */
export interface VisitDistribution {
  /** (S) the expected discounted number of visits f(t) = Σ_n γ^n P(s_n = t); sums to 1/(1−γ) */
  readonly visits: readonly Ratio[];
  /** the rows (classes of actions) at s of policies that induce it, ascending */
  readonly firstRows: readonly number[];
  /** one policy that induces it, on the states it reaches */
  readonly policy: PartialPolicy;
}

/** The path of a deterministic policy: states visited in order; the last one's successor is path[cycleStart]. */
export interface Lasso {
  readonly path: readonly number[];
  readonly cycleStart: number;
}

/** The lasso of a policy, or undefined if it ever takes a row with more than one successor. */
export function lassoOf(rows: Rows, start: number, policy: PartialPolicy): Lasso | undefined {
  const path: number[] = [];
  const position = new Map<number, number>();
  let s = start;
  while (!position.has(s)) {
    position.set(s, path.length);
    path.push(s);
    const { successors } = rows[s]![policy.get(s)!]!;
    if (successors.length !== 1) return undefined;
    s = successors[0]!;
  }
  return { path, cycleStart: position.get(s)! };
}

export interface VisitOptions {
  /** refuse if more than this many policies have to be tried */
  readonly limit: number;
  /** only F(s | π(s) = a): the row of a at s */
  readonly firstRow?: number;
  /** what the work is counted on */
  readonly budget?: Budget;
}

/**
 * F(s) at an exact γ, 0 < γ < 1, as distinct vectors; F(s | π(s) = a) where options.firstRow is given.
 * @throws {ExactRefusal} more than options.limit policies differ on what they reach, or more work than the budget allows
 */
export function visitDistributions(
  rows: Rows,
  s: number,
  gamma: Ratio,
  options: VisitOptions,
): VisitDistribution[] {
  const found = new Map<string, { visits: Ratio[]; firstRows: Set<number>; policy: PartialPolicy }>();
  for (const policy of policiesFrom(rows, s, options)) {
    if (options.budget !== undefined) spend(options.budget, workOf(rows, s, policy), 'visit distributions');
    const visits = visitsOf(rows, s, policy, gamma);
    const key = visits.map(ratioText).join();
    const known = found.get(key);
    if (known === undefined) found.set(key, { visits, firstRows: new Set([policy.get(s)!]), policy });
    else known.firstRows.add(policy.get(s)!);
  }
  return [...found.values()].map(({ visits, firstRows, policy }) => ({
    visits,
    firstRows: [...firstRows].sort((a, b) => a - b),
    policy,
  }));
}

/** A sum over the way and the cycle, or the solution of a linear system. */
function workOf(rows: Rows, s: number, policy: PartialPolicy): number {
  return policy.size ** (lassoOf(rows, s, policy) === undefined ? 3 : 1) + rows.length / 4;
}

/** f^{π,s}(γ) = (I − γ·Pᵀ)⁻¹ e_s, in closed form on lassos. */
export function visitsOf(rows: Rows, s: number, policy: PartialPolicy, gamma: Ratio): Ratio[] {
  const visits: Ratio[] = new Array(rows.length).fill(ZERO_RATIO);
  const lasso = lassoOf(rows, s, policy);
  if (lasso !== undefined) {
    const { path, cycleStart } = lasso;
    const again = divide(ONE_RATIO, subtract(ONE_RATIO, power(gamma, path.length - cycleStart)));
    path.forEach((t, n) => {
      const once = power(gamma, n);
      visits[t] = n < cycleStart ? once : multiply(once, again);
    });
    return visits;
  }
  const states = [...policy.keys()];
  const position = new Map(states.map((t, i) => [t, i]));
  const system = states.map((_, i) => states.map((_, j) => (i === j ? ONE_RATIO : ZERO_RATIO)));
  states.forEach((t, j) => {
    const row = rows[t]![policy.get(t)!]!;
    row.successors.forEach((u, e) => {
      const i = position.get(u)!;
      system[i]![j] = add(system[i]![j]!, negate(multiply(gamma, row.probabilities[e]!)));
    });
  });
  const solution = solveLinear(system.map((row, i) => [...row, i === 0 ? ONE_RATIO : ZERO_RATIO]));
  states.forEach((t, i) => {
    visits[t] = solution[i]!;
  });
  return visits;
}
