import { add, divide, equals, multiply, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../number/ratio.js';
import { type Branch, branchesAt, disjointGroups } from './branches.js';
import { spend } from './budget.js';
import { type FrontierFunction, frontierFunctions } from './frontier-functions.js';
import { greatestOf, partLaws, totalOf } from './greatest-of.js';
import { addUniform, fractionalWin, type Law, maxLaw, meanOf, uniformLaw, winProbability } from './law.js';
import { jumps, product } from './piecewise.js';
import type { UniformProblem } from './problem.js';
import { branchLaw } from './value-law.js';

/** The exact chances of one class of actions at a state (Turner et al. 2021, Def. 4.4). */
export interface RowChances {
  /** some optimal policy takes it */
  readonly weak: Ratio;
  /** every optimal policy takes it */
  readonly strict: Ratio;
  /** mean of 1/(number of optimal classes) where it is one of them */
  readonly fractional: Ratio;
}

/** What is exact about one state: POWER and the chances of its rows, in the order of rows[s]. */
export interface StateValues {
  readonly power: Ratio;
  readonly chances: readonly RowChances[];
}

/** A part of the comparison at s that is independent of the others: functions or single rows with their laws. */
interface Contender {
  readonly rows: readonly number[];
  readonly law: Law;
}

/**
 * POWER(s, γ) and the optimality probabilities at s, exactly, for independent rewards that are uniform or constant.
 *
 * POWER = (1−γ)/γ·E max_a (Q(s,a) − R(s)) (Def. 5.2). The rows at s are split into groups that depend on different
 * rewards; within a group the maximum is integrated over polytopes or by joining laws, between groups by products of laws.
 *
 * @throws {ExactRefusal} more work than the budget allows
 */
export function uniformValues(problem: UniformProblem, s: number): StateValues {
  const { gamma } = problem;
  const factor = divide(subtract(ONE_RATIO, gamma), gamma);
  const branches = branchesAt(problem, s);
  const groups = disjointGroups(branches, (b) => (dependsOnOwn(b) ? [s, ...b.beyond] : b.beyond));
  if (groups.length === 1 && !isSimple(groups[0]!)) {
    const functions = frontierFunctions(problem, s, rowsOf(branches), ONE_RATIO);
    const { mean, wins } = greatestOf(
      functions.map((f) => f.value),
      problem.budget,
    );
    return { power: multiply(factor, mean), chances: chancesOfFunctions(branches.length, functions, wins) };
  }
  const contenders = groups.map((group) => contendersOf(problem, s, group));
  const totals = contenders.map((group) => totalOf(group.map((c) => c.law)));
  chargeProducts(problem, totals);
  return {
    power: multiply(factor, meanOf(maxLaw(totals))),
    chances: chancesOfContenders(branches.length, contenders, totals),
  };
}

/** True if Q(s,a) − R(s) depends on R(s). */
function dependsOnOwn(branch: Branch): boolean {
  return branch.returns || !equals(branch.slope, ONE_RATIO);
}

/** True if one law of the group can be joined from the laws of its successors. */
function isSimple(group: readonly Branch[]): boolean {
  return group.length === 1 && !group[0]!.returns && group[0]!.apart;
}

function rowsOf(branches: readonly Branch[]): number[] {
  return branches.map((b) => b.row);
}

function contendersOf(problem: UniformProblem, s: number, group: readonly Branch[]): Contender[] {
  if (!isSimple(group)) {
    const functions = frontierFunctions(problem, s, rowsOf(group), ONE_RATIO);
    const laws = partLaws(
      functions.map((f) => f.value),
      problem.budget,
    );
    return functions.map((f, i) => ({ rows: f.rows, law: laws[i]! }));
  }
  const [branch] = group;
  const own = subtract(branch!.slope, ONE_RATIO);
  const { low, high } = problem.ranges[s]!;
  const ownLow = multiply(own, low);
  const ownHigh = multiply(own, high);
  if (branch!.successors.length === 0) return [{ rows: [branch!.row], law: uniformLaw(ownLow, ownHigh) }];
  return [{ rows: [branch!.row], law: addUniform(branchLaw(problem, branch!), ownLow, ownHigh) }];
}

function chancesOfFunctions(
  rowCount: number,
  functions: readonly FrontierFunction[],
  wins: readonly Ratio[],
): RowChances[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const mine = functions.flatMap((f, i) => (f.rows.includes(row) ? [{ rows: f.rows, win: wins[i]! }] : []));
    return sumChances(mine.map(({ rows, win }) => shared(rows, { weak: win, strict: win, fractional: win })));
  });
}

function chancesOfContenders(
  rowCount: number,
  contenders: readonly (readonly Contender[])[],
  totals: readonly Law[],
): RowChances[] {
  const ties = totals.filter((law) => jumps(law).length > 0).length > 1;
  const all: RowChances[][] = Array.from({ length: rowCount }, () => []);
  contenders.forEach((group, g) => {
    const others = totals.filter((_, k) => k !== g);
    const together = others.length === 0 ? [] : [product(others)];
    for (const { rows, law } of group) {
      const weak = winProbability(law, together);
      const chances = ties
        ? { weak, strict: winProbability(law, together, true), fractional: fractionalWin(law, others) }
        : { weak, strict: weak, fractional: weak };
      for (const row of rows) all[row]!.push(shared(rows, chances));
    }
  });
  return all.map(sumChances);
}

/** What a win is worth to one of the rows that attain it. */
function shared(rows: readonly number[], { weak, strict, fractional }: RowChances): RowChances {
  return {
    weak,
    strict: rows.length === 1 ? strict : ZERO_RATIO,
    fractional: divide(fractional, { n: BigInt(rows.length), d: 1n }),
  };
}

function sumChances(chances: readonly RowChances[]): RowChances {
  return {
    weak: chances.reduce((sum, c) => add(sum, c.weak), ZERO_RATIO),
    strict: chances.reduce((sum, c) => add(sum, c.strict), ZERO_RATIO),
    fractional: chances.reduce((sum, c) => add(sum, c.fractional), ZERO_RATIO),
  };
}

function chargeProducts(problem: UniformProblem, laws: readonly Law[]): void {
  const knots = laws.reduce((sum, law) => sum + law.knots.length, 0);
  const degree = laws.reduce((sum, law) => sum + Math.max(0, ...law.pieces.map((p) => p.coefficients.length)), 0);
  spend(problem.budget, laws.length * knots * (degree + 1) ** 2, `the maximum of ${laws.length} laws`);
}
