// Two unrelated routes to every number: volumes by Lasserre's recursion over chains of facets, and closed forms.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactRefusal, newBudget } from '../../src/exact/budget.js';
import { onUnitCube, type Range } from '../../src/exact/integrals/affine.js';
import { greatestOf, partLaws } from '../../src/exact/integrals/greatest-of.js';
import { massOf, maxLaw, meanOf, sumLaw } from '../../src/exact/laws/law.js';
import { combination } from '../../src/exact/laws/piecewise.js';
import {
  fromRational,
  ONE_RATIO,
  type Ratio,
  ratio,
  ratioText,
  toRational,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { rationalText } from '../../src/number/rational.js';
import { naiveGreatest } from '../oracles/naive-volume.js';

const unit: Range = { low: ZERO_RATIO, high: ONE_RATIO };
const smallRatio = fc
  .tuple(fc.integer({ min: -3, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .map(([n, d]) => ratio(BigInt(n), BigInt(d)));
const range = fc
  .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 1, max: 3 }))
  .map(([low, width]) => ({ low: ratio(BigInt(low)), high: ratio(BigInt(low + width)) }));

/** Vectors with many zeros and repeats, so that independent groups, shared coordinates and ties all occur. */
function problems(maxDimension: number, maxVectors: number): fc.Arbitrary<[Ratio[][], Range[]]> {
  return fc.integer({ min: 1, max: maxDimension }).chain((d) => {
    const entry = fc.oneof(
      { weight: 3, arbitrary: fc.constant(ZERO_RATIO) },
      { weight: 4, arbitrary: smallRatio },
    );
    const vector = fc.array(entry, { minLength: d, maxLength: d });
    return fc.tuple(
      fc.array(vector, { minLength: 1, maxLength: maxVectors }),
      fc.array(range, { minLength: d, maxLength: d }),
    );
  });
}

function distinctVectors(vectors: readonly Ratio[][]): Ratio[][] {
  return [...new Map(vectors.map((v) => [v.map(ratioText).join(), v])).values()];
}

describe('greatestOf', () => {
  it('equals the volumes of Lasserre’s recursion', () => {
    const property = fc.property(problems(3, 4), ([all, ranges]) => {
      const vectors = distinctVectors(all);
      const { mean, wins } = greatestOf(
        vectors.map((v) => onUnitCube(v, ranges)),
        newBudget(),
      );
      const oracle = naiveGreatest(
        vectors.map((v) => v.map(toRational)),
        ranges.map(({ low, high }) => [toRational(low), toRational(high)]),
      );
      expect(ratioText(mean)).toBe(rationalText(oracle.mean));
      expect(wins.map(ratioText)).toEqual(oracle.wins.map(rationalText));
    });
    fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('agrees with itself when the functions are tied together by a reward of no effect', () => {
    // Adding c·u to every function makes one group of many: polytopes instead of products of laws.
    const property = fc.property(problems(5, 4), ([all, ranges]) => {
      const functions = distinctVectors(all).map((v) => onUnitCube(v, ranges));
      const apart = greatestOf(functions, newBudget());
      const laws = partLaws(functions, newBudget());
      const total = combination(
        laws,
        laws.map(() => ONE_RATIO),
      );
      expect(ratioText(massOf(total))).toBe('1');
      expect(ratioText(meanOf(total))).toBe(ratioText(apart.mean));
      expect(laws.map((law) => ratioText(massOf(law)))).toEqual(apart.wins.map(ratioText));
    });
    fc.assert(property, { seed: 2, numRuns: 100 });
  });

  it.each([1, 2, 3, 5, 8, 20])('gives k/(k+1) and 1/k to the greatest of k = %i rewards', (k) => {
    const vectors = Array.from({ length: k }, (_, i) =>
      Array.from({ length: k }, (_, j) => (i === j ? ONE_RATIO : ZERO_RATIO)),
    );
    const { mean, wins } = greatestOf(
      vectors.map((v) =>
        onUnitCube(
          v,
          vectors.map(() => unit),
        ),
      ),
      newBudget(),
    );
    expect(ratioText(mean)).toBe(`${k}/${k + 1}`);
    expect(new Set(wins.map(ratioText))).toEqual(new Set([k === 1 ? '1' : `1/${k}`]));
  });

  it('gives every one of equal functions their common probability', () => {
    const f = onUnitCube([ONE_RATIO, ZERO_RATIO], [unit, unit]);
    const g = onUnitCube([ZERO_RATIO, ONE_RATIO], [unit, unit]);
    expect(greatestOf([f, g, f], newBudget()).wins.map(ratioText)).toEqual(['1/2', '1/2', '1/2']);
  });

  it('refuses more work than its budget', () => {
    const vectors = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 8 }, (_, j) => ratio(BigInt(((i + 2) * (j + 3) * 7) % 11))),
    );
    const functions = vectors.map((v) =>
      onUnitCube(
        v,
        v.map(() => unit),
      ),
    );
    expect(() => greatestOf(functions, newBudget(1000))).toThrow(ExactRefusal);
  });
});

describe('laws', () => {
  it('have the moments of their sums: mean Σc/2, and E max of two by Σ over corners', () => {
    const coefficients = [ratio(1n), ratio(1n, 2n), ratio(1n, 3n)];
    const law = sumLaw(coefficients, ratio(-1n));
    expect(ratioText(meanOf(law))).toBe(ratioText(ratio(-1n, 12n)));
    const two = greatestOf(
      [
        onUnitCube([...coefficients, ZERO_RATIO, ZERO_RATIO, ZERO_RATIO], Array(6).fill(unit)),
        onUnitCube([ZERO_RATIO, ZERO_RATIO, ZERO_RATIO, ...coefficients], Array(6).fill(unit)),
      ],
      newBudget(),
    );
    const shifted = maxLaw([sumLaw(coefficients, ZERO_RATIO), sumLaw(coefficients, ZERO_RATIO)]);
    expect(ratioText(two.mean)).toBe(ratioText(meanOf(shifted)));
  });

  it('read back what fraction.js holds', () => {
    expect(ratioText(fromRational(toRational(ratio(-6n, 4n))))).toBe('-3/2');
  });
});
