import { divide, equals, multiply, ONE_RATIO, subtract } from '../../number/ratio.js';
import { spend } from '../budget.js';
import { greatestOf, partLaws, totalOf } from '../integrals/greatest-of.js';
import {
  addUniform,
  fractionalWin,
  type Law,
  maxLaw,
  meanOf,
  uniformLaw,
  winProbability,
} from '../laws/law.js';
import { jumps, product } from '../laws/piecewise.js';
import { frontierFunctions } from '../policies/frontier-functions.js';
import { type Branch, branchesAt, disjointGroups } from './branches.js';
import type { UniformProblem } from './problem.js';
import { plainEvent, type RowChances, rowChances } from './row-chances.js';
import type { StateValues } from './state-values.js';
import { branchLaw } from './value-law.js';

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
    const events = functions.map((f, i) => plainEvent(f.rows, wins[i]!));
    return { power: multiply(factor, mean), chances: rowChances(branches.length, events) };
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

function chancesOfContenders(
  rowCount: number,
  contenders: readonly (readonly Contender[])[],
  totals: readonly Law[],
): RowChances[] {
  const ties = totals.filter((law) => jumps(law).length > 0).length > 1;
  const events = contenders.flatMap((group, g) => {
    const others = totals.filter((_, k) => k !== g);
    const together = others.length === 0 ? [] : [product(others)];
    return group.map(({ rows, law }) => {
      const weak = winProbability(law, together);
      if (!ties) return plainEvent(rows, weak);
      const strict = winProbability(law, together, true);
      return { rows, chances: { weak, strict, fractional: fractionalWin(law, others) } };
    });
  });
  return rowChances(rowCount, events);
}

function chargeProducts(problem: UniformProblem, laws: readonly Law[]): void {
  const knots = laws.reduce((sum, law) => sum + law.knots.length, 0);
  const degree = laws.reduce(
    (sum, law) => sum + Math.max(0, ...law.pieces.map((p) => p.coefficients.length)),
    0,
  );
  spend(problem.budget, laws.length * knots * (degree + 1) ** 2, `the maximum of ${laws.length} laws`);
}
