import { type Ratio, ratio, ratioText, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal, newBudget, spend } from '../budget.js';
import { chainOf, limitingMatrix } from './limiting-matrix.js';
import { policiesFrom } from './policies.js';
import { isDeterministic, type Rows, reachedFrom } from './rows.js';
import { simpleCycles } from './simple-cycles.js';

/** One element of RSD(s) (Turner et al. 2021, Def. 6.10). */
export interface RecurrentDistribution {
  /** (S) lim (1−γ)·f^{π,s}(γ); sums to 1 */
  readonly distribution: readonly Ratio[];
  /** the rows at s of policies that induce it, ascending */
  readonly firstRows: readonly number[];
}

/**
 * RSD(s) as distinct vectors. Deterministic models: uniform on the simple cycles that can be reached. Otherwise by policies
 * on the part that they reach.
 *
 * @throws {ExactRefusal} more than `limit` cycles or policies, or more work than the budget allows
 */
export function recurrentDistributions(
  rows: Rows,
  s: number,
  limit: number,
  budget: Budget = newBudget(),
): RecurrentDistribution[] {
  return isDeterministic(rows, reachedFrom(rows, [s]))
    ? fromCycles(rows, s, limit, budget)
    : fromPolicies(rows, s, limit, budget);
}

function fromPolicies(rows: Rows, s: number, limit: number, budget: Budget): RecurrentDistribution[] {
  const found = new Map<string, { distribution: Ratio[]; firstRows: Set<number> }>();
  for (const policy of policiesFrom(rows, s, { limit })) {
    spend(budget, 2 * policy.size ** 3 + rows.length / 4, 'recurrent state distributions');
    const chain = chainOf(rows, policy);
    const distribution: Ratio[] = rows.map(() => ZERO_RATIO);
    limitingMatrix(chain)[0]!.forEach((p, i) => {
      distribution[chain.states[i]!] = p;
    });
    note(found, distribution, [policy.get(s)!]);
  }
  return listed(found);
}

function fromCycles(rows: Rows, s: number, limit: number, budget: Budget): RecurrentDistribution[] {
  const found = new Map<string, { distribution: Ratio[]; firstRows: Set<number> }>();
  const reached = reachedFrom(rows, [s]);
  const cycles = simpleCycles(rows, reached, limit);
  if (cycles === undefined)
    throw new ExactRefusal(`more than ${limit} simple cycles can be reached from the state`);
  // The states that a policy taking row a at s can reach without coming back to s.
  const behind = rows[s]!.map((row) => {
    const seen = new Set(row.successors.filter((t) => t !== s));
    for (const t of seen)
      for (const next of rows[t]!) for (const u of next.successors) if (u !== s) seen.add(u);
    return seen;
  });
  for (const cycle of cycles) {
    spend(budget, rows.length / 4, 'recurrent state distributions');
    const distribution: Ratio[] = rows.map(() => ZERO_RATIO);
    for (const t of cycle) distribution[t] = ratio(1n, BigInt(cycle.length));
    const own = cycle.indexOf(s);
    const after = cycle[(own + 1) % cycle.length]!;
    const firstRows = rows[s]!.flatMap((row, a) => {
      const induces = own < 0 ? cycle.some((t) => behind[a]!.has(t)) : row.successors[0] === after;
      return induces ? [a] : [];
    });
    note(found, distribution, firstRows);
  }
  return listed(found);
}

type Found = Map<string, { distribution: Ratio[]; firstRows: Set<number> }>;

function note(found: Found, distribution: Ratio[], firstRows: readonly number[]): void {
  const key = distribution.map(ratioText).join();
  const known = found.get(key) ?? { distribution, firstRows: new Set<number>() };
  for (const row of firstRows) known.firstRows.add(row);
  found.set(key, known);
}

function listed(found: Found): RecurrentDistribution[] {
  return [...found.values()].map(({ distribution, firstRows }) => ({
    distribution,
    firstRows: [...firstRows].sort((a, b) => a - b),
  }));
}
