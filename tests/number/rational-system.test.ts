import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import { commonDenominator, scaledInteger, solveRationalSystem } from '../../src/number/rational-system.js';

const entry = fc
  .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .map(([n, d]) => rational(n, d));
const vector = (length: number): fc.Arbitrary<Rational[]> =>
  fc.array(entry, { minLength: length, maxLength: length });

describe('solveRationalSystem', () => {
  it('gives the X that was put in: A X = B', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 5 }).chain((n) =>
        fc.record({
          matrix: fc.array(vector(n), { minLength: n, maxLength: n }),
          solution: fc.array(vector(2), { minLength: n, maxLength: n }),
        }),
      ),
      ({ matrix, solution }) => {
        // Large diagonals make A regular; the product is the definition of the right-hand side.
        const regular = matrix.map((row, i) => row.map((x, j) => (i === j ? x.add(rational(100)) : x)));
        const right = regular.map((row) =>
          [0, 1].map((column) => row.reduce((sum, x, j) => sum.add(x.mul(solution[j]![column]!)), ZERO)),
        );
        const found = solveRationalSystem(regular.map((row, i) => [...row, ...right[i]!]));
        expect(found.map((row) => row.map(rationalText))).toEqual(
          solution.map((row) => row.map(rationalText)),
        );
      },
    );
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('exchanges rows where a pivot is 0, and refuses singular systems', () => {
    const [zero, one, two] = [0, 1, 2].map((n) => rational(n)) as [Rational, Rational, Rational];
    expect(
      solveRationalSystem([
        [zero, two, one],
        [one, zero, two],
      ]).map((row) => row.map(rationalText)),
    ).toEqual([['2'], ['1/2']]);
    expect(() =>
      solveRationalSystem([
        [one, two, one],
        [two, rational(4), one],
      ]),
    ).toThrow(RangeError);
    expect(solveRationalSystem([])).toEqual([]);
  });
});

describe('commonDenominator', () => {
  it('is the least that makes integers', () => {
    const values = [rational(-5, 6), rational(3, 4), rational(7)];
    expect(commonDenominator(values)).toBe(12n);
    expect(values.map((value) => scaledInteger(value, 12n))).toEqual([-10n, 9n, 84n]);
  });
});
