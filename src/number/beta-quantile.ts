import { exp, expm1, log } from './elementary.js';
import { type BetaLaw, betaKernel, betaTails } from './incomplete-beta.js';
import { normalQuantile } from './normal-quantile.js';

/** A point of the unit interval and its complement 1 − x, each to full relative precision. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
}

/** Where the logarithm of the smaller of x and 1 − x may go: to x = 0.6, so that a start need not know the exact side. */
const LARGEST_LOGARITHM = -0.51;

/**
 * Quantile of the beta law with shapes a, b > 0: x with I_x(a, b) = p, and 1 − x. A point below the smallest double is 0.
 *
 * Solved for the logarithm of the smaller of x and 1 − x, by Halley's iteration on the logarithm of the smaller tail, kept
 * inside a bracket that only shrinks; cubic, so it ends with the step from where that logarithm is within 2e-6.
 *
 * @param law        betaLaw(a, b)
 * @param p          0 ≤ p ≤ 1
 * @param complement 1 − p, where it is known better than subtraction gives it
 * @param guess      a point near the result, where one is known
 */
export function betaQuantile(
  law: BetaLaw,
  p: number,
  complement: number = 1 - p,
  guess?: UnitPoint,
): UnitPoint {
  if (!(p >= 0 && complement >= 0)) return { x: Number.NaN, y: Number.NaN };
  if (guess === undefined ? isBelowHalf(law, p, complement) : guess.x <= guess.y) {
    return solve(law, p, complement, guess?.x);
  }
  const mirrored = { a: law.b, b: law.a, factor: law.factor };
  const { x, y } = solve(mirrored, complement, p, guess?.y);
  return { x: y, y: x };
}

function isBelowHalf(law: BetaLaw, p: number, complement: number): boolean {
  const { lower, upper } = betaTails(law, 0.5, 0.5);
  return p <= 0.5 ? p <= lower : complement >= upper;
}

/** The point x ≤ 0.6 with lower tail p and upper tail q. */
function solve(law: BetaLaw, p: number, q: number, guess: number | undefined): UnitPoint {
  if (p === 0) return { x: 0, y: 1 };
  const byLower = p <= q;
  const target = log(byLower ? p : q);
  let low = Number.NEGATIVE_INFINITY;
  let high = LARGEST_LOGARITHM;
  let t = Math.min(guess === undefined ? start(law, p) : log(guess), high);
  for (let step = 0; step < 200; step++) {
    const x = exp(t);
    if (x === 0) return { x: 0, y: 1 };
    const y = -expm1(t);
    const kernel = betaKernel(law, x, y);
    const { lower, upper } = betaTails(law, x, y, kernel);
    const tail = byLower ? lower : -upper;
    const excess = log(Math.abs(tail)) - target;
    // First derivative of the tail's logarithm by t = ln x, and the second divided by the first.
    const slope = kernel / (y * tail);
    const bend = law.a - ((law.b - 1) * x) / y - slope;
    const newton = -excess / slope;
    const next = t + newton / (1 + 0.5 * newton * bend);
    if (Math.abs(excess) <= 2e-6) return { x: exp(next), y: -expm1(next) };
    if (excess > 0 === byLower) high = t;
    else low = t;
    t = next > low && next < high ? next : Math.max((low + high) / 2, 2 * t - 1);
  }
  return { x: exp(t), y: -expm1(t) };
}

/** ln x to start from: Abramowitz & Stegun 26.5.22 for a, b > 1, else the leading term x^a/(a B(a,b)) of I. */
function start({ a, b, factor }: BetaLaw, p: number): number {
  if (a > 1 && b > 1) {
    const z = -normalQuantile(p);
    const lambda = (z * z - 3) / 6;
    const [u, v] = [1 / (2 * a - 1), 1 / (2 * b - 1)];
    const h = 2 / (u + v);
    const w = (z * Math.sqrt(Math.max(0, h + lambda))) / h - (v - u) * (lambda + 5 / 6 - 2 / (3 * h));
    return -log(1 + (b / a) * exp(2 * w));
  }
  // 1/B(a, b) = factor · n^n / (a^a b^b)
  const n = a + b;
  const logInverseB = log(factor) + a * log(n / a) + b * log(n / b);
  return (log(p) + log(a) - logInverseB) / a;
}
