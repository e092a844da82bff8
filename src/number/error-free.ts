/**
 * Error-free transformations: what a rounded sum or product lost, as a double. `a + b` equals s + sumError(a, b, s)
 * exactly (Knuth, TAOCP 2, 4.2.2, theorem B), and `a · b` equals p + productError(a, b, p) exactly (Dekker 1971, with
 * Veltkamp's splitting), as long as nothing overflows (|a|, |b| < 2⁹⁹⁵) or underflows (|a·b| ≥ 2⁻⁹⁶⁹ or 0).
 */

/** a + b − s, for s = the double a + b. */
export function sumError(a: number, b: number, s: number): number {
  const bSeen = s - a;
  return a - (s - bSeen) + (b - bSeen);
}

/** 2²⁷ + 1: cuts 53 bits into 26 and 26 plus a sign. */
const SPLITTER = 134217729;

/** a · b − p, for p = the double a · b. */
export function productError(a: number, b: number, p: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
