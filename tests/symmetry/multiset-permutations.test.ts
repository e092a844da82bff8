import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangementCount, nextArrangement } from '../../src/symmetry/multiset-permutations.js';
import { permutations } from '../oracles/brute-automorphisms.js';

describe('arrangements of a multiset', () => {
  it('are visited once each, in lexicographic order, and counted', () => {
    // Oracle: all permutations, repeats dropped.
    const property = fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 6 }), (items) => {
      const element = Int32Array.from(items).sort();
      const visited: string[] = [];
      do visited.push(element.join(''));
      while (nextArrangement(element));
      const distinct = new Set(permutations(items.length).map((phi) => phi.map((i) => items[i]!).join('')));
      expect(visited).toEqual([...distinct].sort());
      const multiplicities = [0, 1, 2, 3].map((value) => items.filter((item) => item === value).length);
      expect(arrangementCount(multiplicities)).toBe(BigInt(distinct.size));
    });
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('are counted exactly where doubles would not do', () => {
    expect(arrangementCount(new Array(25).fill(1))).toBe(15511210043330985984000000n);
    expect(arrangementCount([30, 30])).toBe(118264581564861424n);
    expect(arrangementCount([])).toBe(1n);
  });
});
