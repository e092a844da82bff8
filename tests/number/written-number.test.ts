import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestDouble } from '../../src/number/nearest-double.js';
import { rational, rationalOfDouble, rationalText } from '../../src/number/rational.js';
import { writtenNumber, writtenText } from '../../src/number/written-number.js';

describe('nearestDouble', () => {
  // Oracle: the engine's own conversion of decimal text to a double, which rounds correctly (ECMA-262, StringToNumber).
  it('agrees with the reading of decimal text', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.integer({ min: -380, max: 300 }))
      .map(([digits, exponent]) => `${digits}e${exponent}`);
    fc.assert(
      fc.property(decimal, (text) => {
        expect(nearestDouble(writtenNumber(text)!)).toBe(Number(text));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('gives every double back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(nearestDouble(rationalOfDouble(value))).toBe(value + 0);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it.each([
    '5e-324',
    '2.4703282292062327e-324',
    '2.4703282292062328e-324',
    '1.7976931348623157e308',
    '1e309',
    '2.2250738585072011e-308',
    '9007199254740993',
    '9007199254740995',
    '0.1',
    '-1e-400',
  ])('rounds %s as the engine does', (text) => {
    expect(nearestDouble(writtenNumber(text)!)).toBe(Number(text));
  });

  it('rounds halves to even, and just above a half up', () => {
    expect(nearestDouble(rational(2n ** 60n + 2n ** 7n, 2n ** 60n))).toBe(1);
    expect(nearestDouble(rational(2n ** 60n + 2n ** 7n + 1n, 2n ** 60n))).toBe(1 + Number.EPSILON);
    expect(nearestDouble(rational(2n ** 60n + 3n * 2n ** 7n, 2n ** 60n))).toBe(1 + 2 * Number.EPSILON);
  });
});

describe('writtenNumber', () => {
  it.each([
    ['0.1', '1/10'],
    ['1/3', '1/3'],
    ['2/4', '1/2'],
    ['1e-3', '1/1000'],
    ['-2.5E+1', '-25'],
    ['0e99999999', '0'],
    ['007', '7'],
    ['1.50', '3/2'],
  ])('reads %s as %s', (text, exact) => {
    expect(rationalText(writtenNumber(text)!)).toBe(exact);
  });

  it.each(['', '.5', '5.', '0x1', '1/0', '1/-2', ' 1', '1 ', '1,5', 'NaN', '1/2/3', '1.5/2', '１'])(
    'does not read %j',
    (text) => {
      expect(writtenNumber(text)).toBeUndefined();
    },
  );

  it('makes no giant integers', () => {
    for (const text of ['1e2001', '1e-99999999999999999999', '1'.repeat(2001)]) {
      expect(() => writtenNumber(text)).toThrow(RangeError);
    }
  });

  it('is undone by writtenText', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (n, d) => {
          expect(writtenNumber(writtenText(rational(n, d)))!.equals(rational(n, d))).toBe(true);
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });
});
