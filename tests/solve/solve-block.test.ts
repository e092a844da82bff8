import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Discount } from '../../src/number/discount.js';
import { ONE, type Rational, rational, rationalOfDouble } from '../../src/number/rational.js';
import { type Solution, Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { sized } from '../full-size.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { optimalValues } from '../oracles/exact-policies.js';
import { discountOf, randomModel } from '../oracles/random-models.js';
import { blockOfDoubles, blockOfRationals } from './block-of.js';

const discounts: readonly Discount[] = [
  discountOf(1, 1_000_000),
  discountOf(1, 10),
  discountOf(1, 2),
  discountOf(2, 3),
  discountOf(9, 10),
  discountOf(99, 100),
  discountOf(9999, 10_000),
  discountOf(999_999, 1_000_000),
  discountOf(999_999_999, 1_000_000_000),
  discountOf(999_999_999_999_999, 1_000_000_000_000_000),
];

/** Demands that a solution is within its own bounds of the exact answer, and that every status is the exact one. */
function expectExact(
  model: ExactModel,
  rewards: readonly (readonly Rational[])[],
  discount: Discount,
  solution: Solution,
): void {
  const factor = ONE.sub(discount.exact);
  rewards.forEach((reward, b) => {
    const best = optimalValues(model, reward, discount.exact);
    let c = 0;
    model.forEach((actions, s) => {
      const q = actions.map((row) => row.reduce((sum, [t, p]) => sum.add(best[t]!.mul(p)), rational(0n)));
      const most = q.reduce((a, x) => (x.compare(a) > 0 ? x : a));
      const error = rationalOfDouble(solution.power[s * rewards.length + b]!)
        .sub(most.mul(factor))
        .abs();
      expect(error.compare(rationalOfDouble(solution.error[b]!))).toBeLessThanOrEqual(0);
      const optimal = actions.map((_, a) => q[a]!.equals(most));
      const rows = actions.map((row) => row.map(([t, p]) => `${t}:${p.toFraction()}`).join());
      const different = new Set(rows.filter((_, a) => optimal[a]));
      actions.forEach((_, a) => {
        const expected = !optimal[a] ? Status.notOptimal : different.size > 1 ? Status.tied : Status.unique;
        expect(solution.status[c++ * rewards.length + b]).toBe(expected);
      });
    });
  });
}

const kinds = [
  { name: 'deterministic', model: randomModel({ maxStates: 5, stochastic: false }) },
  { name: 'stochastic', model: randomModel({ maxStates: 4 }) },
];

const rewardKinds = [
  { name: 'uniform doubles', reward: fc.double({ min: 0, max: 1, noNaN: true }), rounded: false },
  { name: '0 and 1', reward: fc.constantFrom(0, 1), rounded: false },
  { name: 'small integers', reward: fc.integer({ min: -3, max: 3 }), rounded: false },
  { name: 'doubles of every size', reward: fc.double({ min: -1e9, max: 1e9, noNaN: true }), rounded: false },
];

describe('solveBlock against all policies in exact rationals', () => {
  for (const { name, model } of kinds) {
    for (const { name: rewardName, reward } of rewardKinds) {
      it(`${name}, rewards ${rewardName}`, () => {
        const cases = model.chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.array(fc.array(reward, { minLength: rows.length, maxLength: rows.length }), {
              minLength: 1,
              maxLength: 3,
            }),
            fc.constantFrom(...discounts),
            fc.constantFrom(1e-3, 1e-9, 1e-14),
          ),
        );
        fc.assert(
          fc.property(cases, ([rows, columns, discount, tolerance]) => {
            const solution = solveBlock(mdpOfRows(rows), blockOfDoubles(columns), discount, {
              tolerance,
              decide: true,
            });
            expectExact(
              rows,
              columns.map((column) => column.map(rationalOfDouble)),
              discount,
              solution,
            );
          }),
          { seed: 1, numRuns: sized(50, 300) },
        );
      });
    }
    it(`${name}, rewards that are no doubles`, () => {
      const fraction = fc
        .tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(1, 2, 3, 10))
        .map(([n, d]) => rational(n, d));
      const cases = model.chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.array(fc.array(fraction, { minLength: rows.length, maxLength: rows.length }), {
            minLength: 1,
            maxLength: 3,
          }),
          fc.constantFrom(...discounts),
        ),
      );
      fc.assert(
        fc.property(cases, ([rows, columns, discount]) => {
          const solution = solveBlock(mdpOfRows(rows), blockOfRationals(columns), discount, {
            tolerance: 1e-9,
            decide: true,
          });
          expectExact(rows, columns, discount, solution);
        }),
        { seed: 2, numRuns: sized(50, 300) },
      );
    });
  }
});
