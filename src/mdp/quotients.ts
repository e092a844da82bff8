import { type Rational, rational } from '../number/rational.js';
import type { Mdp } from './model.js';

/** A quotient of integers, num ≥ 0, den > 0, that may have common factors. */
export interface Quotient {
  readonly num: bigint;
  readonly den: bigint;
}

/**
 * A growing list of exact quotients, 16 bytes each. Those whose numerator or denominator has more than 64 bits have the
 * denominator 0 and stand in `long`.
 */
export interface Quotients {
  length: number;
  numerator: BigUint64Array;
  denominator: BigUint64Array;
  readonly long: Map<number, Quotient>;
}

const LARGEST = 2n ** 64n - 1n;

/** An empty list with room for `room` quotients. */
export function quotientList(room = 16): Quotients {
  return {
    length: 0,
    numerator: new BigUint64Array(room),
    denominator: new BigUint64Array(room),
    long: new Map(),
  };
}

/** Appends num/den. */
export function pushQuotient(list: Quotients, num: bigint, den: bigint): void {
  const at = list.length++;
  if (at === list.numerator.length) {
    list.numerator = enlarged(list.numerator);
    list.denominator = enlarged(list.denominator);
  }
  if (num > LARGEST || den > LARGEST) {
    list.long.set(at, { num, den });
  } else {
    list.numerator[at] = num;
    list.denominator[at] = den;
  }
}

/** The quotient at an index below the length. */
export function quotientAt({ numerator, denominator, long }: Quotients, index: number): Quotient {
  return long.get(index) ?? { num: numerator[index]!, den: denominator[index]! };
}

/**
 * The exact probabilities of a model: the rationals are made, all of them, when they are first asked for, which a run that
 * needs no exact arithmetic never does.
 * @param quotients  distinct values
 */
export function exactProbabilities(quotients: Quotients, index: Int32Array): Mdp['exact'] {
  let made: readonly Rational[] | undefined;
  return {
    index,
    quotients,
    get values(): readonly Rational[] {
      made ??= Array.from({ length: quotients.length }, (_, i) => {
        const { num, den } = quotientAt(quotients, i);
        return rational(num, den);
      });
      return made;
    },
  };
}

/** The exact probabilities of a model as quotients. */
export function quotientsOf(exact: Mdp['exact']): Quotients {
  if (exact.quotients !== undefined) return exact.quotients;
  const { values } = exact;
  const list = quotientList(values.length);
  for (const { n, d } of values) pushQuotient(list, n, d);
  return list;
}

function enlarged(values: BigUint64Array): BigUint64Array<ArrayBuffer> {
  const larger = new BigUint64Array(Math.max(16, 2 * values.length));
  larger.set(values);
  return larger;
}
