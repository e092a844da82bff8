import {
  add,
  divide,
  equals,
  multiply,
  ONE_RATIO,
  type Ratio,
  ratio,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import { ExactRefusal, newBudget } from '../budget.js';
import type { Marginal } from '../laws/exact-law.js';
import type { LawAlgebra } from '../laws/law-algebra.js';
import type { Rows } from '../policies/rows.js';
import { type Branch, branchesAt, disjointGroups } from './branches.js';
import { gainBranches } from './gain-law.js';
import { type UniformProblem, uniformProblem } from './problem.js';
import { type RowChances, type RowEvent, rowChances } from './row-chances.js';
import { type ExactSolver, neverTied } from './state-values.js';
import { onlyAtOne, type WorkLimits } from './uniform-solver.js';

const OVERLAP = 'the actions of a state lead to parts of the model that overlap, or back';

/**
 * Answers for independent rewards of any laws of an algebra, where the actions of every state that matters lead to parts of
 * the model that do not overlap and never back, except to the state itself: values beyond are independent, and their laws
 * are joined state after state. 0 ≤ γ ≤ 1.
 */
export function treeSolver<L>(
  rows: Rows,
  marginals: readonly Marginal[],
  gamma: Ratio,
  algebra: LawAlgebra<L>,
  limits: WorkLimits,
): ExactSolver {
  if (gamma.n === 0n) return treeSolverAtZero(rows, marginals, algebra, limits);
  const inside = gamma.n < gamma.d;
  // The gain does not depend on γ; any γ inside serves to find its branches.
  const problem = uniformProblem(
    rows,
    inside ? gamma : ratio(1n, 2n),
    [],
    newBudget(limits.limit),
    limits.policyLimit,
  );
  const known = new Map<number, L>();
  const tree: Tree<L> = { problem, marginals, algebra, known };
  const fresh = (): Tree<L> => ({ ...tree, problem: { ...problem, budget: newBudget(limits.limit) } });
  if (inside) {
    const factor = divide(subtract(ONE_RATIO, gamma), gamma);
    return {
      power: (s) => {
        const at = fresh();
        const laws = contenders(at, s).map(({ law }) => law);
        return multiply(factor, algebra.mean(algebra.greatest(laws, at.problem.budget)));
      },
      chances: (s) => {
        const at = fresh();
        return chancesOf(at, s, contenders(at, s));
      },
      averageChances: onlyAtOne,
    };
  }
  const average = (s: number): RowChances[] => {
    const at = fresh();
    const branches = gainBranches(at.problem, s);
    return chancesOf(
      at,
      s,
      branches.map((branch) => ({ row: branch.row, law: branchGain(at, s, branch) })),
    );
  };
  return {
    power: (s) => algebra.mean(gainLaw(fresh(), s)),
    chances: (s) => {
      const chances = average(s);
      if (!neverTied(chances))
        throw new ExactRefusal('average rewards can be equal, and what decides then is not known');
      return chances;
    },
    averageChances: average,
  };
}

interface Tree<L> {
  readonly problem: UniformProblem;
  readonly marginals: readonly Marginal[];
  readonly algebra: LawAlgebra<L>;
  /** laws of V*, or of gains at γ = 1 */
  readonly known: Map<number, L>;
}

/** A row at s and the law of Q(s, a) − R(s), or of its gain; those of one state are independent. */
interface Contender<L> {
  readonly row: number;
  readonly law: L;
}

function contenders<L>(tree: Tree<L>, s: number): Contender<L>[] {
  const { problem, algebra, marginals } = tree;
  const branches = branchesAt(problem, s);
  const dependsOnOwn = (b: Branch): boolean => b.returns || !equals(b.slope, ONE_RATIO);
  const groups = disjointGroups(branches, (b) => (dependsOnOwn(b) ? [s, ...b.beyond] : b.beyond));
  if (groups.length < branches.length || branches.some((b) => b.returns || !b.apart))
    throw new ExactRefusal(OVERLAP);
  return branches.map((branch) => {
    const beyond = branch.successors.length === 0 ? undefined : branchLaw(tree, branch);
    const own = subtract(branch.slope, ONE_RATIO);
    if (beyond !== undefined && own.n === 0n) return { row: branch.row, law: beyond };
    const stay = algebra.scaled(algebra.reward(marginals[s]!), own);
    return { row: branch.row, law: beyond === undefined ? stay : algebra.sum(stay, beyond, problem.budget) };
  });
}

function chancesOf<L>({ problem, algebra }: Tree<L>, s: number, list: readonly Contender<L>[]): RowChances[] {
  const chances = algebra.chances(
    list.map(({ law }) => law),
    problem.budget,
  );
  const events = list.map(({ row }, i): RowEvent => ({ rows: [row], chances: chances[i]! }));
  return rowChances(problem.rows[s]!.length, events);
}

/** The law of V*(s) = max over the actions of R(s)·slope + slope·γ·Σ p V*(t). */
function valueLaw<L>(tree: Tree<L>, s: number): L {
  const known = tree.known.get(s);
  if (known !== undefined) return known;
  const { problem, algebra, marginals } = tree;
  const branches = branchesAt(problem, s);
  const stay = branches.find((b) => b.successors.length === 0);
  const leave = branches.filter((b) => b.successors.length > 0);
  const slope = leave[0]?.slope ?? ONE_RATIO;
  const isApart =
    branches.every((b) => !b.returns && b.apart) &&
    leave.every((b) => equals(b.slope, slope)) &&
    disjointGroups(leave, (b) => b.beyond).length === leave.length;
  if (!isApart) throw new ExactRefusal(OVERLAP);
  const own = algebra.reward(marginals[s]!);
  let law: L;
  if (leave.length === 0) law = algebra.scaled(own, stay!.slope);
  else {
    const beyond = algebra.greatest(
      leave.map((branch) => branchLaw(tree, branch)),
      problem.budget,
    );
    // max(c₀·R, c·R + W) = c·max((c₀/c)·R, R + W/c)
    const unit = algebra.scaled(beyond, divide(ONE_RATIO, slope));
    const joined =
      stay === undefined
        ? algebra.sum(own, unit, problem.budget)
        : algebra.stayOrLeave(own, unit, divide(stay.slope, slope), problem.budget);
    law = algebra.scaled(joined, slope);
  }
  tree.known.set(s, law);
  return law;
}

/** The law of slope·γ·Σ_t p_t V*(t). */
function branchLaw<L>(tree: Tree<L>, branch: Branch): L {
  const { problem, algebra } = tree;
  const factor = multiply(problem.gamma, branch.slope);
  return branch.successors
    .map((t, e) => algebra.scaled(valueLaw(tree, t), multiply(factor, branch.probabilities[e]!)))
    .reduce((sum, law) => algebra.sum(sum, law, problem.budget));
}

/** The law of the optimal gain; see gain-law.ts. */
function gainLaw<L>(tree: Tree<L>, s: number): L {
  const known = tree.known.get(s);
  if (known !== undefined) return known;
  const laws = gainBranches(tree.problem, s).map((branch) => branchGain(tree, s, branch));
  const law = tree.algebra.greatest(laws, tree.problem.budget);
  tree.known.set(s, law);
  return law;
}

function branchGain<L>(tree: Tree<L>, s: number, branch: Branch): L {
  const { problem, algebra, marginals } = tree;
  if (branch.successors.length === 0) return algebra.reward(marginals[s]!);
  const leaving = branch.probabilities.reduce(add, ZERO_RATIO);
  return branch.successors
    .map((t, e) => algebra.scaled(gainLaw(tree, t), divide(branch.probabilities[e]!, leaving)))
    .reduce((sum, law) => algebra.sum(sum, law, problem.budget));
}

/** γ → 0: the next state decides, where the rows of a state lead to different states. */
function treeSolverAtZero<L>(
  rows: Rows,
  marginals: readonly Marginal[],
  algebra: LawAlgebra<L>,
  { limit }: WorkLimits,
): ExactSolver {
  const lawsAt = (s: number, budget: ReturnType<typeof newBudget>): L[] => {
    const all = rows[s]!.flatMap(({ successors }) => successors);
    if (new Set(all).size < all.length) throw new ExactRefusal(OVERLAP);
    return rows[s]!.map(({ successors, probabilities }) =>
      successors
        .map((t, e) => algebra.scaled(algebra.reward(marginals[t]!), probabilities[e]!))
        .reduce((sum, law) => algebra.sum(sum, law, budget)),
    );
  };
  return {
    power: (s) => {
      const budget = newBudget(limit);
      return algebra.mean(algebra.greatest(lawsAt(s, budget), budget));
    },
    chances: (s) => {
      const budget = newBudget(limit);
      const chances = algebra.chances(lawsAt(s, budget), budget);
      if (!neverTied(chances))
        throw new ExactRefusal('next rewards can be equal, and what decides then is not known');
      return rowChances(
        rows[s]!.length,
        chances.map((one, row) => ({ rows: [row], chances: one })),
      );
    },
    averageChances: onlyAtOne,
  };
}
