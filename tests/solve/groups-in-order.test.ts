import { describe, expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { newGroup } from '../../src/solve/group.js';
import { groupsInOrder } from '../../src/solve/groups-in-order.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { blockOfDoubles } from './block-of.js';
import { numbers, sparseModel } from './models.js';

const TOLERANCE = 1e-6;

/** Eight reward functions of the model, the same ones whenever they are asked for. */
function rewardsOf(stateCount: number, first: number, size: number): Float64Array {
  const next = numbers(first + 1);
  return Float64Array.from({ length: stateCount * LANES }, () => size * next());
}

/** Rows of eight as columns[b][s]. */
function columnsOf(rows: Float64Array): number[][] {
  return Array.from({ length: LANES }, (_, b) => [...rows].filter((_, i) => i % LANES === b));
}

/** Solves groups at several gammas in the kernel that they share; a group is given by its gamma and its first sample. */
function solver(size: number, gammas: readonly string[], rewardSize = 1) {
  const mdp = mdpOfRows(sparseModel(size, 5));
  const runs = gammas.map((gamma) => {
    const group = newGroup(mdp, parseDiscount(gamma), TOLERANCE * rewardSize);
    const { block } = group.kernel;
    let loads = 0;
    const solve = groupsInOrder(group, 'sweeps', (first) => {
      loads++;
      block.rewards.set(rewardsOf(size, first, rewardSize));
    });
    return {
      loads: () => loads,
      solve(first: number) {
        const done = solve(first);
        return { done, best: block.best.slice(), rewards: block.rewards.slice(), error: group.error.slice() };
      },
    };
  });
  return { mdp, runs };
}

describe('groups that are swept sixteen at a time', () => {
  const order = [
    [0, 0],
    [0, 8],
    [0, 16],
    [0, 24],
    [1, 0],
    [1, 8],
  ] as const;
  const { runs } = solver(30, ['0.9', '0.99']);
  const inOrder = order.map(([gamma, first]) => runs[gamma]!.solve(first));

  it('are drawn once if they are asked for in order', () => {
    expect(runs.map(({ loads }) => loads())).toEqual([4, 2]);
  });

  it.each([
    ['the second of each pair first', [1, 0, 3, 2, 5, 4]],
    ['gammas by turns', [0, 4, 1, 5, 2, 0, 3]],
    ['one of a pair alone', [3, 1, 5]],
    ['one twice', [0, 0, 1, 1]],
    ['the second after the first of another pair', [0, 3, 2, 1]],
  ])('come to the same bits with %s', (_, asked) => {
    const again = solver(30, ['0.9', '0.99']).runs;
    for (const i of asked) {
      const [gamma, first] = order[i]!;
      expect(again[gamma]!.solve(first)).toEqual(inOrder[i]);
    }
  });

  it.each([
    ['of the usual size', 1],
    // Beyond what singles hold, doubles do all the work.
    ['of 1e40', 1e40],
  ])('come to what single columns come to, for rewards %s', (_, rewardSize) => {
    const { mdp, runs } = solver(30, ['0.9'], rewardSize);
    const discount = parseDiscount('0.9');
    for (const first of [0, 8]) {
      const { done, best, rewards, error } = runs[0]!.solve(first);
      expect(done).toBe(255);
      expect(rewards).toEqual(rewardsOf(30, first, rewardSize));
      const alone = solveBlock(mdp, blockOfDoubles(columnsOf(rewards)), discount, {
        tolerance: TOLERANCE * rewardSize,
        decide: false,
      });
      // POWER is (1 − gamma)·max_a P_a h and a constant, of each column: compared by differences from its state 0.
      for (let i = LANES; i < best.length; i++) {
        const b = i % LANES;
        const power = 0.1 * (best[i]! - best[b]!);
        const difference = power - (alone.power[i]! - alone.power[b]!);
        expect(Math.abs(difference)).toBeLessThanOrEqual(2 * (error[b]! + alone.error[b]!));
      }
    }
  });
});
