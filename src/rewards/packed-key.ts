/**
 * A short text for a list of small numbers, each from 0 to `most`: as many as fit go into one UTF-16 unit. Lists of one
 * length have equal texts only if they are equal.
 */
export function packedKey(numbers: ArrayLike<number>, most: number): string {
  const bits = Math.max(1, 32 - Math.clz32(most));
  const perUnit = Math.max(1, Math.floor(16 / bits));
  const units: number[] = [];
  for (let start = 0; start < numbers.length; start += perUnit) {
    let unit = 0;
    for (let i = start; i < Math.min(start + perUnit, numbers.length); i++)
      unit = (unit << bits) | numbers[i];
    // More than 65536 kinds: two units for each.
    if (bits > 16) units.push(unit >>> 16);
    units.push(unit & 0xffff);
  }
  return units.map((unit) => String.fromCharCode(unit)).join('');
}
