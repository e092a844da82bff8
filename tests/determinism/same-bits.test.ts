// The same seed gives the same bits on any number of threads; more numbers of threads in tests/slow.
import { describe, expect, it } from 'vitest';
import { cases, hashesOf } from './hashes.js';

const seed = 2n ** 63n + 11n;

describe.each(cases)('$law at gamma $gammas, $samples samples', (each) => {
  it('has one SHA-256 on 1 and 3 threads', async () => {
    const { hashes, most } = await hashesOf(each, seed, [1, 3]);
    expect(hashes.size).toBe(1);
    expect(most).toBeGreaterThan(1);
    const other = await hashesOf(each, seed + 1n, [3]);
    expect(hashes.has([...other.hashes][0]!)).toBe(false);
  });
});
