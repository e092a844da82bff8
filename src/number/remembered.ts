/** Results of a function that are remembered at a time. */
const MOST = 4096;

/**
 * The same function of numbers, which computes what it was asked for lately only once: the rows of a result, of which there
 * may be millions, ask for few different quantiles. Results must not be changed.
 */
export function remembered<Result>(
  compute: (...numbers: readonly number[]) => Result,
): (...numbers: readonly number[]) => Result {
  const known = new Map<string, Result>();
  return (...numbers) => {
    const key = numbers.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = compute(...numbers);
    if (known.size === MOST) known.clear();
    known.set(key, result);
    return result;
  };
}
