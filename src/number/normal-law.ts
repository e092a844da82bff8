import { exp } from './elementary.js';

const SQRT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal law. */
export function normalDensity(x: number): number {
  return exp((-x * x) / 2) / SQRT_TWO_PI;
}

/**
 * Distribution function Φ of the standard normal law, to about 1e-15: the series 1/2 + φ(x)(x + x³/3 + x⁵/(3·5) + …)
 * (Abramowitz & Stegun 1964, 26.2.11) up to |x| = 4, the continued fraction 26.2.14 for the tails beyond.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size < 4) {
    let term = x;
    let sum = x;
    for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 + normalDensity(x) * sum;
  }
  let fraction = size;
  for (let k = 60; k >= 1; k--) fraction = size + k / fraction;
  const tail = normalDensity(size) / fraction;
  return x < 0 ? tail : 1 - tail;
}
