// Random small models, deterministic and stochastic: the definitions with every stationary policy, and volumes by Lasserre's
// recursion (uniform), or every reward function (finite laws). No code of src/exact is used by the oracles.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExactLaw, Marginal } from '../../src/exact/laws/exact-law.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import { fromRational, ratio, ratioText } from '../../src/number/ratio.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { allPolicies, optimalActions, policyValue, powerSample } from '../oracles/exact-policies.js';
import { naiveGreatest } from '../oracles/naive-volume.js';
import { randomDiscount, randomModel } from '../oracles/random-models.js';

/** The distinct vectors (1−γ)/γ·(f^{π,s} − e_s) over all policies, with the actions that π takes at s. */
function powerVectors(model: ExactModel, s: number, gamma: Rational): Map<string, [Rational[], Set<number>]> {
  const found = new Map<string, [Rational[], Set<number>]>();
  const factor = ONE.sub(gamma).div(gamma);
  const units = model.map((_, t) => model.map((_, u) => (t === u ? ONE : ZERO)));
  for (const policy of allPolicies(model)) {
    const visits = units.map((unit) => policyValue(model, policy, unit, gamma)[s]!);
    const vector = visits.map((v, t) => v.sub(units[s]![t]!).mul(factor));
    const key = vector.map(rationalText).join();
    const entry = found.get(key) ?? [vector, new Set<number>()];
    entry[1].add(policy[s]!);
    found.set(key, entry);
  }
  return found;
}

/** The row index at s of each action. */
function rowOf(rows: ReturnType<typeof exactRows>, model: ExactModel, s: number): number[] {
  const first = model.slice(0, s).reduce((sum, actions) => sum + actions.length, 0);
  return model[s]!.map((_, a) => rows[s]!.findIndex((row) => row.choices.includes(first + a)));
}

const uniform = fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: 1, max: 2 })).map(
  ([low, width]): Marginal => ({
    kind: 'uniform',
    low: ratio(BigInt(low), 2n),
    high: ratio(BigInt(low + width), 2n),
  }),
);

describe('exactSolver on random models with uniform rewards', () => {
  it('equals volumes over all policies', () => {
    const property = fc.property(
      randomModel({ maxStates: 3, maxActions: 2 }).chain((model) =>
        fc.tuple(
          fc.constant(model),
          fc.array(uniform, { minLength: model.length, maxLength: model.length }),
          randomDiscount,
        ),
      ),
      ([model, marginals, discount]) => {
        const rows = exactRows(mdpOfRows(model));
        const solve = exactSolver({
          rows,
          law: { kind: 'independent', marginals },
          gamma: fromRational(discount.exact),
        });
        model.forEach((_, s) => {
          const vectors = [...powerVectors(model, s, discount.exact).values()];
          fc.pre(vectors.length <= 5);
          const oracle = naiveGreatest(
            vectors.map(([vector]) => vector),
            marginals.map((m) => {
              if (m.kind !== 'uniform') throw new RangeError();
              return [rational(m.low.n, m.low.d), rational(m.high.n, m.high.d)];
            }),
          );
          const power = solve.power(s);
          const chances = solve.chances(s);
          expect(ratioText(power)).toBe(rationalText(oracle.mean));
          rowOf(rows, model, s).forEach((row, action) => {
            const weak = vectors.reduce(
              (sum, [, actions], i) => (actions.has(action) ? sum.add(oracle.wins[i]!) : sum),
              ZERO,
            );
            const strict = vectors.reduce((sum, [, actions], i) => {
              const only = [...actions].every((a) => rowOf(rows, model, s)[a] === row);
              return only && actions.has(action) ? sum.add(oracle.wins[i]!) : sum;
            }, ZERO);
            expect(ratioText(chances[row]!.weak)).toBe(rationalText(weak));
            expect(ratioText(chances[row]!.strict)).toBe(rationalText(strict));
          });
        });
      },
    );
    fc.assert(property, { seed: 1, numRuns: 60 });
  });
});

describe('exactSolver on random models with finite laws', () => {
  const coin: Marginal = {
    kind: 'discrete',
    atoms: [
      { value: ratio(0n), probability: ratio(1n, 3n) },
      { value: ratio(1n), probability: ratio(2n, 3n) },
    ],
  };

  function outcomes(size: number): { reward: Rational[]; probability: Rational }[] {
    return Array.from({ length: 2 ** size }, (_, code) => {
      const reward = Array.from({ length: size }, (_, s) => rational((code >> s) & 1));
      const ones = reward.filter((r) => r.n !== 0n).length;
      return { reward, probability: rational(2n ** BigInt(ones), 3n ** BigInt(size)) };
    });
  }

  it.each(['independent', 'list'] as const)('equals the sum over all reward functions (%s)', (kind) => {
    const property = fc.property(randomModel({ maxStates: 3 }), randomDiscount, (model, discount) => {
      const size = model.length;
      const all = outcomes(size);
      const law: ExactLaw =
        kind === 'independent'
          ? { kind, marginals: model.map(() => coin) }
          : {
              kind,
              outcomes: all.map(({ reward, probability }) => ({
                reward: reward.map(fromRational),
                probability: fromRational(probability),
              })),
            };
      const rows = exactRows(mdpOfRows(model));
      const solve = exactSolver({ rows, law, gamma: fromRational(discount.exact) });
      const power = model.map(() => ZERO);
      const weak = model.map((actions) => actions.map(() => ZERO));
      const strict = model.map((actions) => actions.map(() => ZERO));
      const fractional = model.map((actions) => actions.map(() => ZERO));
      for (const { reward, probability } of all) {
        powerSample(model, reward, discount.exact).forEach((p, s) => {
          power[s] = power[s]!.add(p.mul(probability));
        });
        optimalActions(model, reward, discount.exact).forEach((actions, s) => {
          const optimalRows = new Set(rowOf(rows, model, s).filter((_, a) => actions[a]));
          actions.forEach((optimal, a) => {
            if (!optimal) return;
            weak[s]![a] = weak[s]![a]!.add(probability);
            if (optimalRows.size === 1) strict[s]![a] = strict[s]![a]!.add(probability);
            fractional[s]![a] = fractional[s]![a]!.add(probability.div(rational(optimalRows.size)));
          });
        });
      }
      model.forEach((actions, s) => {
        const chances = solve.chances(s);
        expect(ratioText(solve.power(s))).toBe(rationalText(power[s]!));
        rowOf(rows, model, s).forEach((row, a) => {
          expect(ratioText(chances[row]!.weak)).toBe(rationalText(weak[s]![a]!));
          expect(ratioText(chances[row]!.strict)).toBe(rationalText(strict[s]![a]!));
          expect(ratioText(chances[row]!.fractional)).toBe(rationalText(fractional[s]![a]!));
        });
        expect(actions.length).toBeGreaterThan(0);
      });
    });
    fc.assert(property, { seed: 2, numRuns: 30 });
  });
});
