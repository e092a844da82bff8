import { add, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { ExactRefusal, newBudget } from '../budget.js';
import { onUnitCube } from '../integrals/affine.js';
import { greatestOf } from '../integrals/greatest-of.js';
import type { ExactLaw } from '../laws/exact-law.js';
import { affineFrontier, type ValueVector } from '../policies/frontier-functions.js';
import { finiteValues } from '../solvers/finite-values.js';
import { plainEvent, rowChances } from '../solvers/row-chances.js';
import { lawKind, rangesOf } from '../solvers/state-values.js';
import type { ClaimSides } from './claim-sides.js';

/** Work for one value, in operations on big rationals: about a second. */
const WORK_LIMIT = 3e5;

/** What a claim compares under a law, both sides exactly. */
export interface ClaimValues {
  readonly first: Ratio;
  readonly second: Ratio;
}

/**
 * The two sides of a claim for independent uniform or discrete rewards: E max v·r summed over the sets, or the probability
 * that a side holds an optimal vector.
 * @throws {ExactRefusal} no exact method for this law, or too much work
 */
export function claimValues(sides: ClaimSides, law: ExactLaw): ClaimValues {
  if (sides.kind === 'value') {
    const mean = (sets: ClaimSides['first']): Ratio =>
      sets.reduce((sum, vectors) => add(sum, solve(tagged(vectors, 0), 1, law).mean), ZERO_RATIO);
    return { first: mean(sides.first), second: mean(sides.second) };
  }
  const vectors = [...tagged(sides.first[0]!, 0), ...tagged(sides.second[0]!, 1), ...tagged(sides.all, 2)];
  const [first, second] = solve(vectors, 3, law).chances;
  return { first: first!.weak, second: second!.weak };
}

function tagged(vectors: readonly (readonly Ratio[])[], row: number): ValueVector[] {
  return vectors.map((vector) => ({ vector, rows: [row] }));
}

function solve(
  vectors: readonly ValueVector[],
  rows: number,
  law: ExactLaw,
): { mean: Ratio; chances: readonly { weak: Ratio }[] } {
  if (law.kind !== 'independent') throw new ExactRefusal('rewards are not independent');
  const budget = newBudget(WORK_LIMIT);
  const used = law.marginals.flatMap((_, x) =>
    vectors.some(({ vector }) => vector[x]!.n !== 0n) ? [x] : [],
  );
  const kind = lawKind(used.map((x) => law.marginals[x]!));
  if (kind === 'finite') return finiteValues({ vectors }, rows, law, used, budget);
  if (kind !== 'uniform') throw new ExactRefusal('the law has no exact method here');
  const ranges = rangesOf(law.marginals);
  const functions = affineFrontier(vectors, (vector) => onUnitCube(vector, ranges), budget);
  const { mean, wins } = greatestOf(
    functions.map(({ value }) => value),
    budget,
  );
  return {
    mean,
    chances: rowChances(
      rows,
      functions.map((f, i) => plainEvent(f.rows, wins[i]!)),
    ),
  };
}
