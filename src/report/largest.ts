/** The largest of the numbers, −Infinity of none; any count of them, where `Math.max(...numbers)` overflows the stack. */
export function largest(numbers: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) if (number > most) most = number;
  return most;
}
