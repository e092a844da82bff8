import type { Rational } from './rational.js';

/**
 * A discount per step, 0 < gamma < 1, kept exactly: `0.9` means 9/10. `oneMinusGamma` is the double nearest to the exact
 * 1 − gamma; subtracting the rounded gamma from 1 would lose digits near 1.
 */
export interface Discount {
  /** What the user wrote, and what is printed: `0.9`, `2/3`. */
  readonly text: string;
  readonly gamma: number;
  readonly oneMinusGamma: number;
  readonly exact: Rational;
}
