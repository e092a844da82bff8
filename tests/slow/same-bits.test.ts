// The same seed gives the same bits on any number of threads; few of them in npm test.
import { describe, expect, it } from 'vitest';
import { cases, hashesOf } from '../determinism/hashes.js';

const seed = 2n ** 63n + 11n;

describe.each(cases)('$law at gamma $gammas, $samples samples', (each) => {
  it('has one SHA-256 on 1, 2, 3, 7 and 16 threads', async () => {
    const { hashes, most } = await hashesOf(each, seed, [1, 2, 3, 7, 16]);
    expect(hashes.size).toBe(1);
    expect(most).toBeGreaterThan(1);
    const other = await hashesOf(each, seed + 1n, [3]);
    expect(hashes.has([...other.hashes][0]!)).toBe(false);
  });
});
