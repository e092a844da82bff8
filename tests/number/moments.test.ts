import fc from 'fast-check';
import { mean as plainMean, sampleVariance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { emptyMoments, mergeMoments, momentsOfBlock, standardError } from '../../src/number/moments.js';
import { rational, rationalOfDouble } from '../../src/number/rational.js';
import { sum } from '../../src/number/sum.js';
import { roundingBound } from '../tolerance.js';

const UNIT_ROUNDOFF = 2 ** -53;
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-150 ? 0 : x));

// Oracle: the sum of the exact values of the doubles.
const exactSum = (values: readonly number[]): number =>
  values.reduce((total, value) => total.add(rationalOfDouble(value)), rational(0n)).valueOf();

describe('sum', () => {
  it('keeps what a plain sum loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(Array(10).fill(0.1))).toBe(1);
    expect(sum([])).toBe(0);
    expect(sum([9, 1, 2, 9], 1, 3)).toBe(3);
    expect(sum([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  });
  it('is the exact sum up to one rounding and a second-order term', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), (values) => {
        const exact = exactSum(values);
        const magnitude = values.reduce((total, value) => total + Math.abs(value), 0);
        const bound = UNIT_ROUNDOFF * Math.abs(exact) * 2 + (values.length * UNIT_ROUNDOFF) ** 2 * magnitude;
        expect(Math.abs(sum(values) - exact)).toBeLessThanOrEqual(bound);
      }),
      { seed: 1 },
    );
  });
});

describe('moments', () => {
  // Oracle: mean and M2 in exact rationals.
  const exactMoments = (values: readonly number[]): { mean: number; m2: number } => {
    const exact = values.map(rationalOfDouble);
    const mean = exact.reduce((total, value) => total.add(value), rational(0n)).div(rational(exact.length));
    const m2 = exact.reduce((total, value) => total.add(value.sub(mean).mul(value.sub(mean))), rational(0n));
    return { mean: mean.valueOf(), m2: m2.valueOf() };
  };

  it('of a block are exact up to a few roundings, whatever the offset', () => {
    for (const offset of [0, 1, 1e6, -1e9]) {
      const row = Array.from({ length: 37 }, (_, i) => offset + ((i * 7919) % 101) / 128);
      const values = Float64Array.from([...row, ...row.map((value) => -value)]);
      const moments = momentsOfBlock(values, 37);
      const { mean, m2 } = exactMoments(row);
      expect(moments.count).toBe(37);
      expect(Math.abs(moments.mean[0] - mean)).toBeLessThanOrEqual(3 * UNIT_ROUNDOFF * Math.abs(mean));
      expect(moments.mean[1]).toBe(-moments.mean[0]);
      // d = x − mean is rounded once, squared and summed: 5u. What the rounded mean adds is taken off but for u²-terms.
      const slack = 5 * UNIT_ROUNDOFF * m2 + 8 * UNIT_ROUNDOFF ** 2 * Math.abs(mean) * Math.sqrt(37 * m2);
      expect(Math.abs(moments.m2[0] - m2)).toBeLessThanOrEqual(slack);
    }
  });

  it('merge to the moments of all samples, for every way to cut them', () => {
    const row = Array.from({ length: 50 }, (_, i) => 1000 + Math.sqrt(i));
    const { mean, m2 } = exactMoments(row);
    for (let cut = 1; cut < 50; cut++) {
      const moments = emptyMoments(1);
      mergeMoments(moments, momentsOfBlock(Float64Array.from(row.slice(0, cut)), cut));
      mergeMoments(moments, emptyMoments(1));
      mergeMoments(moments, momentsOfBlock(Float64Array.from(row.slice(cut)), 50 - cut));
      expect(moments.count).toBe(50);
      expect(Math.abs(moments.mean[0] - mean)).toBeLessThanOrEqual(4 * UNIT_ROUNDOFF * mean);
      // Block means are off by 3u·mean each and differ by at most 7, the range: M2 by 2·7·6u·mean·n/4.
      const slack = 8 * UNIT_ROUNDOFF * m2 + 2 * 7 * 6 * UNIT_ROUNDOFF * mean * (50 / 4);
      expect(Math.abs(moments.m2[0] - m2)).toBeLessThanOrEqual(slack);
    }
  });

  it('agree with simple-statistics', () => {
    const row = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1009) / 1009);
    const moments = momentsOfBlock(Float64Array.from(row), 1000);
    // Its sums round once a term.
    expect(Math.abs(moments.mean[0] - plainMean(row))).toBeLessThanOrEqual(roundingBound(1001, 1));
    const variance = standardError(moments, 0) ** 2 * 1000;
    expect(Math.abs(variance - sampleVariance(row))).toBeLessThanOrEqual(roundingBound(3 * 1001, 1));
  });

  it('give the standard error of the mean, and none below two samples', () => {
    expect(standardError(momentsOfBlock(Float64Array.of(1, 2, 3, 4), 4), 0)).toBe(Math.sqrt(5 / 12));
    expect(standardError(momentsOfBlock(Float64Array.of(1), 1), 0)).toBeNaN();
    expect(standardError(momentsOfBlock(Float64Array.of(3, 3, 3), 3), 0)).toBe(0);
  });

  it('refuse shapes that do not fit', () => {
    expect(() => momentsOfBlock(new Float64Array(5), 2)).toThrow(RangeError);
    expect(() => mergeMoments(emptyMoments(1), emptyMoments(2))).toThrow(RangeError);
  });
});
