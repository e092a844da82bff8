/**
 * Int32 (n): for each of n keys the first index with an equal key, its own if there is none earlier.
 */
export function firstOfEach(keys: readonly unknown[]): Int32Array {
  const first = new Map<unknown, number>();
  return Int32Array.from(keys, (key, index) => {
    const known = first.get(key);
    if (known !== undefined) return known;
    first.set(key, index);
    return index;
  });
}
