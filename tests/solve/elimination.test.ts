import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rationalOfDouble } from '../../src/number/rational.js';
import { type Chain, emptyChain, prepareChain, solveChain } from '../../src/solve/chain.js';
import { structureOf } from '../../src/solve/structure.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { policyValue } from '../oracles/exact-policies.js';
import { discountOf, randomModel } from '../oracles/random-models.js';
import { cycle, numbers, slipperyGrid, sparseModel } from './models.js';

function chainOf(model: ExactModel, discount: ReturnType<typeof discountOf>): Chain {
  const structure = structureOf(mdpOfRows(model));
  const chain = emptyChain(structure, discount);
  for (let s = 0; s < structure.stateCount; s++) chain.policy[s] = structure.statePtr[s]!;
  expect(prepareChain(chain)).toBeGreaterThanOrEqual(0);
  return chain;
}

const discounts = [discountOf(1, 2), discountOf(999_999, 1_000_000), discountOf(999_999_999, 1_000_000_000)];

describe('solving a chain', () => {
  // Elimination of n states without subtraction has a relative error below about 10·n³·u in every entry
  // (Alfa, Xue & Ye 2002); the rounded 1 − gamma and probabilities add n·u each.
  const relative = (n: number): number => 20 * n ** 3 * 2 ** -53;

  it('has a small relative error in every entry, for every gamma', () => {
    const cases = randomModel({ minStates: 2, maxStates: 7, maxActions: 1 }).chain((model) =>
      fc.tuple(
        fc.constant(model),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: model.length,
          maxLength: model.length,
        }),
        fc.constantFrom(...discounts),
      ),
    );
    fc.assert(
      fc.property(cases, ([model, rewards, discount]) => {
        const values = new Float64Array(model.length);
        solveChain(chainOf(model, discount), Float64Array.from(rewards), values);
        const policy = model.map(() => 0);
        const exact = policyValue(model, policy, rewards.map(rationalOfDouble), discount.exact);
        exact.forEach((value, s) => {
          const error = value.sub(rationalOfDouble(values[s]!)).abs();
          // Sums and products below the normal doubles lose up to 2^-1074 each, n² of them, times 1/(1 − gamma) at most.
          const allowed = value
            .mul(rationalOfDouble(relative(model.length)))
            .add(rationalOfDouble(2 ** -1030));
          expect(error.compare(allowed)).toBeLessThanOrEqual(0);
        });
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  it.each([
    ['a cycle', cycle(50)],
    ['a slippery grid', slipperyGrid(9, 4)],
    ['a dense random chain', sparseModel(60, 3)],
  ])('satisfies its equation on %s', (_, model) => {
    for (const discount of discounts) {
      const next = numbers(9);
      const chain = chainOf(model, discount);
      const rewards = Float64Array.from(model, next);
      const values = new Float64Array(model.length);
      solveChain(chain, rewards, values);
      const largest = Math.max(...values);
      model.forEach((actions, s) => {
        const ahead = actions[0]!.reduce((sum, [t, p]) => sum + (Number(p.n) / Number(p.d)) * values[t]!, 0);
        const residual = rewards[s]! + discount.gamma * ahead - values[s]!;
        expect(Math.abs(residual)).toBeLessThanOrEqual(relative(4) * largest);
      });
    }
  });

  it('leaves a part alone whose elimination would take too long', () => {
    const structure = structureOf(mdpOfRows(sparseModel(3000, 8)));
    const chain = emptyChain(structure, discountOf(1, 2));
    for (let s = 0; s < structure.stateCount; s++) chain.policy[s] = structure.statePtr[s]!;
    expect(prepareChain(chain)).toBe(-1);
  });
});
