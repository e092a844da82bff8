import { cos, sin } from './trigonometric.js';

/**
 * The angle of the point (x, y) above the x-axis, in [−π, π], as Math.atan2 but with the same digits in every engine: a
 * quadratic guess (Rajan et al. 2006, error below 0.004) and two steps θ + δ + δ³/6 with δ = sin(angle − θ). Absolute error
 * below 2⁻⁵⁰; 0 for the origin.
 *
 * @param y,x  finite, and without overflow in x² + y²
 */
export function angle(y: number, x: number): number {
  const radius = Math.sqrt(x * x + y * y);
  if (radius === 0) return 0;
  const [a, b] = [Math.abs(x), Math.abs(y)];
  const ratio = Math.min(a, b) / Math.max(a, b);
  const guess = ratio * (Math.PI / 4 + 0.273 * (1 - ratio));
  const first = b > a ? Math.PI / 2 - guess : guess;
  let theta = x < 0 ? Math.PI - first : first;
  if (y < 0) theta = -theta;
  for (let step = 0; step < 2; step++) {
    const delta = (y * cos(theta) - x * sin(theta)) / radius;
    theta += delta + (delta * delta * delta) / 6;
  }
  return theta;
}
