import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { rationalOfDouble } from '../../src/number/rational.js';
import { equalPowerOrbits } from '../../src/power/equal-power.js';
import { checkSymmetry } from '../../src/power/symmetry-check.js';
import type { RewardSource } from '../../src/rewards/source.js';
import { automorphismGroup } from '../../src/symmetry/automorphism-group.js';
import { bruteAutomorphisms } from '../oracles/brute-automorphisms.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { discountOf, randomDiscount, randomModel } from '../oracles/random-models.js';
import { binaryTree, copies, deterministicMdp } from '../symmetry/structured-models.js';

/** A fixed table of rewards in place of a distribution: numbers k/64, so that doubles hold them and ties occur. */
function tableSource(
  stateCount: number,
  lawClass = new Int32Array(stateCount),
  exchangeable = true,
): RewardSource {
  const value = (sample: number, s: number): number => (((sample + 1) * 37 + s * s * 11 + 5 * s) % 64) / 64;
  return {
    text: 'table',
    stateCount,
    fill: (first, count, values) => {
      for (let s = 0; s < stateCount; s++) {
        for (let b = 0; b < count; b++) values[s * count + b] = value(first + b, s);
      }
    },
    exactColumn: (sample) => Array.from({ length: stateCount }, (_, s) => rationalOfDouble(value(sample, s))),
    rounded: false,
    equalRewardClass: Int32Array.from({ length: stateCount }, (_, s) => s),
    lawClass,
    exchangeable,
    support: [0, 1],
    moments: 'finite',
    constant: false,
    atomless: false,
  };
}

const star: ExactModel = [[certain(1), certain(2), certain(3)], [certain(1)], [certain(2)], [certain(3)]];
const half = discountOf(1, 2);

describe('checkSymmetry', () => {
  it('accepts what the search finds', () => {
    const model = fc
      .tuple(
        randomModel({ maxStates: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('none' as const, 'choices' as const, 'chance' as const),
      )
      .map(([piece, count, hub]) => copies(piece, count, hub));
    const property = fc.property(model, randomDiscount, (rows, discount) => {
      const mdp = mdpOfRows(rows);
      const group = automorphismGroup(mdp);
      const check = checkSymmetry(mdp, tableSource(rows.length), group, discount);
      expect(check.generators).toBe(group.generators.length);
      expect(check.comparisons).toBe(3 * rows.length * group.generators.length);
      expect(check.largestDifference).toBeLessThanOrEqual(check.largestBound);
    });
    fc.assert(property, { seed: 1, numRuns: 150 });
  });

  it('is an internal error, exit code 5, for a permutation that is no symmetry', () => {
    const swapHub = { generators: [Int32Array.of(1, 0, 2, 3)] };
    try {
      checkSymmetry(mdpOfRows(star), tableSource(4), swapHub, half);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).exitCode).toBe(5);
      expect((error as UserError).message).toContain('(s0 s1)');
    }
  });

  it('is an internal error if values differ by more than the bounds allow', () => {
    // The swap of 0 and 1 keeps the exact probabilities; the doubles that are solved are spoilt.
    const mdp = mdpOfRows([
      [weighted([2, 3], [1, 2])],
      [weighted([2, 3], [1, 2])],
      [certain(2)],
      [certain(3)],
    ]);
    const group = automorphismGroup(mdp);
    expect(group.generators.map((g) => [...g])).toEqual([[1, 0, 2, 3]]);
    expect(checkSymmetry(mdp, tableSource(4), group, half).comparisons).toBe(3 * 4);
    const spoilt = { ...mdp, probability: Float64Array.of(0.25, 0.75, 1 / 3, 2 / 3, 1, 1) };
    expect(() => checkSymmetry(spoilt, tableSource(4), group, half)).toThrow(/contradicts.*gamma 1\/2/);
  });

  it('checks a selection of generators where there are too many', () => {
    const tree = deterministicMdp(binaryTree(9));
    const check = checkSymmetry(tree, tableSource(1023), automorphismGroup(tree), half);
    expect(check.generators).toBeLessThan(511);
    expect(check.generators).toBeGreaterThan(30);
  });
});

describe('equalPowerOrbits', () => {
  it('uses every symmetry for identically distributed independent rewards', () => {
    const mdp = mdpOfRows(star);
    const equal = equalPowerOrbits(mdp, tableSource(4), automorphismGroup(mdp));
    expect(equal).toMatchObject({ basis: 'all', complete: true });
    expect([...equal.orbits]).toEqual([0, 1, 1, 1]);
  });

  it('uses only symmetries that keep the marginal laws, products of generators included', () => {
    // Oracle: all automorphisms by brute force, those that keep the classes picked out.
    const model = randomModel({ maxStates: 2 }).map((piece) => copies(piece, 3, 'none'));
    const property = fc.property(
      model,
      fc.array(fc.nat({ max: 1 }), { minLength: 6, maxLength: 6 }),
      (rows, marks) => {
        const lawClass = Int32Array.from(rows, (_, s) => marks.indexOf(marks[s]!));
        const kept = bruteAutomorphisms(rows).filter((phi) =>
          phi.every((t, s) => lawClass[s] === lawClass[t]),
        );
        const mdp = mdpOfRows(rows);
        const equal = equalPowerOrbits(mdp, tableSource(rows.length, lawClass), automorphismGroup(mdp));
        expect([...equal.orbits]).toEqual(rows.map((_, s) => Math.min(...kept.map((phi) => phi[s]!))));
      },
    );
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it('concludes nothing for rewards that depend on each other', () => {
    const mdp = mdpOfRows(star);
    const equal = equalPowerOrbits(mdp, tableSource(4, new Int32Array(4), false), automorphismGroup(mdp));
    expect(equal).toMatchObject({ basis: 'none', generators: [] });
    expect([...equal.orbits]).toEqual([0, 1, 2, 3]);
  });
});
