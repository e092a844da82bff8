// Batches against the definition: the mean over a range of samples, of whole numbers whose sums do not round.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import {
  addToBatches,
  type Batches,
  choiceBatches,
  emptyBatches,
  powerBatches,
} from '../../src/power/batches.js';
import { type BlockSums, emptySums } from '../../src/power/block.js';
import { star } from './estimating.js';

const columns = 8;
const mdp = star(2);
const empty = emptySums({
  mdp,
  classes: new Int32Array(mdp.choiceCount),
  gammas: [{ discount: parseDiscount('0.5'), tolerance: 1 }],
});

/** A block whose samples of state 1 are all `value`, and in which choice 0 is optimal so often. */
function block(value: number, optimal: number): BlockSums {
  const mean = Float64Array.from(mdp.states, (_, s) => (s === 1 ? value : 0));
  const unique = Float64Array.from(empty.choices!.unique, (_, c) => (c === 0 ? optimal : 0));
  return {
    ...empty,
    moments: { ...empty.moments, count: columns, mean },
    choices: { ...empty.choices!, unique },
  };
}

const none = (unit: number): Batches =>
  emptyBatches({ samples: 0, columns, blocks: 0 }, unit * columns, { states: [1], choices: [0] });

it('are means over equal ranges of samples, 32 or more, fewer than 64 whole ones', () => {
  const values = fc.array(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), {
    minLength: 4 * 32,
    maxLength: 700,
  });
  fc.assert(
    fc.property(values, fc.constantFrom(1, 2, 4), (means, unit) => {
      const batches = none(unit);
      const optimal = means.map((value) => Math.abs(value) % (columns + 1));
      for (const [i, value] of means.entries()) {
        addToBatches(batches, i, block(value * 2 ** 30, optimal[i]!), undefined, undefined);
      }
      const power = powerBatches(batches, 1, [0, 1]);
      const each = power.size / columns;
      const whole = Math.floor(means.length / each);
      expect(power.means).toHaveLength(Math.ceil(means.length / each));
      expect(each % unit).toBe(0);
      expect(whole).toBeGreaterThanOrEqual(32);
      expect(whole).toBeLessThan(64);
      for (let batch = 0; batch < whole; batch++) {
        const range = [batch * each, (batch + 1) * each] as const;
        const sum = (list: readonly number[]): number => list.slice(...range).reduce((a, b) => a + b, 0);
        // A step rounds a value below 2^50, a share and a product: by less than 1 together.
        expect(Math.abs(power.means[batch]! - (sum(means) / each) * 2 ** 30)).toBeLessThanOrEqual(each);
        expect(choiceBatches(batches, 0).means[batch]).toBe(sum(optimal) / (each * columns));
      }
    }),
  );
});
