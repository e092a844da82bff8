import { integerRows } from './integer-rows.js';
import type { Mdp } from './model.js';
import { refine, rowKey } from './partition-refinement.js';

/**
 * The coarsest partition of the states, finer than `initialStateClass`, in which two states of a class have the same set
 * of rows over classes (probabilistic bisimulation, Larsen & Skou 1991; Givan, Dean & Greig 2003 for decision
 * processes). Exact: probabilities are compared as integers over their denominators.
 *
 * With the initial partition by equal reward, states of one class have equal optimal values for every discount, and
 * choices of one class are optimal together.
 *
 * @param initialStateClass Int32 (S): states that may be merged at all have equal entries
 * @returns stateClass Int32 (S): the first state of the class; choiceClass Int32 (C): the first choice of the same state
 *          with the same row over classes
 * @throws {RangeError} initialStateClass is not of length S
 */
export function bisimulation(
  mdp: Mdp,
  initialStateClass: Int32Array,
): { stateClass: Int32Array; choiceClass: Int32Array } {
  if (initialStateClass.length !== mdp.stateCount) {
    throw new RangeError(
      `an initial class for each of ${mdp.stateCount} states, not ${initialStateClass.length}`,
    );
  }
  if (initialStateClass.every((first, s) => first === s)) {
    // No two states may be merged, so only equal rows are equal: nothing to refine, and no big integers to make.
    return { stateClass: initialStateClass.slice(), choiceClass: mdp.choiceClass };
  }
  const rows = integerRows(mdp);
  const stateClass = refine(mdp, rows, initialStateClass, (s, visit) => {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) visit(c);
  });
  const choiceClass = new Int32Array(mdp.choiceCount);
  for (let s = 0; s < mdp.stateCount; s++) {
    const seen = new Map<string | number, number>();
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const key = rowKey(mdp, rows, c, stateClass);
      choiceClass[c] = seen.get(key) ?? c;
      if (choiceClass[c] === c) seen.set(key, c);
    }
  }
  return { stateClass, choiceClass };
}
