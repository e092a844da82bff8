import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rationalOfDouble } from '../../src/number/rational.js';
import { deterministicPolicies, iterateDeterministic } from '../../src/solve/deterministic-policies.js';
import { climbOrder } from '../../src/solve/kernel/climb-order.js';
import { kernelOf } from '../../src/solve/kernel/kernel.js';
import { LANES, sweep, sweepBlock } from '../../src/solve/kernel/sweep.js';
import { gapBound, pathGapBound } from '../../src/solve/rounding.js';
import { Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { optimalActions, optimalValues } from '../oracles/exact-policies.js';
import { discountOf, randomModel } from '../oracles/random-models.js';
import { blockOfDoubles } from './block-of.js';
import { numbers } from './models.js';

const discounts = [
  discountOf(1, 3),
  discountOf(9, 10),
  discountOf(9999, 10_000),
  discountOf(999_999, 1_000_000),
];

const size = (list: readonly number[]): number => Math.max(...list.map(Math.abs));

/** Chords at random through a circle: far more simple cycles than are listed. */
function chords(size: number, seed: number): ExactModel {
  const next = numbers(seed);
  return Array.from({ length: size }, (_, s) => [
    certain((s + 1) % size),
    certain(Math.floor(next() * size)),
    certain(Math.floor(next() * size)),
  ]);
}

/** A state's edges lead to later states only, or to itself. */
const acyclic = randomModel({ maxStates: 5, stochastic: false }).map(
  (model): ExactModel => model.map((rows, s) => rows.map(([[t]]) => certain(Math.max(s, t!)))),
);

describe('policy iteration of deterministic models', () => {
  it('finds the exact values up to a constant, whatever gamma is', () => {
    fc.assert(
      fc.property(
        randomModel({ maxStates: 5, stochastic: false }),
        fc.constantFrom(...discounts),
        fc.nat(),
        (model, discount, seed) => {
          const structure = structureOf(mdpOfRows(model));
          const block = sweepBlock(model.length, LANES);
          const next = numbers(seed);
          for (let i = 0; i < block.rewards.length; i++) block.rewards[i] = next() - 0.5;
          iterateDeterministic(deterministicPolicies(structure), block, discount);
          sweep(structure, discount.gamma, block);
          for (let b = 0; b < LANES; b += 7) {
            const rewards = model.map((_, s) => block.rewards[s * LANES + b]!);
            const values = model.map((_, s) => block.values[s * LANES + b]!);
            const [low, high] = [block.low[b]!, block.high[b]!];
            // Down to rounding of values, which are up to 1/(1 − gamma) apart.
            expect(high - low).toBeLessThanOrEqual(64 * 2 ** -53 * (1 + size(values)));
            const certified = gapBound(1, size(values), size(rewards), low, high, discount.oneMinusGamma);
            const exact = optimalValues(model, rewards.map(rationalOfDouble), discount.exact);
            for (const s of model.keys()) {
              const found = rationalOfDouble(values[s]!).sub(rationalOfDouble(values[0]!));
              const error = exact[s]!.sub(exact[0]!).sub(found).abs();
              expect(error.compare(rationalOfDouble(certified))).toBeLessThanOrEqual(0);
            }
          }
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });

  it('solves models with too many cycles to list, with a certificate that hardly depends on gamma', () => {
    for (const [states, seed] of [
      [60, 1],
      [120, 2],
    ] as const) {
      const mdp = mdpOfRows(chords(states, seed));
      expect(climbOrder(structureOf(mdp)).listsAllCycles).toBe(false);
      const next = numbers(seed);
      const rewards = Array.from({ length: LANES }, () => Array.from({ length: states }, () => next()));
      for (const discount of discounts) {
        const { error, status, effort } = solveBlock(mdp, blockOfDoubles(rewards), discount, {
          tolerance: 1e-9,
          decide: true,
        });
        expect(Math.max(...error)).toBeLessThan(1e-12);
        expect(status).not.toContain(Status.undecided);
        expect(effort.finished).toBe(0);
      }
    }
  });

  it('gives a column the same bits whatever stands beside it', () => {
    const structure = structureOf(mdpOfRows(chords(40, 3)));
    const [alone, together] = [sweepBlock(40, LANES), sweepBlock(40, LANES)];
    const next = numbers(4);
    for (let i = 0; i < together.rewards.length; i++) together.rewards[i] = next();
    for (let s = 0; s < 40; s++) alone.rewards[s * LANES + 3] = together.rewards[s * LANES + 3]!;
    const room = deterministicPolicies(structure);
    for (const block of [together, alone]) iterateDeterministic(room, block, discounts[3]!);
    for (let s = 0; s < 40; s++) {
      expect(alone.values[s * LANES + 3]).toBe(together.values[s * LANES + 3]);
    }
  });
});

describe('the bound of one pass back', () => {
  it('covers what rounding does to differences of values, in exact rationals', () => {
    fc.assert(
      fc.property(acyclic, fc.constantFrom(...discounts), fc.nat(), (model, discount, seed) => {
        const kernel = kernelOf(structureOf(mdpOfRows(model)));
        const { block, climbing } = kernel;
        const next = numbers(seed);
        for (let i = 0; i < block.rewards.length; i++) block.rewards[i] = next() - 0.5;
        kernel.passBack(discount.gamma, discount.oneMinusGamma);
        kernel.centre();
        const column = model.map((_, s) => block.values[s * LANES]!);
        const rewards = model.map((_, s) => block.rewards[s * LANES]!);
        const bound = rationalOfDouble(
          pathGapBound(climbing.longestPath, size(column), size(rewards), discount.oneMinusGamma),
        );
        const exact = optimalValues(model, rewards.map(rationalOfDouble), discount.exact);
        for (const s of model.keys()) {
          for (const t of model.keys()) {
            const found = rationalOfDouble(column[s]! - column[t]!);
            expect(exact[s]!.sub(exact[t]!).sub(found).abs().compare(bound)).toBeLessThanOrEqual(0);
          }
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it('decides long acyclic models at gamma near 1 without finishing any column alone, as the definition does', () => {
    // Values of about a million: what carries over 1/(1 − gamma) steps would leave gaps of 1e-4 open.
    const model: ExactModel = [[certain(1), certain(2)], [certain(3)], [certain(3)], [certain(3)]];
    const discount = discounts[3]!;
    for (const gap of [1e-6, -1e-6]) {
      const rewards = [0.25, 0.5, 0.5 + gap, 1];
      const exact = optimalActions(model, rewards.map(rationalOfDouble), discount.exact)[0]!;
      const { status, effort } = solveBlock(mdpOfRows(model), blockOfDoubles([rewards]), discount, {
        tolerance: 1e-6,
        decide: true,
      });
      expect([...status.subarray(0, 2)]).toEqual(
        exact.map((optimal) => (optimal ? Status.unique : Status.notOptimal)),
      );
      expect([effort.finished, effort.extended]).toEqual([0, 0]);
    }
  });
});
