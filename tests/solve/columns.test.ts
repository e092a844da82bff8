import { describe, expect, it } from 'vitest';
import { solveBlock } from '../../src/solve/solve-block.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { blockOfDoubles } from './block-of.js';
import { numbers, slipperyGrid, sparseModel } from './models.js';

const models = [
  { name: 'a slippery grid', model: slipperyGrid(4, 4) },
  { name: 'a random sparse model', model: sparseModel(20, 5) },
];

describe('a column of a block', () => {
  for (const { name, model } of models) {
    for (const discount of [discountOf(1, 2), discountOf(99, 100), discountOf(999_999, 1_000_000)]) {
      it(`does not depend on the other columns, bit for bit: ${name}, gamma ${discount.text}`, () => {
        const mdp = mdpOfRows(model);
        const next = numbers(7);
        // Easy, hard and tied columns side by side, so that they leave the block at different times.
        const columns = Array.from({ length: 23 }, (_, b) =>
          model.map(() => (b % 3 === 0 ? Math.round(next()) : b % 3 === 1 ? next() : 1e-7 * next())),
        );
        for (const options of [
          { tolerance: 1e-6, decide: true },
          { tolerance: 1e-3, decide: false },
          { tolerance: 0, decide: true },
        ]) {
          const whole = solveBlock(mdp, blockOfDoubles(columns), discount, options);
          const reversed = solveBlock(mdp, blockOfDoubles([...columns].reverse()), discount, options);
          columns.forEach((column, b) => {
            const alone = solveBlock(mdp, blockOfDoubles([column]), discount, options);
            for (const [other, width, at] of [
              [whole, columns.length, b],
              [reversed, columns.length, columns.length - 1 - b],
            ] as const) {
              expect(other.error[at]).toBe(alone.error[0]);
              for (let s = 0; s < mdp.stateCount; s++)
                expect(other.power[s * width + at]).toBe(alone.power[s]);
              for (let c = 0; c * width < other.status.length; c++) {
                expect(other.status[c * width + at]).toBe(alone.status[c]);
              }
            }
          });
        }
      });
    }
  }
});
