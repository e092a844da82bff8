import { divide, equals, multiply, ONE_RATIO, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { spend } from '../budget.js';
import { partLaws, totalOf } from '../integrals/greatest-of.js';
import {
  addUniform,
  affineLaw,
  type Law,
  maxLaw,
  pointLaw,
  stayOrLeaveLaw,
  uniformLaw,
} from '../laws/law.js';
import { convolve } from '../laws/truncated-powers.js';
import { frontierFunctions } from '../policies/frontier-functions.js';
import { type Branch, branchesAt, disjointGroups } from './branches.js';
import type { UniformProblem } from './problem.js';

/**
 * The law of V*_R(s, γ) for R ~ D with independent uniform rewards, exactly. Where the actions at s lead to parts of the
 * model that do not overlap, V* is R(s) plus a maximum of independent variables, and the laws are joined one state after
 * the other; so trees of any size cost about as many operations as their laws have knots. Where they overlap or lead back
 * to s, the visit distributions of that part are enumerated.
 *
 * @throws {ExactRefusal} more work than the budget allows
 */
function valueLaw(problem: UniformProblem, s: number): Law {
  const known = problem.laws.get(s);
  if (known !== undefined) return known;
  const law = lawOfState(problem, s);
  problem.laws.set(s, law);
  return law;
}

function lawOfState(problem: UniformProblem, s: number): Law {
  const branches = branchesAt(problem, s);
  const stay = branches.find((b) => b.successors.length === 0);
  const leave = branches.filter((b) => b.successors.length > 0);
  const slope = leave[0]?.slope ?? ONE_RATIO;
  if (branches.some((b) => b.returns) || leave.some((b) => !equals(b.slope, slope)))
    return frontierLaw(problem, s, branches, ZERO_RATIO);
  const { low, high } = problem.ranges[s]!;
  if (leave.length === 0) return uniformLaw(multiply(stay!.slope, low), multiply(stay!.slope, high));
  const beyond = maxLaw(disjointGroups(leave, (b) => b.beyond).map((group) => groupLaw(problem, s, group)));
  chargeLaw(problem, beyond);
  if (stay === undefined) return addUniform(beyond, multiply(slope, low), multiply(slope, high));
  // max(c₀U, cU + W) = c·max((c₀/c)·U, U + W/c)
  const unit = affineLaw(beyond, divide(ONE_RATIO, slope), ZERO_RATIO);
  const law = stayOrLeaveLaw(unit, divide(stay.slope, slope), ZERO_RATIO, low, high);
  return affineLaw(law, slope, ZERO_RATIO);
}

/** The law of the greatest over some branches of what is earned beyond s, if none of them returns to s. */
function groupLaw(problem: UniformProblem, s: number, group: readonly Branch[]): Law {
  const [only] = group;
  if (group.length === 1 && only!.apart) return branchLaw(problem, only!);
  return frontierLaw(problem, s, group, only!.slope);
}

/** The law of slope·γ·Σ_t p_t V*(t) over the successors of one branch whose reaches do not overlap. */
export function branchLaw(problem: UniformProblem, branch: Branch): Law {
  const factor = multiply(problem.gamma, branch.slope);
  return branch.successors
    .map((t, e) => affineLaw(valueLaw(problem, t), multiply(factor, branch.probabilities[e]!), ZERO_RATIO))
    .reduce((sum, law) => {
      spend(problem.budget, 8 * sum.knots.length * law.knots.length, 'the law of a sum of values');
      return convolve(sum, law);
    }, pointLaw(ZERO_RATIO));
}

function frontierLaw(
  problem: UniformProblem,
  s: number,
  branches: readonly Branch[],
  visitsTaken: Ratio,
): Law {
  const rows = branches.map((b) => b.row);
  const functions = frontierFunctions(problem, s, rows, visitsTaken);
  return totalOf(
    partLaws(
      functions.map((f) => f.value),
      problem.budget,
    ),
  );
}

function chargeLaw(problem: UniformProblem, law: Law): void {
  const degree = law.pieces.reduce((high, p) => Math.max(high, p.coefficients.length), 0);
  spend(problem.budget, 3 * law.knots.length * (degree + 1) ** 2, 'the law of a value');
}
