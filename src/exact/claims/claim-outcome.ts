import { lcm } from '../../number/integer.js';
import { approximate, type Ratio } from '../../number/ratio.js';
import type { ClaimSides } from './claim-sides.js';

/** The rewards of all states in integers over a common scale, and their doubles, each within half a unit of its last place. */
export interface RewardVector {
  readonly double: (s: number) => number;
  readonly integer: (s: number) => bigint;
  /** at least every |double| */
  readonly most: number;
}

/** A set of vectors in doubles and, for ties, as integers over one denominator. */
interface VectorSet {
  readonly doubles: readonly Float64Array[];
  readonly integers: () => readonly (readonly bigint[])[];
}

/**
 * A function that says which side of a claim wins for a reward function: 1 the first, −1 the second, 0 neither. Sums in
 * doubles decide where their rounding cannot matter, integers where it can.
 */
export function claimOutcome(sides: ClaimSides): (reward: RewardVector) => -1 | 0 | 1 {
  const every = [...sides.first.flat(), ...sides.second.flat(), ...sides.all];
  let denominator: bigint | undefined;
  const prepared = (vectors: readonly (readonly Ratio[])[]): VectorSet => {
    let made: bigint[][] | undefined;
    return {
      doubles: inDoubles(vectors),
      integers: () => {
        denominator ??= lcm(every.flatMap((vector) => vector.map(({ d }) => d)));
        made ??= vectors.map((vector) => vector.map(({ n, d }) => n * (denominator! / d)));
        return made;
      },
    };
  };
  const [first, second] = [sides.first.map(prepared), sides.second.map(prepared)];
  const all = [prepared(sides.all)];
  const largest = every.reduce(
    (most, vector) =>
      Math.max(
        most,
        vector.reduce((sum, v) => sum + Math.abs(approximate(v)), 0),
      ),
    0,
  );
  const terms = (every[0]?.length ?? 0) + sides.first.length + sides.second.length + 4;
  // Each of `parts` sums has a relative error of at most terms · 2⁻⁵² of the sum of absolute values.
  const parts = Math.max(sides.first.length, sides.second.length);
  const bound = 2 * parts * terms * 2 ** -52 * largest;
  const compareSets = (a: readonly VectorSet[], b: readonly VectorSet[], reward: RewardVector): number => {
    const difference =
      greatest(
        a.map(({ doubles }) => doubles),
        reward.double,
      ) -
      greatest(
        b.map(({ doubles }) => doubles),
        reward.double,
      );
    if (Math.abs(difference) > bound * reward.most) return Math.sign(difference);
    const [x, y] = [greatestExactly(a, reward), greatestExactly(b, reward)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  if (sides.kind === 'value') return (reward) => compareSets(first, second, reward) as -1 | 0 | 1;
  return (reward) => {
    const [a, b] = [first, second].map((side) => compareSets(side, all, reward) === 0);
    return (Number(a) - Number(b)) as -1 | 0 | 1;
  };
}

/** What is averaged over a law, in doubles: POWER of both sides, or for each 1 if it holds an optimal vector, else 0. */
export function claimMeasures(
  sides: ClaimSides,
): (double: (s: number) => number) => readonly [number, number] {
  const [first, second] = [sides.first.map(inDoubles), sides.second.map(inDoubles)];
  if (sides.kind === 'value') return (double) => [greatest(first, double), greatest(second, double)];
  const all = [inDoubles(sides.all)];
  return (double) => {
    const most = greatest(all, double);
    return [Number(greatest(first, double) === most), Number(greatest(second, double) === most)];
  };
}

type Sets = readonly (readonly Float64Array[])[];

function inDoubles(vectors: readonly (readonly Ratio[])[]): readonly Float64Array[] {
  return vectors.map((vector) => Float64Array.from(vector, approximate));
}

function greatest(sets: Sets, double: (s: number) => number): number {
  let sum = 0;
  for (const doubles of sets) {
    let most = Number.NEGATIVE_INFINITY;
    for (const vector of doubles) {
      let product = 0;
      for (let s = 0; s < vector.length; s++) product += vector[s]! * double(s);
      if (product > most) most = product;
    }
    sum += most;
  }
  return sum;
}

function greatestExactly(sets: readonly VectorSet[], { integer }: RewardVector): bigint {
  let sum = 0n;
  for (const { integers } of sets) {
    let most: bigint | undefined;
    for (const vector of integers()) {
      const product = vector.reduce((total, v, s) => (v === 0n ? total : total + v * integer(s)), 0n);
      if (most === undefined || product > most) most = product;
    }
    sum += most!;
  }
  return sum;
}
