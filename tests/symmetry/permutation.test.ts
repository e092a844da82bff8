import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choiceImages,
  compose,
  cycleNotation,
  identity,
  invert,
  isAutomorphism,
  permutationOrder,
  permuteRewards,
} from '../../src/symmetry/permutation.js';
import { bruteAutomorphisms, permutations } from '../oracles/brute-automorphisms.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

const permutation = fc
  .integer({ min: 1, max: 9 })
  .chain((n) => fc.shuffledSubarray([...identity(n)], { minLength: n, maxLength: n }))
  .map((images) => Int32Array.from(images));

describe('permutations', () => {
  it('form a group', () => {
    const property = fc.property(permutation, (phi) => {
      expect(compose(phi, invert(phi))).toEqual(identity(phi.length));
      expect(compose(invert(phi), phi)).toEqual(identity(phi.length));
      let power: Int32Array = phi;
      let order = 1n;
      for (; String(power) !== String(identity(phi.length)); order++) power = compose(phi, power);
      expect(permutationOrder(phi)).toBe(order);
    });
    fc.assert(property, { seed: 1 });
  });

  it('compose as functions: the inner one first', () => {
    const [phi, psi] = [Int32Array.of(1, 2, 0), Int32Array.of(0, 2, 1)];
    expect([...compose(phi, psi)]).toEqual([0, 1, 2].map((s) => phi[psi[s]!]!));
  });

  it('move each reward with its state', () => {
    const phi = Int32Array.of(1, 2, 0);
    const moved = permuteRewards(phi, ['r0', 'r1', 'r2']);
    ['r0', 'r1', 'r2'].forEach((reward, s) => {
      expect(moved[phi[s]!]).toBe(reward);
    });
  });

  it('are written in cycles, names quoted where they are not plain words', () => {
    expect(cycleNotation(Int32Array.of(0, 2, 1, 4, 5, 3), ['a', 'ℓ_↖', 'r_↗', '★', 'two words', 'c)'])).toBe(
      '(ℓ_↖ r_↗)(★ "two words" "c)")',
    );
    expect(cycleNotation(Int32Array.of(1, 0), ['say "hi"', '∅'])).toBe('("say \\"hi\\"" ∅)');
    expect(cycleNotation(identity(3), ['a', 'b', 'c'])).toBe('()');
  });
});

describe('isAutomorphism', () => {
  // Oracle: the list of all automorphisms from tests/oracles/brute-automorphisms.
  it('accepts the automorphisms and nothing else', () => {
    const property = fc.property(randomModel({ maxStates: 5 }), (model) => {
      const mdp = mdpOfRows(model);
      const accepted = permutations(model.length).filter((phi) => isAutomorphism(mdp, Int32Array.from(phi)));
      expect(accepted.map(String)).toEqual(bruteAutomorphisms(model).map(String));
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it('refuses what is no permutation', () => {
    const mdp = mdpOfRows([[certain(0)], [certain(1)]]);
    for (const wrong of [[0], [0, 0], [0, 2], [-1, 0], [0, 1, 2]]) {
      expect(isAutomorphism(mdp, Int32Array.from(wrong))).toBe(false);
    }
  });

  it('says which choice goes where, duplicates to the first of their class', () => {
    const model: ExactModel = [
      [certain(1), weighted([1, 2], [1, 2]), certain(2), weighted([1, 2], [2, 1]), certain(1)],
      [certain(1)],
      [certain(2)],
    ];
    expect([...choiceImages(mdpOfRows(model), Int32Array.of(0, 2, 1))!]).toEqual([2, 3, 0, 1, 2, 6, 5]);
    expect([...choiceImages(mdpOfRows(model), identity(3))!]).toEqual([0, 1, 2, 3, 0, 5, 6]);
  });
});
