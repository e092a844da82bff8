import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensitivity } from '../../src/exact/sensitivity.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { rational } from '../../src/number/rational.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { modelHash } from '../../src/symmetry/model-hash.js';
import { duplicated, quotient, unchanged } from '../../src/symmetry/variants.js';
import { mdpOfRows, rowsOfMdp } from '../oracles/exact-model.js';
import { optimalValues } from '../oracles/exact-policies.js';
import { randomModel } from '../oracles/random-models.js';

function modelOf(name: string): Mdp {
  const source = join(resolve(import.meta.dirname, '../../fixtures/mdp'), `${name}.json`);
  return parseModel(readFileSync(source), { source });
}

const wait = modelOf('wait');
const candy = wait.states.indexOf('candy');

describe('a state that is split', () => {
  it.each([2, 4, 10])(
    'into %i outcomes makes waiting optimal with probability 2/(2 + K) near γ = 1',
    (copies) => {
      const report = sensitivity(
        [
          { name: 'as it is', ...unchanged(wait) },
          { name: 'split', ...duplicated(wait, candy, copies) },
        ],
        wait.start,
        parseReward('uniform(0, 1)', wait.states),
        parseDiscountList('1'),
        100_000,
      );
      const row = report.rows.find(({ quantity }) => quantity === 'P(wait)');
      expect(row!.values[0]).toBeCloseTo(2 / 3, 14);
      expect(row!.values[1]).toBeCloseTo(2 / (2 + copies), 14);
      const avoided = report.rows.find(({ quantity }) => quantity === 'D.12: avoiding candy');
      expect(avoided!.values).toEqual(['2/3 of every orbit', copies > 2 ? 'no' : '1/2 of every orbit']);
      const waiting = report.rows.find(({ quantity }) => quantity === 'D.11: wait over candy');
      expect(waiting!.values).toEqual(['2/3 of every orbit', '2/3 of every orbit']);
      expect(report.variants.map(({ states }) => states)).toEqual([5, 4 + copies]);
    },
  );

  it('gives the environment of the fixture, but for names', () => {
    const named = (mdp: Mdp): string =>
      modelHash({
        ...mdp,
        states: mdp.states.map((name) => name.replace(/^candy(#?)(\d)?$/, (_, __, n) => `candy ${n ?? 1}`)),
        actions: mdp.actions.map((name) => name.replace(/^candy(#?)(\d)?$/, (_, __, n) => `candy ${n ?? 1}`)),
      });
    expect(named(duplicated(wait, candy, 4).mdp)).toBe(named(modelOf('wait-split-4')));
  });

  it('keeps the optimal values of every state if its copies have its reward', () => {
    fc.assert(
      fc.property(
        randomModel({ minStates: 2, maxStates: 4 }),
        fc.integer({ min: 2, max: 3 }),
        (model, copies) => {
          const mdp = mdpOfRows(model);
          const rewards = model.map((_, s) => rational(s * s - 3));
          for (let s = 0; s < mdp.stateCount; s++) {
            const { mdp: split, origin } = duplicated(mdp, s, copies);
            const before = optimalValues(model, rewards, rational(1n, 2n));
            const after = optimalValues(
              rowsOfMdp(split),
              [...origin].map((x) => rewards[x]!),
              rational(1n, 2n),
            );
            expect([...origin].every((x, t) => after[t]!.equals(before[x]!))).toBe(true);
          }
        },
      ),
      { numRuns: 15, seed: 8 },
    );
  });
});

describe('equivalent states', () => {
  it('that were split are merged again', () => {
    const again = quotient(duplicated(wait, candy, 4).mdp).mdp;
    expect(again.states).toEqual(['start', 'candy', 'wait', 'chocolate']);
    expect(modelHash(again)).toBe(modelHash(quotient(wait).mdp));
  });

  it('are those without labels that an automorphism swaps', () => {
    const { mdp, origin, image } = quotient(modelOf('fig1'));
    expect(mdp.states).toEqual(['★', '∅', 'ℓ_◁', 'r_▷', 'ℓ_↖', 'ℓ_↙', 'r_↗']);
    expect([...origin]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...image]).toEqual([0, 1, 2, 3, 4, 5, 6, 6]);
    expect([mdp.choicePtr[4]! - mdp.choicePtr[3]!, mdp.choicePtr[7]! - mdp.choicePtr[6]!]).toEqual([1, 1]);
  });

  it('have the optimal values of their class if they have its reward', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 5 }), (model) => {
        const { mdp, origin, image } = quotient(mdpOfRows(model));
        const rewards = model.map((_, s) => rational(origin[image[s]!]! ** 2 - 3));
        const before = optimalValues(model, rewards, rational(1n, 2n));
        const after = optimalValues(
          rowsOfMdp(mdp),
          [...origin].map((x) => rewards[x]!),
          rational(1n, 2n),
        );
        expect(before.every((value, s) => after[image[s]!]!.equals(value))).toBe(true);
      }),
      { numRuns: 25, seed: 12 },
    );
  });
});
