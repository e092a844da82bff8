import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountedVisits, limitDistribution } from '../../src/number/markov-chain.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import { someRationalSolution } from '../../src/number/rational-system.js';
import { policyGain } from '../oracles/exact-gain.js';
import { randomModel } from '../oracles/random-models.js';

const texts = (values: readonly Rational[]): string[] => values.map(rationalText);
const matrixOf = (rows: readonly (readonly (number | readonly [number, number])[])[]): Rational[][] =>
  rows.map((row) => row.map((p) => (typeof p === 'number' ? rational(p) : rational(p[0], p[1]))));

describe('the limit of a finite chain', () => {
  it('is the mixture of closed classes by the chances of ending there', () => {
    // From 0 to 1 or 2, evenly; 1 is a closed state; 2 and 3 alternate, lazily in 3.
    const chain = matrixOf([
      [0, [1, 2], [1, 2], 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, [1, 2], [1, 2]],
    ]);
    // π(2) = π(3)/2, so that 1/3 and 2/3 of one half.
    expect(texts(limitDistribution(chain))).toEqual(['0', '1/2', '1/6', '1/3']);
  });

  it('is uniform on a cycle, whatever its period', () => {
    const chain = matrixOf([
      [0, 1, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
    expect(texts(limitDistribution(chain))).toEqual(['0', '1/2', '1/2']);
  });

  it('holds of each state its gain where it alone is rewarded', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 2, maxStates: 5, maxActions: 1 }), (model) => {
        const chain = model.map(([row]) => model.map((_, y) => row!.find(([t]) => t === y)?.[1] ?? ZERO));
        const gains = model.map((_, x) => {
          const reward = model.map((_, y) => (x === y ? ONE : ZERO));
          const policy = model.map(() => 0);
          return policyGain(model, policy, reward)[0]!;
        });
        expect(texts(limitDistribution(chain))).toEqual(texts(gains));
      }),
    );
  });

  it('has discounted visits before it that solve their equation', () => {
    const half = rational(1n, 2n);
    const chain = matrixOf([
      [0, 1],
      [1, 0],
    ]);
    // (1−γ)(1 + γ² + …) = (1−γ)/(1−γ²) = 2/3.
    expect(texts(discountedVisits(chain, half))).toEqual(['2/3', '1/3']);
  });
});

describe('some solution of a rational system', () => {
  it('solves singular systems, and refuses those without one', () => {
    const consistent = matrixOf([
      [1, 1, 2],
      [2, 2, 4],
    ]);
    expect(texts(someRationalSolution(consistent))).toEqual(['2', '0']);
    const wrong = matrixOf([
      [1, 1, 2],
      [2, 2, 5],
    ]);
    expect(() => someRationalSolution(wrong)).toThrow(RangeError);
  });
});
