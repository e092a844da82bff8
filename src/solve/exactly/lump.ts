import { integerRows } from '../../mdp/integer-rows.js';
import { refine, rowKey } from '../../mdp/partition-refinement.js';
import { isOpen, type Standing } from '../decide.js';
import type { Structure } from '../structure.js';

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
  const lump =
    lumpCertain(structure, rewardClass, policy) ??
    refine(mdp, rows, rewardClass, (s, visit) => visit(choiceOfRow[policy[s]!]!));
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

/** Rounds of the simple refinement; long chains are left to the one that takes no quadratic time. */
const SIMPLE_ROUNDS = 40;

/**
 * The lumps of a chain in which every state has one successor, by rounds over all states: the same classes as `refine`,
 * sooner where few rounds do. Undefined if the chain is of another kind, or more rounds would be needed.
 */
function lumpCertain(
  structure: Structure,
  rewardClass: Int32Array,
  policy: Int32Array,
): Int32Array | undefined {
  const { stateCount, rowPtr, successor, certain } = structure;
  for (let s = 0; s < stateCount; s++) if (certain[policy[s]!] === 0) return undefined;
  let lump = rewardClass;
  let count = 0;
  for (let round = 0; round < SIMPLE_ROUNDS; round++) {
    const first = new Map<number, number>();
    const next = new Int32Array(stateCount);
    for (let s = 0; s < stateCount; s++) {
      const key = lump[s]! * stateCount + lump[successor[rowPtr[policy[s]!]!]!]!;
      const known = first.get(key);
      if (known === undefined) first.set(key, s);
      next[s] = known ?? s;
    }
    if (first.size === count) return lump;
    count = first.size;
    lump = next;
  }
  return undefined;
}
