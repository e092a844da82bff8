// F, F_nd, RSD and their proofs: published counts, the definition over all policies, and proofs checked by dot products.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactRefusal } from '../../src/exact/budget.js';
import { dominations } from '../../src/exact/policies/non-dominated.js';
import { recurrentDistributions } from '../../src/exact/policies/recurrent-distributions.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { visitDistributions } from '../../src/exact/policies/visit-distributions.js';
import { visitFunctions } from '../../src/exact/policies/visit-functions.js';
import { visitReport } from '../../src/exact/visits.js';
import { parseModel } from '../../src/mdp/parse.js';
import {
  add,
  approximate,
  compare,
  fromRational,
  multiply,
  type Ratio,
  ratio,
  ratioText,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { ONE, rationalText, ZERO } from '../../src/number/rational.js';
import { evaluateRational } from '../../src/number/rational-function.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { allPolicies, policyValue } from '../oracles/exact-policies.js';
import { randomDiscount, randomModel } from '../oracles/random-models.js';

const fig1 = parseModel(readFileSync(resolve(import.meta.dirname, '../../fixtures/mdp/fig1.json')));
const half = ratio(1n, 2n);

function dot(a: readonly Ratio[], b: readonly Ratio[]): Ratio {
  return a.reduce((sum, x, i) => add(sum, multiply(x, b[i]!)), ZERO_RATIO);
}

describe('visitDistributions', () => {
  it('are the distinct visit vectors of all stationary policies', () => {
    const property = fc.property(
      randomModel({ maxStates: 4, maxActions: 2 }),
      randomDiscount,
      (model, discount) => {
        const rows = exactRows(mdpOfRows(model));
        const units = model.map((_, t) => model.map((_row, u) => (t === u ? ONE : ZERO)));
        const wanted = model.map(() => new Set<string>());
        for (const policy of allPolicies(model)) {
          const values = units.map((unit) => policyValue(model, policy, unit, discount.exact));
          model.forEach((_, s) => {
            wanted[s]!.add(values.map((value) => rationalText(value[s]!)).join());
          });
        }
        model.forEach((_, s) => {
          const found = visitDistributions(rows, s, fromRational(discount.exact), { limit: 1000 });
          expect(new Set(found.map(({ visits }) => visits.map(ratioText).join()))).toEqual(wanted[s]);
          expect(found).toHaveLength(wanted[s]!.size);
        });
      },
    );
    fc.assert(property, { seed: 9, numRuns: 60 });
  });

  it('are the values of their functions of gamma', () => {
    const property = fc.property(randomModel({ maxStates: 4, maxActions: 2 }), (model) => {
      const rows = exactRows(mdpOfRows(model));
      const gamma = ratio(37n, 101n);
      for (const { visits, policy } of visitDistributions(rows, 0, gamma, { limit: 1000 })) {
        const values = visitFunctions(rows, 0, policy).map((f) => evaluateRational(f, gamma));
        expect(values.map(ratioText)).toEqual(visits.map(ratioText));
      }
    });
    fc.assert(property, { seed: 10, numRuns: 60 });
  });

  it('are refused politely where there are too many', () => {
    const complete: ExactModel = Array.from({ length: 12 }, () =>
      Array.from({ length: 12 }, (_, t) => certain(t)),
    );
    const rows = exactRows(mdpOfRows(complete));
    expect(() => visitDistributions(rows, 0, half, { limit: 1000 })).toThrow(ExactRefusal);
    expect(() => recurrentDistributions(rows, 0, 1000)).toThrow(/more than 1000 simple cycles/);
  });
});

describe('recurrentDistributions', () => {
  it('are the limits of (1−γ)f, of all policies', () => {
    // At γ = 1 − 10⁻¹² the entries of (1−γ)f differ from their limits by far less than 10⁻⁶, and distinct limits of these
    // small models by more.
    const near = ratio(10n ** 12n - 1n, 10n ** 12n);
    const scale = ratio(1n, 10n ** 12n);
    const property = fc.property(randomModel({ maxStates: 4, maxActions: 2 }), (model) => {
      const rows = exactRows(mdpOfRows(model));
      model.forEach((_, s) => {
        const round = (vector: readonly Ratio[]): string =>
          vector.map((x) => approximate(x).toFixed(6)).join();
        const limits = visitDistributions(rows, s, near, { limit: 1000 }).map(({ visits }) =>
          round(visits.map((v) => add(multiply(scale, v), ratio(1n, 10n ** 9n)))),
        );
        const found = recurrentDistributions(rows, s, 1000).map(({ distribution }) =>
          round(distribution.map((p) => add(p, ratio(1n, 10n ** 9n)))),
        );
        expect(new Set(found)).toEqual(new Set(limits));
        expect(found).toHaveLength(new Set(found).size);
      });
    });
    fc.assert(property, { seed: 11, numRuns: 60 });
  });
});

describe('dominations', () => {
  const entry = fc.integer({ min: -2, max: 3 }).map((n) => ratio(BigInt(n)));
  const sets = fc
    .integer({ min: 1, max: 4 })
    .chain((d) => fc.array(fc.array(entry, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 9 }));

  it('are proved: each witness by dot products, each mixture by adding up', () => {
    const property = fc.property(sets, (all) => {
      const vectors = [...new Map(all.map((v) => [v.map(ratioText).join(), v])).values()];
      dominations(vectors).forEach((verdict, i) => {
        if (!verdict.dominated) {
          const own = dot(vectors[i]!, verdict.witness);
          vectors.forEach((other, k) => {
            if (k !== i) expect(compare(own, dot(other, verdict.witness))).toBeGreaterThan(0);
          });
          expect(verdict.witness.every((x) => Math.abs(approximate(x)) <= 1)).toBe(true);
          return;
        }
        const { combination } = verdict;
        expect(combination.some(({ index }) => index === i)).toBe(false);
        expect(combination.every(({ weight }) => weight.n > 0n)).toBe(true);
        expect(ratioText(combination.map(({ weight }) => weight).reduce(add))).toBe('1');
        const mixed = vectors[i]!.map((_, j) =>
          combination.reduce(
            (sum, { index, weight }) => add(sum, multiply(weight, vectors[index]![j]!)),
            ZERO_RATIO,
          ),
        );
        expect(mixed.map(ratioText)).toEqual(vectors[i]!.map(ratioText));
      });
    });
    fc.assert(property, { seed: 12, numRuns: 300 });
  });
});

describe('visitReport', () => {
  it.each([
    ['∅', 1, 1],
    ['ℓ_↙', 2, 2],
    ['r_↘', 3, 2],
    ['★', 11, 5],
    ['ℓ_◁', 4, 2],
    ['r_▷', 6, 2],
  ])('counts F and F_nd of state %s of Fig. 1: %i and %i', (state, all, nondominated) => {
    const report = visitReport(fig1, fig1.states.indexOf(state), half);
    expect(report.visits).toHaveLength(all);
    expect(report.visits.filter(({ dominated }) => !dominated)).toHaveLength(nondominated);
  });

  it('finds the one dominated recurrent distribution of Fig. 1 half and half', () => {
    const { recurrent } = visitReport(fig1, fig1.states.indexOf('★'), half);
    expect(recurrent).toHaveLength(6);
    const dominated = recurrent.filter((d) => d.dominated);
    expect(dominated.map(({ distribution }) => distribution)).toEqual([{ 'r_↗': '1/2', 'r_↘': '1/2' }]);
    expect(Object.values(dominated[0]!.mixture!)).toEqual(['1/2', '1/2']);
  });

  it('writes visits as functions of gamma, and what actions reach', () => {
    const { visits, reach } = visitReport(fig1, fig1.states.indexOf('ℓ_↙'), half);
    expect(visits.map(({ functions, actions }) => ({ actions, functions }))).toEqual([
      { actions: ['up'], functions: { 'ℓ_↖': 'γ/((1 − γ)(1 + γ))', 'ℓ_↙': '1/((1 − γ)(1 + γ))' } },
      { actions: ['stay'], functions: { 'ℓ_↙': '1/(1 − γ)' } },
    ]);
    expect(reach).toEqual([
      { action: 'up', states: ['ℓ_↖', 'ℓ_↙'] },
      { action: 'stay', states: ['ℓ_↖', 'ℓ_↙'] },
    ]);
  });
});
