import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Discount } from '../../src/number/discount.js';
import { ONE, type Rational, rationalOfDouble, ZERO } from '../../src/number/rational.js';
import { compareRows } from '../../src/solve/decide.js';
import { type SweepBlock, sweep, sweepBlock } from '../../src/solve/kernel/sweep.js';
import { changeRounding, gapBound, powerError } from '../../src/solve/rounding.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { optimalValues } from '../oracles/exact-policies.js';
import { discountOf, randomModel } from '../oracles/random-models.js';

// Oracle: the same quantities in exact rationals, with the exact probabilities, gamma and rewards.

function swept(
  model: ExactModel,
  rewards: readonly number[],
  values: readonly number[],
  discount: Discount,
): SweepBlock {
  const block = sweepBlock(model.length, 1);
  block.rewards.set(rewards);
  block.values.set(values);
  sweep(structureOf(mdpOfRows(model)), discount.gamma, block);
  return block;
}

function exactRow(row: ExactModel[number][number], values: readonly Rational[]): Rational {
  return row.reduce((sum, [t, p]) => sum.add(p.mul(values[t]!)), ZERO);
}

const largestOf = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

/** Values that have nothing to do with the rewards: the certificate must hold for them all the same. */
const planted = (size: number): fc.Arbitrary<number[]> =>
  fc.constantFrom(1, 1e6, 1e12, 1e-300).chain((scale) =>
    fc.array(
      fc.double({ min: -1, max: 1, noNaN: true }).map((x) => x * scale),
      {
        minLength: size,
        maxLength: size,
      },
    ),
  );

const discount = fc
  .constantFrom<[number, number]>(
    [1, 3],
    [9, 10],
    [999_999, 1_000_000],
    [1, 1_000_000],
    [999_999_999, 1_000_000_000],
  )
  .map(([n, d]) => discountOf(n, d));

const cases = randomModel({ maxStates: 4 }).chain((model) =>
  fc.tuple(
    fc.constant(model),
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: model.length,
      maxLength: model.length,
    }),
    planted(model.length),
    discount,
  ),
);

describe('the certificate of one sweep', () => {
  it('encloses the power samples and keeps every optimal row, for values planted at random', () => {
    fc.assert(
      fc.property(cases, ([model, rewards, values, gamma]) => {
        const mdp = mdpOfRows(model);
        const structure = structureOf(mdp);
        const block = swept(model, rewards, values, gamma);
        const [low, high] = [block.low[0]!, block.high[0]!];
        const arguments_ = [
          structure.longestRow,
          largestOf(values),
          largestOf(rewards),
          low,
          high,
          gamma.oneMinusGamma,
        ] as const;
        const error = rationalOfDouble(powerError(...arguments_));
        const best = optimalValues(model, rewards.map(rationalOfDouble), gamma.exact);
        const standing = { near: new Uint8Array(structure.rowCount), policy: new Int32Array(model.length) };
        const scratch = new Float64Array(structure.rowCount);
        compareRows(structure, mdp.choiceClass, block.values, gapBound(...arguments_), standing, scratch);
        let c = 0;
        model.forEach((actions, s) => {
          const q = actions.map((row) => exactRow(row, best));
          const most = q.reduce((a, x) => (x.compare(a) > 0 ? x : a));
          const power = rationalOfDouble(gamma.oneMinusGamma * block.best[s]! + (low / 2 + high / 2));
          const exact = most.mul(ONE.sub(gamma.exact));
          expect(power.sub(exact).abs().compare(error)).toBeLessThanOrEqual(0);
          for (const value of q) {
            if (value.equals(most)) expect(standing.near[structure.rowOfChoice[c]!]).toBe(1);
            c++;
          }
        });
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('allows for the rounding of every change T h − h', () => {
    fc.assert(
      fc.property(cases, ([model, rewards, values, gamma]) => {
        const structure = structureOf(mdpOfRows(model));
        const block = swept(model, rewards, values, gamma);
        const exactValues = values.map(rationalOfDouble);
        const changes = model.map((actions, s) => {
          const q = actions
            .map((row) => exactRow(row, exactValues))
            .reduce((a, x) => (x.compare(a) > 0 ? x : a));
          return rationalOfDouble(rewards[s]!).add(gamma.exact.mul(q)).sub(exactValues[s]!);
        });
        const [low, high] = [block.low[0]!, block.high[0]!];
        const change = Math.max(Math.abs(low), Math.abs(high));
        const slack = rationalOfDouble(
          changeRounding(structure.longestRow, largestOf(values), largestOf(rewards), change),
        );
        const least = changes.reduce((a, x) => (x.compare(a) < 0 ? x : a));
        const most = changes.reduce((a, x) => (x.compare(a) > 0 ? x : a));
        expect(rationalOfDouble(low).sub(least).abs().compare(slack)).toBeLessThanOrEqual(0);
        expect(rationalOfDouble(high).sub(most).abs().compare(slack)).toBeLessThanOrEqual(0);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('holds for rows of 1000 successors with values of 1e9 and gamma near 1', () => {
    const leaves = 1000;
    const gamma = discountOf(999_999_999, 1_000_000_000);
    for (let trial = 0; trial < 20; trial++) {
      const successors = Array.from({ length: leaves }, (_, i) => i + 1);
      const weights = successors.map((i) => 1 + ((i * 7919 * (trial + 1)) % 997));
      const model: ExactModel = [[weighted(successors, weights)], ...successors.map((s) => [certain(s)])];
      const rewards = Array.from({ length: leaves + 1 }, (_, s) => ((s * 104_729 + trial) % 1009) / 1009);
      // Nearly the values themselves, so that the bound is nothing but rounding.
      const values = rewards.map((r, s) => (s === 0 ? 5e8 : r / gamma.oneMinusGamma));
      const block = swept(model, rewards, values, gamma);
      const [low, high] = [block.low[0]!, block.high[0]!];
      const error = powerError(leaves, largestOf(values), largestOf(rewards), low, high, gamma.oneMinusGamma);
      const exact = exactRow(model[0]![0]!, rewards.map(rationalOfDouble));
      const exactWithShift = rationalOfDouble(
        gamma.oneMinusGamma * block.best[0]! + (low / 2 + high / 2),
      ).sub(exact);
      // (1 − gamma)·Σ p V = Σ p R: every leaf has V = R/(1 − gamma).
      expect(exactWithShift.abs().compare(rationalOfDouble(error))).toBeLessThanOrEqual(0);
    }
  });

  it('says so when values or policy are wrong', () => {
    const model: ExactModel = [[certain(1), certain(2)], [certain(1)], [certain(2)]];
    const gamma = discountOf(9, 10);
    const right = swept(model, [0, 1, 2], [18, 10, 20], gamma);
    expect(right.high[0]! - right.low[0]!).toBeLessThan(1e-14);
    // The values of the policy that goes to state 1 instead.
    const wrong = swept(model, [0, 1, 2], [9, 10, 20], gamma);
    const error = powerError(1, 20, 2, wrong.low[0]!, wrong.high[0]!, gamma.oneMinusGamma);
    expect(error).toBeGreaterThan(4);
  });
});
