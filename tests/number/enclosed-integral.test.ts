// Enclosures against closed forms of integrals, and interval operations against exact rationals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enclosedIntegral } from '../../src/number/enclosed-integral.js';
import {
  divideIntervals,
  type Interval,
  multiplyIntervals,
  sqrtInterval,
  sumOfProducts,
} from '../../src/number/interval.js';
import {
  addJets,
  angleJet,
  constantJet,
  divideJets,
  type Jet,
  multiplyJets,
  sqrtJet,
} from '../../src/number/jet.js';

const one = (s: Jet): Jet => constantJet([1, 1], s.length - 1);

describe('enclosedIntegral', () => {
  it.each<[string, (s: Jet) => Jet, number]>([
    ['1/(1 + s)', (s) => divideJets(one(s), addJets(one(s), s)), Math.LN2],
    ['√(1 + s)', (s) => sqrtJet(addJets(one(s), s)), (2 / 3) * (2 * Math.SQRT2 - 1)],
    ['the angle of (1, s)', (s) => angleJet(s, one(s)), Math.PI / 4 - Math.LN2 / 2],
    [
      '1/(s² + 10⁻⁴), with poles near 0',
      (s) => divideJets(one(s), addJets(multiplyJets(s, s), constantJet([1e-4, 1e-4], s.length - 1))),
      100 * Math.atan(100),
    ],
  ])('%s', (_name, f, truth) => {
    let parts = 0;
    const [low, high] = enclosedIntegral(f, 1e-12, () => parts++)!;
    const printed = 4 * 2 ** -52 * truth;
    expect(low).toBeLessThanOrEqual(truth + printed);
    expect(high).toBeGreaterThanOrEqual(truth - printed);
    // The tolerance is of the rests; rounding on top is a few thousand units of the integral.
    expect(high - low).toBeLessThan(1e-12 + 2 ** -40 * truth);
    // Parts are halved near poles only.
    expect(parts).toBeLessThan(2 ** 9);
  });

  it('does not answer where the function has a pole', () => {
    expect(
      enclosedIntegral(
        (s) => divideJets(one(s), s),
        1e-6,
        () => undefined,
      ),
    ).toBeUndefined();
  });
});

describe('intervals', () => {
  const whole = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });
  const point = (x: number): Interval => [x, x];
  const holds = ([low, high]: Interval, truth: bigint): boolean =>
    BigInt(Math.floor(low)) <= truth && truth <= BigInt(Math.ceil(high));

  it('hold products and sums of products of integers that doubles cannot', () => {
    const property = fc.property(
      fc.array(fc.tuple(whole, whole), { minLength: 1, maxLength: 8 }),
      (pairs) => {
        const truth = pairs.reduce((sum, [a, b]) => sum + BigInt(a) * BigInt(b), 0n);
        const [first] = pairs;
        expect(
          holds(multiplyIntervals(point(first![0]), point(first![1])), BigInt(first![0]) * BigInt(first![1])),
        ).toBe(true);
        const k = pairs.length - 1;
        const sum = sumOfProducts(
          pairs.map(([a]) => point(a)),
          pairs.map(([, b]) => point(b)).reverse(),
          0,
          k,
          k,
        );
        expect(holds(sum, truth)).toBe(true);
      },
    );
    fc.assert(property);
  });

  it('hold quotients and roots', () => {
    const positive = fc.integer({ min: 1, max: 2 ** 52 });
    const property = fc.property(positive, positive, (a, b) => {
      const [low, high] = divideIntervals(point(a), point(b));
      // low ≤ a/b ≤ high, in units of 2⁻⁵⁰: multiplication by a power of 2 is exact
      const unit = 2n ** 50n;
      expect(BigInt(Math.floor(low * 2 ** 50)) * BigInt(b) <= BigInt(a) * unit).toBe(true);
      expect(BigInt(Math.ceil(high * 2 ** 50)) * BigInt(b) >= BigInt(a) * unit).toBe(true);
      const root = sqrtInterval(point(a));
      expect(BigInt(Math.floor(root[0] * 2 ** 50)) ** 2n <= BigInt(a) * unit * unit).toBe(true);
      expect(BigInt(Math.ceil(root[1] * 2 ** 50)) ** 2n >= BigInt(a) * unit * unit).toBe(true);
    });
    fc.assert(property);
  });
});
