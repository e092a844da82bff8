import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { solveBlock } from '../../src/solve/solve-block.js';
import { structureOf } from '../../src/solve/structure.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { unitRoundoff } from '../tolerance.js';
import { blockOfDoubles } from './block-of.js';
import { numbers, sparseModel } from './models.js';

// Oracle: with one action a state there is one policy, and V = (I − gamma·P)⁻¹ R by a dense solver of another's.
describe('a chain without choices', () => {
  it.each([discountOf(1, 2), discountOf(9, 10), discountOf(999, 1000)])('gamma $text', (discount) => {
    const size = 60;
    const model = sparseModel(size, 9).map((rows) => [rows[0]!]);
    const mdp = mdpOfRows(model);
    const { rowPtr, successor, probability } = structureOf(mdp);
    const next = numbers(3);
    const rewards = Array.from({ length: size }, next);

    const transition = Matrix.zeros(size, size);
    for (let s = 0; s < size; s++) {
      for (let k = rowPtr[s]!; k < rowPtr[s + 1]!; k++) transition.set(s, successor[k]!, probability[k]!);
    }
    const { gamma, oneMinusGamma } = discount;
    const values = solve(
      Matrix.sub(Matrix.eye(size), Matrix.mul(transition, gamma)),
      Matrix.columnVector(rewards),
    );
    const power = transition.mmul(values).mul(oneMinusGamma);

    const solution = solveBlock(mdp, blockOfDoubles([rewards]), discount, { tolerance: 1e-10, decide: true });
    // Gaussian elimination of a diagonally dominant matrix: relative error below 8·n·u·condition, condition ≤ 2/(1 − gamma).
    const oracleError = 8 * size * unitRoundoff * (2 / oneMinusGamma);
    for (let s = 0; s < size; s++) {
      expect(Math.abs(solution.power[s]! - power.get(s, 0))).toBeLessThanOrEqual(
        solution.error[0]! + oracleError,
      );
    }
    expect([...solution.status].every((status) => status === 1)).toBe(true);
  });
});
