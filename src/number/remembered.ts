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
  let last: { readonly numbers: readonly number[]; readonly result: Result } | undefined;
  return (...numbers) => {
    // Mostly the same ones as before, which cost no text.
    if (last?.numbers.every((value, i) => value === numbers[i])) return last.result;
    const result = found(numbers);
    last = { numbers, result };
    return result;
  };

  function found(numbers: readonly number[]): Result {
    const key = numbers.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = compute(...numbers);
    if (known.size === MOST) known.clear();
    known.set(key, result);
    return result;
  }
}
