import type { Mdp } from '../mdp/model.js';

/**
 * The exact row of a choice with every successor t replaced by permutation[t], as a text: two choices have the same key
 * if and only if their rows, moved so, are equal as distributions.
 */
export function rowKey(mdp: Mdp, choice: number, permutation: Int32Array): string {
  const from = mdp.rowPtr[choice]!;
  const to = mdp.rowPtr[choice + 1]!;
  if (to === from + 1) return `${permutation[mdp.successor[from]!]}`;
  const entries: (readonly [number, number])[] = [];
  for (let k = from; k < to; k++) entries.push([permutation[mdp.successor[k]!]!, mdp.exact.index[k]!]);
  return entries
    .sort((a, b) => a[0] - b[0])
    .map(([successor, probability]) => `${successor}:${probability}`)
    .join();
}
