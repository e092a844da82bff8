import type { Ratio } from '../../number/ratio.js';
import type { Budget } from '../budget.js';
import type { RowChances } from '../solvers/row-chances.js';
import type { Marginal } from './exact-law.js';

/**
 * A family of laws of real random variables, exact, that is closed under all that happens to values on a tree: so tree-solver.ts
 * is written once for all of them. Each operation notes its work before it does it and throws ExactRefusal where that is too
 * much, or where a law does not belong to the family.
 */
export interface LawAlgebra<L> {
  /** the law of one reward */
  readonly reward: (marginal: Marginal) => L;
  /** the law of factor·Z, factor > 0 */
  readonly scaled: (law: L, factor: Ratio) => L;
  /** the law of X + Z, independent */
  readonly sum: (x: L, z: L, budget: Budget) => L;
  /** the law of the greatest of independent variables, at least one */
  readonly greatest: (laws: readonly L[], budget: Budget) => L;
  /** the law of max(slope·X, X + Z), X and Z independent, slope > 1: stay for ever, or go on */
  readonly stayOrLeave: (x: L, z: L, slope: Ratio, budget: Budget) => L;
  readonly mean: (law: L) => Ratio;
  /** for each of some independent variables the chances to be the greatest, with what ties are worth */
  readonly chances: (laws: readonly L[], budget: Budget) => RowChances[];
}
