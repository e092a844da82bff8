import { describe, expect, it } from 'vitest';
import type { Discount } from '../../src/number/discount.js';
import { ONE, type Rational, rational, rationalOfDouble } from '../../src/number/rational.js';
import { Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { blockOfDoubles, blockOfRationals } from './block-of.js';
import { completeModel, cycle, numbers, starModel } from './models.js';

const discounts: readonly Discount[] = [
  discountOf(1, 1_000_000),
  discountOf(1, 2),
  discountOf(99, 100),
  discountOf(9999, 10_000),
  discountOf(999_999, 1_000_000),
  discountOf(999_999_999, 1_000_000_000),
];

function within(power: number, exact: Rational, error: number): void {
  expect(rationalOfDouble(power).sub(exact).abs().compare(rationalOfDouble(error))).toBeLessThanOrEqual(0);
}

describe('solveBlock in closed form', () => {
  for (const discount of discounts) {
    it(`gives the best leaf of a star, to 1e-9 of the rewards, gamma ${discount.text}`, () => {
      const next = numbers(11);
      const model = starModel(6);
      const columns = Array.from({ length: 50 }, () => model.map(next));
      const { power, error, status } = solveBlock(mdpOfRows(model), blockOfDoubles(columns), discount, {
        tolerance: 1e-9,
        decide: true,
      });
      columns.forEach((column, b) => {
        const best = Math.max(...column.slice(1));
        expect(error[b]).toBeLessThanOrEqual(1e-9);
        within(power[b]!, rationalOfDouble(best), error[b]!);
        column.slice(1).forEach((reward, a) => {
          expect(status[a * columns.length + b]).toBe(reward === best ? Status.unique : Status.notOptimal);
        });
      });
    });

    it(`gives the greatest reward in a complete graph, gamma ${discount.text}`, () => {
      const next = numbers(12);
      const model = completeModel(5);
      const columns = Array.from({ length: 20 }, () => model.map(next));
      const { power, error } = solveBlock(mdpOfRows(model), blockOfDoubles(columns), discount, {
        tolerance: 1e-12,
        decide: false,
      });
      columns.forEach((column, b) => {
        expect(error[b]).toBeLessThanOrEqual(1e-12);
        for (let s = 0; s < 5; s++) {
          within(power[s * columns.length + b]!, rationalOfDouble(Math.max(...column)), error[b]!);
        }
      });
    });

    it(`sums a cycle of 40 states, gamma ${discount.text}`, () => {
      const model = cycle(40);
      const rewards = model.map((_, s) => (s === 0 ? 1 : 0));
      const { power, error } = solveBlock(mdpOfRows(model), blockOfDoubles([rewards]), discount, {
        tolerance: 1e-9,
        decide: false,
      });
      // From state s the reward comes after 40 − s steps (40 for s = 0), and again every 40 steps.
      let lap = ONE;
      for (let i = 0; i < 40; i++) lap = lap.mul(discount.exact);
      let weight = ONE.sub(discount.exact).div(ONE.sub(lap));
      expect(error[0]).toBeLessThanOrEqual(1e-9);
      for (let s = 39; s >= 0; s--) {
        within(power[s]!, weight, error[0]!);
        weight = weight.mul(discount.exact);
      }
    });
  }
});

describe('solveBlock at the edges', () => {
  const gamma = discountOf(9, 10);

  it('solves a single state', () => {
    const { power, error, status } = solveBlock(
      mdpOfRows([[certain(0)]]),
      blockOfDoubles([[0.3], [-0]]),
      gamma,
      {
        tolerance: 1e-12,
        decide: true,
      },
    );
    within(power[0]!, rationalOfDouble(0.3), error[0]!);
    expect(power[1]).toBe(0);
    expect([...status]).toEqual([Status.unique, Status.unique]);
  });

  it('accepts an empty block', () => {
    const solution = solveBlock(mdpOfRows(starModel(2)), blockOfDoubles([]), gamma, {
      tolerance: 0,
      decide: true,
    });
    expect(solution.power.length + solution.status.length).toBe(0);
  });

  it('calls everything tied where all rewards are equal', () => {
    const { power, error, status } = solveBlock(
      mdpOfRows(completeModel(4)),
      blockOfRationals([Array.from({ length: 4 }, () => rational(1, 10))]),
      gamma,
      { tolerance: 1e-9, decide: true },
    );
    for (const value of power) within(value, rational(1, 10), error[0]!);
    expect([...new Set(status)]).toEqual([Status.tied]);
  });

  it.each([1e-300, 5e-324, 1e-6, 1e6, 1e150])('keeps its bound for rewards of size %f', (scale) => {
    const rewards = [0.5, 0.25, 1, 0.75].map((r) => r * scale);
    const model = starModel(3);
    for (const discount of discounts) {
      const { power, error, status } = solveBlock(mdpOfRows(model), blockOfDoubles([rewards]), discount, {
        tolerance: 1e-9 * scale,
        decide: true,
      });
      within(power[0]!, rationalOfDouble(rewards[2]!), error[0]!);
      const best = rewards.slice(1).filter((r) => r === rewards[2]).length;
      expect(status[1]).toBe(best === 1 ? Status.unique : Status.tied);
    }
  });

  it('returns the best bound of doubles for tolerance 0', () => {
    const rewards = [0.1, 0.7, 0.2, 0.9];
    for (const discount of discounts) {
      const { error } = solveBlock(mdpOfRows(completeModel(4)), blockOfDoubles([rewards]), discount, {
        tolerance: 0,
        decide: false,
      });
      expect(error[0]).toBeLessThanOrEqual(4 * 2 ** -53);
    }
  });

  it('refuses what is not a block of rewards', () => {
    const model: ExactModel = starModel(2);
    const solve = (values: number[], columns: number, tolerance = 0, classes?: Int32Array): unknown =>
      solveBlock(
        mdpOfRows(model),
        { columns, values: Float64Array.from(values), rounded: false, exactColumn: () => [] },
        gamma,
        { tolerance, decide: true, ...(classes === undefined ? {} : { classes }) },
      );
    expect(() => solve([1, 2], 1)).toThrow(RangeError);
    expect(() => solve([1, 2, Number.NaN], 1)).toThrow(/reward NaN of state 2/);
    expect(() => solve([1, 2, Number.POSITIVE_INFINITY], 1)).toThrow(RangeError);
    expect(() => solve([1, 2, 1e300], 1)).toThrow(RangeError);
    expect(() => solve([1, 2, 3], 1, -1)).toThrow(/tolerance/);
    expect(() => solve([1, 2, 3], 1, Number.NaN)).toThrow(/tolerance/);
    expect(() => solve([1, 2, 3], 1, 0, new Int32Array(1))).toThrow(/classes/);
    expect(() => solve([1, 2, 3], 1, 0, Int32Array.of(1, 0, 2, 3))).toThrow(/represents no class/);
    expect(() => solve([1, 2, 3], 1, 0, Int32Array.of(0, 1, 1, 3))).toThrow(/represents no class/);
    expect(() => solve([1, 2, 3], 1.5)).toThrow(RangeError);
  });
});
