// The limits γ → 0 and γ → 1 against the exact values close to the ends, and against published numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExactLaw, Marginal } from '../../src/exact/laws/exact-law.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import { approximate, ONE_RATIO, type Ratio, ratio, ratioText, ZERO_RATIO } from '../../src/number/ratio.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

const uniform: Marginal = { kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO };
const coin: Marginal = {
  kind: 'discrete',
  atoms: [
    { value: ZERO_RATIO, probability: ratio(1n, 2n) },
    { value: ONE_RATIO, probability: ratio(1n, 2n) },
  ],
};
const zero: Marginal = { kind: 'discrete', atoms: [{ value: ZERO_RATIO, probability: ONE_RATIO }] };
const epsilon = ratio(1n, 10n ** 12n);
const nearOne = ratio(10n ** 12n - 1n, 10n ** 12n);

function solverOf(model: ExactModel, law: ExactLaw, gamma: Ratio): ReturnType<typeof exactSolver> {
  return exactSolver({ rows: exactRows(mdpOfRows(model)), law, gamma });
}

function lawOf(model: ExactModel, marginals: readonly Marginal[]): ExactLaw {
  return { kind: 'independent', marginals: model.map((_, s) => marginals[s % marginals.length]!) };
}

/** POWER and P are differentiable at the ends with derivatives far below 1000, so 10⁻¹² from the end is 10⁻⁹ in value. */
function closeTo(a: Ratio, b: Ratio): boolean {
  return Math.abs(approximate(a) - approximate(b)) < 1e-9;
}

describe.each([
  [0 as const, ZERO_RATIO, epsilon],
  [1 as const, ONE_RATIO, nearOne],
])('the limit at %i', (_, end, near) => {
  it.each([
    ['uniform', [uniform]],
    ['uniform beside constants', [uniform, uniform, zero]],
    ['uniform beside coins', [uniform, coin]],
  ])('is approached by the values near it: %s', (_name, marginals) => {
    const property = fc.property(randomModel({ maxStates: 4, maxActions: 2 }), (model) => {
      const law = lawOf(model, marginals);
      const limit = solverOf(model, law, end);
      const inside = solverOf(model, law, near);
      model.forEach((_actions, s) => {
        expect(closeTo(limit.power(s), inside.power(s))).toBe(true);
        const chances = inside.chances(s);
        limit.chances(s).forEach((chance, row) => {
          expect(closeTo(chance.weak, chances[row]!.weak)).toBe(true);
          expect(closeTo(chance.strict, chances[row]!.strict)).toBe(true);
          expect(closeTo(chance.fractional, chances[row]!.fractional)).toBe(true);
        });
      });
    });
    fc.assert(property, { seed: 3, numRuns: 30 });
  });

  it('is reached exactly before the end for finite laws', () => {
    // No optimal policy of these small models changes between 10⁻¹² and the end, so the chances are the same fractions.
    const property = fc.property(randomModel({ maxStates: 4, maxActions: 2 }), (model) => {
      const law = lawOf(model, [coin]);
      const limit = solverOf(model, law, end);
      const inside = solverOf(model, law, near);
      model.forEach((_actions, s) => {
        const texts = (chances: ReturnType<typeof limit.chances>): string[] =>
          chances.map(({ weak, strict, fractional }) => [weak, strict, fractional].map(ratioText).join());
        expect(texts(limit.chances(s))).toEqual(texts(inside.chances(s)));
        expect(closeTo(limit.power(s), inside.power(s))).toBe(true);
      });
    });
    fc.assert(property, { seed: 4, numRuns: 30 });
  });
});

describe('average-optimality', () => {
  it('is weaker than optimality near 1', () => {
    const property = fc.property(randomModel({ maxStates: 4, maxActions: 3 }), (model) => {
      for (const marginals of [[uniform], [coin]]) {
        const solve = solverOf(model, lawOf(model, marginals), ONE_RATIO);
        model.forEach((_, s) => {
          const average = solve.averageChances(s);
          solve.chances(s).forEach((chance, row) => {
            expect(approximate(average[row]!.weak)).toBeGreaterThanOrEqual(approximate(chance.weak) - 1e-12);
          });
        });
      }
    });
    fc.assert(property, { seed: 5, numRuns: 40 });
  });

  it('separates from it in the detour of Turner et al. (2021), Fig. 10: 1 against 1/3', () => {
    const detour: ExactModel = [
      [certain(1), certain(2)],
      [certain(1), certain(2)],
      [certain(3), certain(4)],
      [certain(3)],
      [certain(4)],
    ];
    const solve = solverOf(detour, lawOf(detour, [uniform]), ONE_RATIO);
    expect(solve.averageChances(0).map(({ weak }) => ratioText(weak))).toEqual(['1', '2/3']);
    expect(solve.chances(0).map(({ weak }) => ratioText(weak))).toEqual(['1/3', '2/3']);
  });
});
