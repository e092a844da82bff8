/**
 * The number of distinct arrangements of a multiset: (Σ m_i)! / Π m_i!, exactly.
 * @param multiplicities m_i ≥ 0
 */
export function arrangementCount(multiplicities: readonly number[]): bigint {
  let count = 1n;
  let placed = 0n;
  for (const multiplicity of multiplicities) {
    // Multiply by C(placed + multiplicity, multiplicity), factor by factor; each quotient is a binomial coefficient.
    for (let i = 1n; i <= BigInt(multiplicity); i++) {
      placed++;
      count = (count * placed) / i;
    }
  }
  return count;
}

/**
 * Turns an arrangement into the next one in lexicographic order, in place (Knuth, TAOCP 7.2.1.2, Algorithm L). From the
 * ascending arrangement on it visits every distinct arrangement of the multiset once.
 * @returns false, and leaves the array as it was, at the last (descending) arrangement
 */
export function nextArrangement(items: Int32Array): boolean {
  let left = items.length - 2;
  while (left >= 0 && items[left]! >= items[left + 1]!) left--;
  if (left < 0) return false;
  let right = items.length - 1;
  while (items[right]! <= items[left]!) right--;
  swap(items, left, right);
  for (let i = left + 1, j = items.length - 1; i < j; i++, j--) swap(items, i, j);
  return true;
}

function swap(items: Int32Array, i: number, j: number): void {
  const item = items[i]!;
  items[i] = items[j]!;
  items[j] = item;
}
