import type { Mdp } from './model.js';

/** The exact probabilities as integers: transition k of choice c has probability numerator[k] / denominator[c]. */
export interface IntegerRows {
  /** (K) */
  readonly numerator: readonly bigint[];
  /** (C), the least common denominator of each row */
  readonly denominator: readonly bigint[];
}

const known = new WeakMap<Mdp, IntegerRows>();

/**
 * The integer rows of a model; the same object for the same model. The arrays are made when first asked for: they take
 * some 32 bytes a transition, and models without exact ties do without them.
 */
export function integerRows(mdp: Mdp): IntegerRows {
  const found = known.get(mdp);
  if (found !== undefined) return found;
  let made: IntegerRows | undefined;
  const rows = {
    get numerator(): readonly bigint[] {
      made ??= makeRows(mdp);
      return made.numerator;
    },
    get denominator(): readonly bigint[] {
      made ??= makeRows(mdp);
      return made.denominator;
    },
  };
  known.set(mdp, rows);
  return rows;
}

function makeRows({ rowPtr, exact, choiceCount, transitionCount }: Mdp): IntegerRows {
  const { values, index } = exact;
  const numerator: bigint[] = new Array(transitionCount);
  const denominator: bigint[] = new Array(choiceCount);
  for (let c = 0; c < choiceCount; c++) {
    let common = 1n;
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++)
      common = leastCommonMultiple(common, values[index[k]!]!.d);
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) {
      const { n, d } = values[index[k]!]!;
      numerator[k] = d === common ? n : n * (common / d);
    }
    denominator[c] = common;
  }
  return { numerator, denominator };
}

/** The least common multiple of two positive integers. */
export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (b === 1n || a % b === 0n) return a;
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
