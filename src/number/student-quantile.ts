import { betaQuantile } from './beta-quantile.js';
import { betaLaw } from './incomplete-beta.js';
import { remembered } from './remembered.js';

/**
 * Quantile of Student's t law with `degrees` > 0 degrees of freedom, 0 < p < 1: t with P(T ≤ t) = p. From the beta law:
 * P(|T| > t) = I_x(degrees/2, 1/2) at x = degrees/(degrees + t²) (Abramowitz & Stegun 26.7.1).
 * Accurate for small p; for probabilities near 1 use −studentQuantile(1 − p).
 */
export function studentQuantile(p: number, degrees: number): number {
  return quantile(p, degrees);
}

const quantile = remembered((p, degrees) => {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const { x, y } = betaQuantile(betaLaw(degrees / 2, 0.5), 2 * tail, 1 - 2 * tail);
  const t = Math.sqrt(degrees * (y / x));
  return p < 0.5 ? -t : t;
});
