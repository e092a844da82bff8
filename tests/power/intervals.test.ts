import { describe, expect, it } from 'vitest';
import { type PowerSample, powerInterval } from '../../src/power/intervals.js';
import { roundingBound } from '../tolerance.js';

const sample: PowerSample = {
  count: 10,
  mean: 0.5,
  standardError: 0.1,
  mode: 0.25,
  modeCount: 1,
  meanError: 0,
  largestError: 0,
  support: [-100, 100],
  certain: false,
  hasVariance: true,
};
const close = (found: number | null, wanted: number): void =>
  expect(Math.abs(found! - wanted)).toBeLessThanOrEqual(roundingBound(1000, wanted));

describe('powerInterval', () => {
  it('is the t interval, widened by the mean solver error', () => {
    // t for 9 degrees of freedom and 95 %: 2.262157 (Fisher & Yates, table III), here to six decimals.
    const { interval, low, high, standardError } = powerInterval({ ...sample, meanError: 0.01 }, 0.95);
    expect([interval, standardError]).toEqual(['t', 0.1]);
    expect(((0.5 - low!) * 10 - 0.1).toFixed(6)).toBe('2.262157');
    expect(((high! - 0.5) * 10 - 0.1).toFixed(6)).toBe('2.262157');
  });

  it('is cut to the support', () => {
    const { low, high } = powerInterval({ ...sample, support: [0.4, 0.6] }, 0.95);
    expect([low, high]).toEqual([0.4, 0.6]);
  });

  it('of equal samples allows for what was not drawn: p with (1 − p)^(n−1) = (1 − confidence)/2, times the range', () => {
    const equal = { ...sample, count: 1001, mean: 0.25, mode: 0.25, modeCount: 1001, standardError: 0 };
    const { interval, low, high } = powerInterval({ ...equal, support: [0, 2] }, 0.95);
    const p = 1 - 0.025 ** (1 / 1000);
    expect(interval).toBe('deviation');
    close(low, 0.25 - p * 0.25);
    close(high, 0.25 + p * 1.75);
  });

  it('of nearly equal samples is wider than that of equal ones, of half and half samples is the t interval', () => {
    const of = (modeCount: number): ReturnType<typeof powerInterval> =>
      powerInterval({ ...sample, count: 1001, mode: 0.5, modeCount, support: [0, 2] }, 0.95);
    expect(of(1000).interval).toBe('deviation');
    expect(of(972).interval).toBe('deviation');
    expect(of(971).interval).toBe('t');
    expect(of(500).interval).toBe('t');
    expect(of(1000).high!).toBeGreaterThan(of(1001).high!);
    expect(of(972).high!).toBeGreaterThan(of(1000).high!);
  });

  it('of one sample is the support, and none where that is unbounded', () => {
    const one = { ...sample, count: 1, modeCount: 1, mode: 0.5, standardError: Number.NaN };
    const bounded = powerInterval({ ...one, support: [0, 1] }, 0.95);
    expect(bounded).toEqual({ interval: 'deviation', low: 0, high: 1, standardError: null });
    const unbounded = powerInterval({ ...one, support: [0, Infinity] }, 0.95);
    expect(unbounded).toEqual({ interval: 'none', low: null, high: null, standardError: null });
  });

  it('is none without a variance, unless the support bounds the samples', () => {
    const wild = { ...sample, hasVariance: false, support: [0, Infinity] as const };
    expect(powerInterval(wild, 0.95)).toEqual({
      interval: 'none',
      low: null,
      high: null,
      standardError: null,
    });
    expect(powerInterval({ ...wild, support: [0, 1] }, 0.95).interval).toBe('t');
  });

  it('of a law with one value is that value and the solver error', () => {
    const fixed = { ...sample, certain: true, support: [0.5 - 1e-9, 0.5 + 1e-9] as const };
    expect(powerInterval(fixed, 0.95)).toEqual({
      interval: 'certain',
      low: 0.5 - 1e-9,
      high: 0.5 + 1e-9,
      standardError: 0,
    });
  });
});
