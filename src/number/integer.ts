/**
 * Big-integer helpers for exact arithmetic.
 */

const SMALL = 0x1fffffffffffffn;

/** The greatest common divisor, never negative; gcd(0, 0) = 0. Euclid's algorithm, finished in doubles once both fit. */
export function gcd(first: bigint, second: bigint): bigint {
  let a = first < 0n ? -first : first;
  let b = second < 0n ? -second : second;
  if (a < b) [a, b] = [b, a];
  while (b > SMALL) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let y = Number(b);
  let x = Number(a % b);
  while (x !== 0) [x, y] = [y % x, x];
  return BigInt(y);
}

/** The least common multiple of positive integers; 1 for none. */
export function lcm(values: Iterable<bigint>): bigint {
  let result = 1n;
  for (const value of values) if (result % value !== 0n) result = (result / gcd(result, value)) * value;
  return result;
}

/** The absolute value. */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The greatest of some integers, at least one. */
export function largest(values: readonly bigint[]): bigint {
  let high = values[0]!;
  for (const value of values) if (value > high) high = value;
  return high;
}

/** n! for n ≥ 0 */
export function factorial(n: number): bigint {
  let result = 1n;
  for (let k = 2; k <= n; k++) result *= BigInt(k);
  return result;
}

/** The binomial coefficient n over k, 0 where k is outside 0 … n. */
export function binomial(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}
