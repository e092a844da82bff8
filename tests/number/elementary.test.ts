import { describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p } from '../../src/number/elementary.js';
import { productError, sumError } from '../../src/number/error-free.js';
import { pow } from '../../src/number/pow.js';
import { rationalOfDouble } from '../../src/number/rational.js';
import { cos, sin } from '../../src/number/trigonometric.js';
import { sized } from '../full-size.js';
import {
  type Big,
  bigExp,
  bigExpm1,
  bigLog,
  bigLog1p,
  bigPow,
  bigSinCos,
  ulpError,
} from './high-precision.js';

/** A fixed sequence of doubles in (0, 1): no claim to be random, only to be spread (Weyl's sequence). */
const spread = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i + 1) * step) % 1);

const COUNT = sized(800, 3000);
const between = (low: number, high: number, step = 0.6180339887498949): number[] =>
  spread(COUNT, step).map((u) => low + (high - low) * u);
const powersOfTen = (low: number, high: number): number[] => between(low, high).map((e) => 10 ** e);

function worst(f: (x: number) => number, exact: (x: number) => Big, xs: readonly number[]): number {
  return xs.reduce((most, x) => Math.max(most, ulpError(f(x), exact(x))), 0);
}

// Each bound is the measured maximum, rounded up; the sequences are fixed, so it cannot flake.
describe('errors in units in the last place', () => {
  it('exp', () => {
    const xs = [
      ...between(-745.1, 709.78),
      ...between(-1, 1),
      ...powersOfTen(-18, -1),
      1e-300,
      5e-324,
      -745.13,
    ];
    expect(worst(exp, bigExp, xs)).toBeLessThan(0.7);
  });
  it('expm1', () => {
    const xs = [
      ...between(-50, 709.78),
      ...between(-2, 2),
      ...powersOfTen(-18, -1),
      ...powersOfTen(-18, 0).map((x) => -x),
    ];
    expect(worst(expm1, bigExpm1, xs)).toBeLessThan(0.8);
  });
  it('log', () => {
    const xs = [
      ...powersOfTen(-308, 308),
      ...between(0.5, 2),
      ...powersOfTen(-16, -2).map((x) => 1 + x),
      5e-324,
      3e-310,
    ];
    expect(worst(log, bigLog, xs)).toBeLessThan(0.8);
  });
  it('log1p', () => {
    const xs = [
      ...between(-0.9999, 3),
      ...powersOfTen(-18, 20),
      ...powersOfTen(-18, -0.01).map((x) => -x),
      -1 + 2 ** -53,
    ];
    expect(worst(log1p, bigLog1p, xs)).toBeLessThan(0.8);
  });
  it('pow', () => {
    const xs = [...powersOfTen(-300, 300), ...between(0.5, 2), ...between(0.999, 1.001)];
    const ys = [
      ...between(-1, 1, 0.7548776662466927),
      ...between(-700, 700, 0.7548776662466927),
      ...between(-5e5, 5e5, 0.7548776662466927),
    ];
    let most = 0;
    xs.forEach((x, i) => {
      const value = pow(x, ys[i]);
      if (value > 1e-300 && value < 1e300) most = Math.max(most, ulpError(value, bigPow(x, ys[i])));
    });
    expect(most).toBeLessThan(0.6);
  });
  it('sin and cos', () => {
    // 6381956970095103·2^797 is the double nearest to a multiple of π/2 (Muller, "Elementary Functions", section 11.2).
    const hard = [
      6381956970095103 * 2 ** 797,
      5261692873635770 * 2 ** 499,
      22,
      355,
      11 * Math.PI,
      1e22,
      Number.MAX_VALUE,
      Math.PI,
      Math.PI / 2,
    ];
    const xs = [
      ...between(-10, 10),
      ...between(-1e6, 1e6),
      ...powersOfTen(-20, 300).filter((_, i) => i % 10 === 0),
      ...hard,
    ];
    expect(worst(sin, (x) => bigSinCos(x)[0], xs)).toBeLessThan(0.8);
    expect(worst(cos, (x) => bigSinCos(x)[1], xs)).toBeLessThan(0.8);
  });
});

describe('special values are those of Math', () => {
  const specials = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  const extremes = [1e300, -1e300, 1e-300, -1e-300, 5e-324, 2 ** 53 + 2, -(2 ** 53) - 1];
  it('of one argument', () => {
    const pairs: [(x: number) => number, (x: number) => number][] = [
      [exp, Math.exp],
      [expm1, Math.expm1],
      [log, Math.log],
      [log1p, Math.log1p],
      [sin, Math.sin],
      [cos, Math.cos],
    ];
    for (const [mine, theirs] of pairs) {
      for (const x of [...specials, ...extremes]) {
        const expected = theirs(x);
        const settled =
          Number.isNaN(expected) ||
          Math.abs(expected) === Number.POSITIVE_INFINITY ||
          Number.isInteger(expected);
        if (settled) expect({ x, value: mine(x) }).toEqual({ x, value: expected });
      }
    }
  });
  it('of pow', () => {
    for (const x of [...specials, ...extremes]) {
      for (const y of [...specials, ...extremes]) {
        const expected = x ** y;
        const value = pow(x, y);
        // Within 2 ulp of the engine's own, which promises no last digits; exact where the result is special.
        if (Number.isFinite(expected) && expected !== 0)
          expect(Math.abs(value / expected - 1)).toBeLessThan(2 ** -51);
        else expect({ x, y, value }).toEqual({ x, y, value: expected });
      }
    }
  });
  it('and exact powers are exact', () => {
    for (let n = 0; n < 33; n++) expect(pow(3, n)).toBe(3 ** n);
    expect(pow(10, 22)).toBe(1e22);
    expect(pow(0.25, 0.5)).toBe(0.5);
    expect(pow(2, -1074)).toBe(5e-324);
  });
});

describe('error-free transformations', () => {
  it('give back exactly what rounding lost', () => {
    for (const a of between(-1e10, 1e10).slice(0, 200)) {
      for (const b of [1 / 3, -a, a * 1e-9, 1e17, 7]) {
        const s = a + b;
        const p = a * b;
        const [x, y] = [rationalOfDouble(a), rationalOfDouble(b)];
        expect(
          rationalOfDouble(s)
            .add(rationalOfDouble(sumError(a, b, s)))
            .equals(x.add(y)),
        ).toBe(true);
        expect(
          rationalOfDouble(p)
            .add(rationalOfDouble(productError(a, b, p)))
            .equals(x.mul(y)),
        ).toBe(true);
      }
    }
  });
});
