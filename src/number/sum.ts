/**
 * Compensated sum of values[start … end−1], in that order (Neumaier 1974, the improved Kahan-Babuška algorithm). The
 * result is that of the exact sum rounded to a double, up to an error of about n²·2⁻¹⁰⁶·Σ|values|; the order is fixed, so
 * the digits are too. An empty range sums to 0. Infinities and NaN pass through as in a plain sum.
 */
export function sum(values: ArrayLike<number>, start = 0, end: number = values.length): number {
  let total = 0;
  let lost = 0;
  for (let i = start; i < end; i++) {
    const value = values[i];
    const next = total + value;
    // What the addition dropped: the smaller operand's low part.
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(lost) ? total + lost : total;
}
