import { integerRows } from '../mdp/integer-rows.js';
import { refine, rowKey } from '../mdp/partition-refinement.js';
import { isOpen, type Standing } from './decide.js';
import type { Structure } from './structure.js';

/**
 * Proves that all near rows are optimal, by lumping (Kemeny & Snell 1960, §6.3).
 *
 * States of the policy's chain with exactly equal reward and equal distribution over lumps have exactly equal V^π. If in
 * every state each near row of another class than π's has the same distribution over lumps as π's row, then it has the
 * same Q^π. The rows that are not near are certainly not optimal, and those of π's class are as good as π's, so leaving
 * them out does not change V*. In what is left V^π satisfies Bellman's equation, so V^π = V*: every near row is optimal.
 *
 * @param rewardClass Int32 (S): equal entries where the exact rewards are equal
 * @param near        rows not proved to be worse, π's among them
 */
export function provesTies(
  structure: Structure,
  classes: Int32Array,
  rewardClass: Int32Array,
  { near, policy }: Standing,
): boolean {
  const { mdp, stateCount, statePtr, choiceOfRow } = structure;
  const rows = integerRows(mdp);
  const lump = refine(mdp, rows, rewardClass, (s, visit) => visit(choiceOfRow[policy[s]!]!));
  for (let s = 0; s < stateCount; s++) {
    const chosen = choiceOfRow[policy[s]!]!;
    if (!isOpen(structure, classes, near, s, policy[s]!)) continue;
    const key = rowKey(mdp, rows, chosen, lump);
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      const rival = choiceOfRow[r]!;
      if (near[r] === 0 || classes[rival] === classes[chosen]) continue;
      if (rowKey(mdp, rows, rival, lump) !== key) return false;
    }
  }
  return true;
}
