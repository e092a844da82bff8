import { integerRows } from '../../mdp/integer-rows.js';
import type { Chain } from '../chain.js';
import { isOpen } from '../decide.js';
import type { Task } from '../task.js';
import type { ExactValues } from './exact-values.js';

/** Largest V* − V^π if every near row is at most 4·bound better than π's row. */
export function improvementBound(exact: ExactValues, horizon: bigint): bigint {
  return 4n * exact.bound * horizon;
}

/**
 * Compares every row with the policy's, by exact sums over the values. A row that is certainly better for V^π replaces
 * the policy's (`switched`). A row is not near if it is certainly worse for V*, which lies between V^π and V^π + improvementBound.
 *
 * @returns open: the states with a near row of another class than the policy's; complete only if nothing was switched
 */
export function compareExactly(
  { structure, classes, standing }: Task,
  { policy }: Chain,
  exact: ExactValues,
  horizon: bigint,
): { switched: boolean; open: number[] } {
  const { statePtr, stateCount, choiceOfRow, mdp } = structure;
  const { denominator } = integerRows(mdp);
  const better = 2n * exact.bound;
  const worse = better + improvementBound(exact, horizon);
  const open: number[] = [];
  let switched = false;
  for (let s = 0; s < stateCount; s++) {
    let current = policy[s]!;
    standing.near[current] = 1;
    if (statePtr[s + 1]! - statePtr[s]! === 1) continue;
    let own = rowSum(structure, current, exact.values);
    let ownDenominator = denominator[choiceOfRow[current]!]!;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      if (r === current) continue;
      const other = rowSum(structure, r, exact.values);
      const otherDenominator = denominator[choiceOfRow[r]!]!;
      const gap = other * ownDenominator - own * otherDenominator;
      const unit = ownDenominator * otherDenominator;
      standing.near[r] = gap < -worse * unit ? 0 : 1;
      if (gap > better * unit) {
        current = r;
        own = other;
        ownDenominator = otherDenominator;
        switched = true;
      }
    }
    policy[s] = current;
    if (!switched && isOpen(structure, classes, standing.near, s, current)) open.push(s);
  }
  return { switched, open };
}

/** denominator·Σ_t P(t|row)·values(t), an integer. */
export function rowSum(
  { mdp, choiceOfRow }: Task['structure'],
  r: number,
  values: readonly bigint[],
): bigint {
  const { numerator } = integerRows(mdp);
  const c = choiceOfRow[r]!;
  const start = mdp.rowPtr[c]!;
  const end = mdp.rowPtr[c + 1]!;
  if (end - start === 1) return values[mdp.successor[start]!]!;
  let sum = 0n;
  for (let k = start; k < end; k++) sum += numerator[k]! * values[mdp.successor[k]!]!;
  return sum;
}
