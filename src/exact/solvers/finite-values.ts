import { lcm } from '../../number/integer.js';
import { add, type Ratio, ratio, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';
import { type ExactLaw, type OutcomeNode, outcomeTree } from '../laws/exact-law.js';
import type { ValueVector } from '../policies/frontier-functions.js';
import type { RowChances } from './row-chances.js';

/** What the enumeration of a law of finite support gives about some competing values. */
export interface FiniteValues {
  /** E of the greatest value */
  readonly mean: Ratio;
  readonly chances: readonly RowChances[];
}

/** Values compared by their first product with the reward, ties by `later`. */
export interface Competition {
  readonly vectors: readonly ValueVector[];
  /**
   * Which of the tied vectors remain when the next levels are compared, for a reward in integers over a common scale;
   * left out where ties are ties.
   */
  readonly later?: (tied: readonly number[], reward: readonly bigint[]) => readonly number[];
}

/**
 * E max_i v_i·r and the chances of rows, for r of finite support, by going through every outcome once: exact, ties counted
 * as ties. Costs one addition per vector and outcome.
 *
 * @param states   the coordinates on which some vector is not 0
 * @throws {ExactRefusal} more outcomes than the budget allows
 */
export function finiteValues(
  { vectors, later }: Competition,
  rowCount: number,
  law: ExactLaw,
  states: readonly number[],
  budget: Budget,
): FiniteValues {
  const tree = outcomeTree(law, states);
  spend(budget, tree.leaves * (vectors.length + 2), `the enumeration of ${tree.leaves} reward functions`);
  const denominator = lcm(vectors.flatMap(({ vector }) => states.map((t) => vector[t]!.d)));
  const columns = states.map((t) => vectors.map(({ vector }) => vector[t]!.n * (denominator / vector[t]!.d)));
  const reward: bigint[] = states.map(() => 0n);
  let mean = 0n;
  const weak: bigint[] = new Array(rowCount).fill(0n);
  const strict: bigint[] = new Array(rowCount).fill(0n);
  /** shared[k][row]: weight of outcomes in which the row is one of k + 1 optimal ones */
  const shared = Array.from({ length: rowCount }, () => new Array<bigint>(rowCount).fill(0n));
  const leaf = (sums: readonly bigint[], weight: bigint): void => {
    let high = sums[0]!;
    for (const sum of sums) if (sum > high) high = sum;
    mean += weight * high;
    let best = sums.flatMap((sum, i) => (sum === high ? [i] : []));
    if (later !== undefined && best.length > 1) best = [...later(best, reward)];
    const rows = new Set(best.flatMap((i) => vectors[i]!.rows));
    for (const row of rows) {
      weak[row]! += weight;
      if (rows.size === 1) strict[row]! += weight;
      shared[rows.size - 1]![row]! += weight;
    }
  };
  const visit = (node: OutcomeNode, depth: number, sums: readonly bigint[], weight: bigint): void => {
    if ('leafWeight' in node) {
      leaf(sums, weight * node.leafWeight);
      return;
    }
    const column = columns[depth]!;
    for (const { value, weight: factor, next } of node.options()) {
      reward[depth] = value;
      const added = value === 0n ? sums : sums.map((sum, i) => sum + column[i]! * value);
      visit(next, depth + 1, added, weight * factor);
    }
  };
  visit(
    tree.root,
    0,
    vectors.map(() => 0n),
    1n,
  );
  const chance = (weight: bigint): Ratio => ratio(weight, tree.total);
  return {
    mean: ratio(mean, tree.total * denominator * tree.scale),
    chances: weak.map((_, row) => ({
      weak: chance(weak[row]!),
      strict: chance(strict[row]!),
      fractional: shared.reduce(
        (sum, weights, k) => add(sum, ratio(weights[row]!, tree.total * BigInt(k + 1))),
        ZERO_RATIO,
      ),
    })),
  };
}
