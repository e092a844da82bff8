import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBound,
  formatCount,
  formatDuration,
  formatEstimate,
  formatNumber,
  formatPercent,
  formatQuantity,
} from '../../src/report/format.js';

const symmetric = (value: number, half: number): string =>
  formatEstimate({ value, low: value - half, high: value + half });

describe('a number with its interval', () => {
  it('has the digits that the interval supports', () => {
    expect(symmetric(0.66671234, 0.00118)).toBe('0.6667 ± 0.0012');
    expect(symmetric(0.5, 0.25)).toBe('0.50 ± 0.25');
    expect(symmetric(12345.6, 230)).toBe('12350 ± 240');
    expect(symmetric(-0.00001, 0.0012)).toBe('0.0000 ± 0.0013');
  });

  it('is never -0', () => expect(symmetric(-1e-9, 0.01)).toBe('0.000 ± 0.011'));

  it('rounds the half-width up, also over a power of ten', () => {
    expect(symmetric(0.5, 0.00999)).toBe('0.500 ± 0.010');
    expect(symmetric(0.5, 0.0030001)).toBe('0.5000 ± 0.0031');
  });

  it('shows both limits where they are not symmetric', () => {
    expect(formatEstimate({ value: 0.3, low: 0.0667, high: 0.6525 })).toBe('0.30 [0.06, 0.66]');
    expect(formatEstimate({ value: 1, low: 0.999963, high: 1 })).toBe('1 [0.999963, 1]');
    expect(formatEstimate({ value: 0, low: 0, high: 0.0000369 })).toBe('0 [0, 0.000037]');
  });

  it('uses an exponent for the very small and the very large', () => {
    expect(symmetric(1.2348e-12, 1e-14)).toBe('(1.235 ± 0.011)e-12');
    expect(symmetric(6.5e20, 1e19)).toBe('(6.50 ± 0.10)e20');
  });

  it('is a fraction if exact, a plain number if the interval is a point, and labelled without interval', () => {
    expect(formatEstimate({ value: 0.6667, low: 0.6667, high: 0.6667, exact: '2/3' })).toBe('2/3');
    expect(formatEstimate({ value: 0.5, low: 0.5, high: 0.5 })).toBe('0.5');
    expect(formatEstimate({ value: 0.512345, low: null, high: null })).toBe('0.5123 (no interval)');
  });

  it('ends at six digits, however small the interval is', () => {
    expect(symmetric(0.5, 2e-16)).toBe('0.5000000 ± 0.0000001');
  });

  it('always encloses the interval it stands for', () => {
    const interval = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-7, max: 1e3, noNaN: true }),
      fc.double({ min: 1e-7, max: 1e3, noNaN: true }),
    );
    fc.assert(
      fc.property(interval, ([value, below, above]) => {
        const low = value - below;
        const high = value + above;
        const text = formatEstimate({ value, low, high });
        const plusMinus = /^\(?(\S+) ± ([^)]+)\)?(e-?\d+)?$/.exec(text);
        const limits = /^\(?\S+ \[(\S+), (\S+)\]\)?(e-?\d+)?$/.exec(text);
        const scale = Number(`1${plusMinus?.[3] ?? limits?.[3] ?? ''}`);
        const shown = plusMinus
          ? [Number(plusMinus[1]) - Number(plusMinus[2]), Number(plusMinus[1]) + Number(plusMinus[2])]
          : [Number(limits?.[1]), Number(limits?.[2])];
        // A billionth of a printed unit is forgiven, so that 0.0012 does not become 0.0013 by a rounding of doubles.
        const slack = 1e-8 * Math.max(below, above) + 4e-16 * Math.abs(value) + 1e-12 * Math.abs(scale);
        expect(shown[0]! * scale).toBeLessThanOrEqual(low + slack);
        expect(shown[1]! * scale).toBeGreaterThanOrEqual(high - slack);
      }),
    );
  });
});

describe('plain numbers', () => {
  it('are short', () => {
    expect(formatNumber(-0)).toBe('0');
    expect(formatNumber(1 / 3)).toBe('0.3333333');
    expect(formatCount(1234567n)).toBe('1,234,567');
    expect(formatCount(999)).toBe('999');
    expect(formatQuantity(1, 'state')).toBe('1 state');
    expect(formatQuantity(2, 'class', 'classes')).toBe('2 classes');
    expect(formatPercent(0.95)).toBe('95%');
    expect(formatPercent(0.999)).toBe('99.9%');
    expect(formatBound(3.01e-7)).toBe('3.1e-7');
    expect(formatBound(0)).toBe('0');
    expect(formatDuration(840.4)).toBe('840 ms');
    expect(formatDuration(2130)).toBe('2.1 s');
    expect(formatDuration(210_000)).toBe('3.5 min');
  });
});
