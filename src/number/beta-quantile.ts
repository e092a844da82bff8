import { exp, expm1, log } from './elementary.js';
import { type BetaLaw, betaKernel, betaTails } from './incomplete-beta.js';
import { normalQuantile } from './normal-quantile.js';

/** A point of the unit interval and its complement 1 − x, each to full relative precision. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Quantile of the beta law with shapes a, b > 0: x with I_x(a, b) = p, and 1 − x. A point below the smallest double is 0.
 *
 * Solved for the logarithm of the smaller of x and 1 − x, by Newton's iteration on the logarithm of the smaller tail, kept
 * inside a bracket that only shrinks; quadratic, so it ends with the step from where that logarithm is within 1e-8.
 *
 * @param law        betaLaw(a, b)
 * @param p          0 ≤ p ≤ 1
 * @param complement 1 − p, where it is known better than subtraction gives it
 */
export function betaQuantile(law: BetaLaw, p: number, complement: number = 1 - p): UnitPoint {
  if (!(p >= 0 && complement >= 0)) return { x: Number.NaN, y: Number.NaN };
  const half = betaTails(law, 0.5, 0.5);
  if (p <= 0.5 ? p <= half.lower : complement >= half.upper) return solve(law, p, complement);
  const { x, y } = solve({ a: law.b, b: law.a, factor: law.factor }, complement, p);
  return { x: y, y: x };
}

/** The point x ≤ 1/2 with lower tail p and upper tail q. */
function solve(law: BetaLaw, p: number, q: number): UnitPoint {
  if (p === 0) return { x: 0, y: 1 };
  const byLower = p <= q;
  const target = log(byLower ? p : q);
  let low = Number.NEGATIVE_INFINITY;
  let high = -Math.LN2;
  let t = Math.min(start(law, p), high);
  for (let step = 0; step < 200; step++) {
    const x = exp(t);
    if (x === 0) return { x: 0, y: 1 };
    const y = -expm1(t);
    const kernel = betaKernel(law, x, y);
    const { lower, upper } = betaTails(law, x, y, kernel);
    const tail = byLower ? lower : -upper;
    const excess = log(Math.abs(tail)) - target;
    // The tail's logarithm changes by kernel / (y · tail) per unit of t = ln x.
    const next = t - (excess * y * tail) / kernel;
    if (Math.abs(excess) <= 1e-8) return { x: exp(next), y: -expm1(next) };
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
