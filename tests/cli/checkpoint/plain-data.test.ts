// The codec of checkpoints: what is written is read back bit by bit, and bytes of any other origin are refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePlainData, encodePlainData } from '../../../src/cli/checkpoint/plain-data.js';
import { haveSameForm } from '../../../src/parallel/same-form.js';

const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(undefined, null, true, false, Number.NaN, -0, Number.POSITIVE_INFINITY),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }).filter((text) => !/\p{Cs}/u.test(text)),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array(),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('data'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const bytesOf = (value: unknown): Uint8Array => Buffer.concat(encodePlainData(value));

describe('plain data', () => {
  it('are read back bit by bit', () => {
    fc.assert(
      fc.property(data, (value) => {
        const read = decodePlainData(bytesOf(value));
        // Equal bytes mean equal bits, −0 and NaN included; the order of keys is kept.
        expect(Buffer.compare(bytesOf(read), bytesOf(value))).toBe(0);
        expect(haveSameForm(read, value)).toBe(true);
      }),
    );
    expect(decodePlainData(bytesOf({ a: [1n, 'x', Float64Array.of(-0, 1)], b: undefined }))).toEqual({
      a: [1n, 'x', Float64Array.of(-0, 1)],
      b: undefined,
    });
  });

  it('that are cut off or go on are refused', () => {
    const bytes = bytesOf({ sums: Float64Array.of(1, 2, 3), name: 'a', list: [1, 2n, null] });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodePlainData(bytes.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodePlainData(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(RangeError);
  });

  it('of any bytes are read or refused, and no memory is taken that they do not have', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodePlainData(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000 },
    );
    expect(() => decodePlainData(Uint8Array.of(7, 255, 255, 255, 255))).toThrow(RangeError);
    expect(() =>
      decodePlainData(new Uint8Array(1000).map((_, i) => (i % 5 === 0 ? 10 : i % 5 === 1 ? 1 : 0))),
    ).toThrow(/nested/);
  });

  it('cannot hold what acts', () => {
    expect(() => encodePlainData({ run: () => 1 })).toThrow(TypeError);
  });

  it('have the same form if keys, kinds and lengths are the same', () => {
    const form = { moments: { count: 1, mean: new Float64Array(3) }, forms: undefined, solver: 'a' };
    expect(haveSameForm({ solver: 'b', moments: { mean: new Float64Array(3), count: 7 } }, form)).toBe(true);
    const others = [
      { ...form, moments: { count: 1, mean: new Float64Array(4) } },
      { ...form, moments: { count: 1, mean: new Int32Array(6) } },
      { ...form, moments: { count: '1', mean: new Float64Array(3) } },
      { ...form, moments: null },
      { ...form, extra: 1 },
      [form],
      null,
      7,
    ];
    for (const other of others) expect(haveSameForm(other, form)).toBe(false);
  });
});
