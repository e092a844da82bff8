import { add, divide, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { ExactRefusal, spend } from '../budget.js';
import { affineLaw, type Law, maxLaw, pointLaw, uniformLaw } from '../laws/law.js';
import { convolve } from '../laws/truncated-powers.js';
import { type Branch, branchesAt, disjointGroups } from './branches.js';
import type { UniformProblem } from './problem.js';

/**
 * The law of the optimal gain g*(s) = lim (1−γ)V*(s), where the actions of every state lead to parts of the model that do
 * not overlap and never back, except to the state itself: the greatest of R(s), if it can be stayed at for ever, and the
 * mixtures of the gains beyond.
 *
 * @throws {ExactRefusal} the model is not of this form, or too much work
 */
export function gainLaw(problem: UniformProblem, s: number): Law {
  const known = problem.laws.get(s);
  if (known !== undefined) return known;
  const laws = gainBranches(problem, s).map((branch) => branchGain(problem, s, branch));
  const law = maxLaw(laws);
  problem.laws.set(s, law);
  return law;
}

/** The branches at s, if they are of this form. @throws {ExactRefusal} otherwise */
export function gainBranches(problem: UniformProblem, s: number): Branch[] {
  const branches = branchesAt(problem, s);
  const apart =
    branches.every((b) => !b.returns && b.apart) &&
    disjointGroups(branches, (b) => b.beyond).length === branches.length;
  if (!apart) throw new ExactRefusal('the actions of a state lead to parts of the model that overlap');
  return branches;
}

/** The law of the gain of one branch: of the state itself, or Σ_t p_t g*(t)/Σ_t p_t over the other successors. */
export function branchGain(problem: UniformProblem, s: number, branch: Branch): Law {
  if (branch.successors.length === 0) return uniformLaw(problem.ranges[s]!.low, problem.ranges[s]!.high);
  const leaving: Ratio = branch.probabilities.reduce(add, ZERO_RATIO);
  return branch.successors
    .map((t, e) => affineLaw(gainLaw(problem, t), divide(branch.probabilities[e]!, leaving), ZERO_RATIO))
    .reduce((sum, law) => {
      spend(problem.budget, 8 * sum.knots.length * law.knots.length, 'the law of a sum of gains');
      return convolve(sum, law);
    }, pointLaw(ZERO_RATIO));
}
