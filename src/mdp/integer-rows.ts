import type { Mdp } from './model.js';

/** The exact probabilities as integers: transition k of choice c has probability numerator[k] / denominator[c]. */
export interface IntegerRows {
  /** (K) */
  readonly numerator: readonly bigint[];
  /** (C), the least common denominator of each row */
  readonly denominator: readonly bigint[];
}

const known = new WeakMap<Mdp, IntegerRows>();

/** The integer rows of a model, made when first asked for; the same object for the same model. */
export function integerRows(mdp: Mdp): IntegerRows {
  const found = known.get(mdp);
  if (found !== undefined) return found;
  const { values, index } = mdp.exact;
  const numerator: bigint[] = new Array(mdp.transitionCount);
  const denominator: bigint[] = new Array(mdp.choiceCount);
  for (let c = 0; c < mdp.choiceCount; c++) {
    let common = 1n;
    for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++)
      common = leastCommonMultiple(common, values[index[k]!]!.d);
    for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) {
      const { n, d } = values[index[k]!]!;
      numerator[k] = n * (common / d);
    }
    denominator[c] = common;
  }
  const rows = { numerator, denominator };
  known.set(mdp, rows);
  return rows;
}

/** The least common multiple of two positive integers. */
export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (b === 1n || a % b === 0n) return a;
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
