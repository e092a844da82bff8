import { nearestDouble } from '../../number/nearest-double.js';
import { type Rational, ZERO } from '../../number/rational.js';

/** Where a number lies; a limit is null where there is none. */
export interface Range {
  readonly low: Rational | null;
  readonly high: Rational | null;
}

/** The middle of a range; 0 where it has an end only. */
export function middleOf({ low, high }: Range): number {
  return low === null || high === null ? 0 : nearestDouble(low.add(high).div(2));
}

/** Where by · x lies. */
export function scaledRange({ low, high }: Range, by: Rational): Range {
  const [first, last] = [low?.mul(by) ?? null, high?.mul(by) ?? null];
  if (by.n === 0n) return { low: ZERO, high: ZERO };
  return by.s < 0n ? { low: last, high: first } : { low: first, high: last };
}

/** Where the sum of two numbers lies. */
export function sumOfRanges(a: Range, b: Range): Range {
  const sum = (x: Rational | null, y: Rational | null): Rational | null =>
    x === null || y === null ? null : x.add(y);
  return { low: sum(a.low, b.low), high: sum(a.high, b.high) };
}

/** Where |x| lies. */
export function sizeOf({ low, high }: Range): Range {
  const below = low === null || low.compare(ZERO) <= 0;
  const above = high === null || high.compare(ZERO) >= 0;
  const sizes = [low, high].map((limit) => limit?.abs() ?? null);
  const most = sizes.some((size) => size === null)
    ? null
    : sizes.reduce((a, b) => (a!.compare(b!) >= 0 ? a : b))!;
  if (below && above) return { low: ZERO, high: most };
  return { low: above ? low : high!.abs(), high: most };
}
