/** A closed interval [low, high] that holds a real number; operations round outwards, so that results hold theirs. */
export type Interval = readonly [low: number, high: number];

/** More than half a unit in the last place of any result, so that one such step outwards makes up for its rounding. */
const STEP = 2 ** -52;

function down(x: number): number {
  return x - (Math.abs(x) * STEP + Number.MIN_VALUE);
}

function up(x: number): number {
  return x + (Math.abs(x) * STEP + Number.MIN_VALUE);
}

/** The interval of all numbers within `error` of x. */
export function around(x: number, error: number): Interval {
  return [down(x - error), up(x + error)];
}

export function addIntervals(a: Interval, b: Interval): Interval {
  return [down(a[0] + b[0]), up(a[1] + b[1])];
}

export function negateInterval(a: Interval): Interval {
  return [-a[1], -a[0]];
}

export function multiplyIntervals(a: Interval, b: Interval): Interval {
  const [p, q, r, s] = [a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]];
  return [down(Math.min(p, q, r, s)), up(Math.max(p, q, r, s))];
}

/** Σ a_j·b_(k−j) over from ≤ j ≤ to: all steps outwards are taken at once, from a bound on all rounding of the sum. */
export function sumOfProducts(
  a: readonly Interval[],
  b: readonly Interval[],
  from: number,
  to: number,
  k: number,
): Interval {
  let low = 0;
  let high = 0;
  let size = 0;
  for (let j = from; j <= to; j++) {
    const [a0, a1] = a[j]!;
    const [b0, b1] = b[k - j]!;
    const p = a0 * b0;
    const q = a0 * b1;
    const r = a1 * b0;
    const s = a1 * b1;
    const least = Math.min(p, q, r, s);
    const most = Math.max(p, q, r, s);
    low += least;
    high += most;
    size += Math.max(-least, most);
  }
  if (to < from) return [0, 0];
  // Of n products and n sums each rounds by at most 2⁻⁵³ of something below `size`, itself short by as much.
  const error = size * (to - from + 2) * 2 * STEP + (to - from + 1) * Number.MIN_VALUE;
  return [low - error, high + error];
}

/** a/b; the whole line if b holds 0. */
export function divideIntervals(a: Interval, b: Interval): Interval {
  if (b[0] <= 0 && b[1] >= 0) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return multiplyIntervals(a, [down(1 / b[1]), up(1 / b[0])]);
}

/** √a of the part of a that is not negative. */
export function sqrtInterval(a: Interval): Interval {
  return [Math.max(0, down(Math.sqrt(Math.max(0, a[0])))), up(Math.sqrt(Math.max(0, a[1])))];
}
