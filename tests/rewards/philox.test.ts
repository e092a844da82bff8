import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillUniformPair, openUniform, philox4x32, philoxKey } from '../../src/rewards/philox.js';

const vectors = readFileSync(new URL('../../fixtures/vectors/philox4x32.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/).slice(2));

describe('philox4x32', () => {
  it.each(vectors)('gives the published words for counter %s %s %s %s, key %s %s', (...row) => {
    const [c0, c1, c2, c3, low, high, ...expected] = row.map((word) => Number.parseInt(word, 16));
    const out = new Uint32Array(4);
    philox4x32(c0, c1, c2, c3, { low, high }, out);
    expect([...out]).toEqual(expected);
  });

  // Oracle: the definition of SC'11 section 3.3 in 64-bit integers.
  it('agrees with the definition in big integers on many counters', () => {
    const out = new Uint32Array(4);
    for (let i = 0; i < 500; i++) {
      const counter = [i, i * 2654435761, ~i, i * i * 40503].map((word) => word >>> 0);
      const key = { low: (i * 97531) >>> 0, high: (i * 3141592653) >>> 0 };
      philox4x32(counter[0], counter[1], counter[2], counter[3], key, out);
      let [x0, x1, x2, x3] = counter.map(BigInt);
      let [k0, k1] = [BigInt(key.low), BigInt(key.high)];
      for (let round = 0; round < 10; round++) {
        const a = 0xd2511f53n * x0;
        const b = 0xcd9e8d57n * x2;
        const low = 0xffffffffn;
        [x0, x1, x2, x3] = [(b >> 32n) ^ x1 ^ k0, b & low, (a >> 32n) ^ x3 ^ k1, a & low];
        [k0, k1] = [(k0 + 0x9e3779b9n) & low, (k1 + 0xbb67ae85n) & low];
      }
      expect([...out].map(BigInt)).toEqual([x0, x1, x2, x3]);
    }
  });
});

describe('philoxKey', () => {
  it('takes seeds of 64 bits and nothing else', () => {
    expect(philoxKey(0x0123456789abcdefn)).toEqual({ low: 0x89abcdef, high: 0x01234567 });
    expect(() => philoxKey(-1n)).toThrow(RangeError);
    expect(() => philoxKey(1n << 64n)).toThrow(RangeError);
  });
});

describe('openUniform', () => {
  it('lies in its cell of width 2^-53, strictly between 0 and 1, at the ends and in the middle', () => {
    const top = 2 ** 32 - 1;
    const cases: [number, number, number][] = [
      [0, 0, 0],
      [0, top, 2 ** 26 - 1],
      [0x7fffffff, top, 2 ** 52 - 1],
      [0x80000000, 0, 2 ** 52],
      [0x80000000, 1 << 6, 2 ** 52 + 1],
      [top, top, 2 ** 53 - 1],
    ];
    for (const [high, low, k] of cases) {
      const u = openUniform(high, low);
      expect(u).toBeGreaterThan(0);
      expect(u).toBeLessThan(1);
      expect(u).toBeGreaterThanOrEqual(k * 2 ** -53);
      // The upper end of the top cell is 1 itself.
      expect(u).toBeLessThan(k === 2 ** 53 - 1 ? 1 : (k + 1) * 2 ** -53);
    }
    expect(openUniform(0, 0)).toBe(2 ** -54);
  });
});

describe('fillUniformPair', () => {
  const key = philoxKey(7n);
  it('depends on the sample index alone, beyond 32 bits too', () => {
    const first = 2 ** 32 - 3;
    const even = new Float64Array(8);
    const odd = new Float64Array(8);
    fillUniformPair(key, 0, 5, first, 8, even, odd);
    for (let b = 0; b < 8; b++) {
      const one = new Float64Array(1);
      const other = new Float64Array(1);
      fillUniformPair(key, 0, 5, first + b, 1, one, other);
      expect([one[0], other[0]]).toEqual([even[b], odd[b]]);
    }
    expect(new Set([...even, ...odd]).size).toBe(16);
  });
  it('counts samples in two words', () => {
    const words = new Uint32Array(4);
    const even = new Float64Array(8);
    const odd = new Float64Array(8);
    for (const first of [0n, 2n ** 32n - 3n, 5n * 2n ** 32n, 2n ** 52n]) {
      fillUniformPair(key, 3, 5, Number(first), 8, even, odd);
      for (let b = 0; b < 8; b++) {
        const sample = first + BigInt(b);
        philox4x32(Number(sample & 0xffffffffn), Number(sample >> 32n), 5, 3, key, words);
        expect([even[b], odd[b]]).toEqual([openUniform(words[0], words[1]), openUniform(words[2], words[3])]);
      }
    }
  });
  it('fills one output where only one is wanted', () => {
    const both = [new Float64Array(4), new Float64Array(4)];
    fillUniformPair(key, 0, 0, 0, 4, both[0], both[1]);
    const alone = [new Float64Array(4), new Float64Array(4)];
    fillUniformPair(key, 0, 0, 0, 4, alone[0], null);
    fillUniformPair(key, 0, 0, 0, 4, null, alone[1]);
    expect(alone).toEqual(both);
  });
});
