// Oracles for large models at gamma 1: the bounds of a discounted solve near 1 for random transitions; the greatest reward of
// a 1-cycle that can be reached, by a search of the graph, where all cycles are 1-cycles.
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import { randomFile, randomSparse } from '../../src/mdp/families/random.js';
import { parseDiscount } from '../../src/number/discount.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { solveAtOne } from '../../src/solve/limit-one.js';
import { Average } from '../../src/solve/long-run/average-optimal.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { certain, type ExactModel, type mdpOfRows } from '../oracles/exact-model.js';
import { fixtureModel } from '../oracles/expected-values.js';
import { blockOfDoubles } from './block-of.js';

/** Samples of uniform(0, 1) rewards, columns[b][s]. */
function uniformColumns(stateCount: number, columns: number): number[][] {
  const states = Array.from({ length: stateCount }, (_, s) => `s${s}`);
  const source = rewardSource(parseReward('uniform(0, 1)', states), { states, stateCount }, 1n);
  const values = new Float64Array(stateCount * columns);
  source.fill(0, columns, values);
  return Array.from({ length: columns }, (_, b) => states.map((_, s) => values[s * columns + b]!));
}

describe('a random sparse model of 1,000 states', () => {
  const mdp = buildModel(randomFile(randomSparse({ states: 1000, actions: 4, successors: 4, seed: 1 })));
  const block = blockOfDoubles(uniformColumns(1000, 2));

  it('agrees with gamma = 1 − 1e-7 and 1 − 2e-7, extrapolated', () => {
    const one = solveAtOne(mdp, block, { tolerance: 1e-10, decide: false });
    const [near, less] = ['0.9999999', '0.9999998'].map((gamma) =>
      solveBlock(mdp, block, parseDiscount(gamma), { tolerance: 1e-10, decide: false }),
    );
    for (let i = 0; i < one.power.length; i++) {
      const b = i % 2;
      expect(one.error[b]).toBeLessThanOrEqual(1e-10);
      // What is left is of order (1 − gamma)² = 1e-14 times relative values, which are far below 100 here.
      const extrapolated = 2 * near!.power[i]! - less!.power[i]!;
      const allowed = one.error[b]! + 2 * near!.error[b]! + less!.error[b]! + 100 * 1e-14;
      expect(Math.abs(one.power[i]! - extrapolated)).toBeLessThanOrEqual(allowed);
    }
  });
});

describe('a model of 10,000 states whose cycles are 1-cycles', () => {
  const size = 10_000;
  // A way forward at random from every state; one in ten can stay too.
  const model: ExactModel = Array.from({ length: size }, (_, s) => {
    const ahead = [7919, 104_729].map((prime) => Math.min(size - 1, s + 1 + ((s * prime) % 97)));
    return [...ahead, ...(s % 10 === 9 ? [s] : [])].map(certain);
  });
  const columns = uniformColumns(size, 2);
  const found = solveAtOne(mdpOfRowsQuickly(model), blockOfDoubles(columns), { tolerance: 0, decide: true });

  it('has the greatest reward of the 1-cycles that can be reached, without error', () => {
    columns.forEach((rewards, b) => {
      const best = new Array<number>(size).fill(-1);
      for (let s = size - 1; s >= 0; s--) {
        for (const row of model[s]!)
          best[s] = Math.max(best[s]!, row[0]![0] === s ? rewards[s]! : best[row[0]![0]]!);
      }
      expect(found.error[b]).toBe(0);
      expect(best.every((value, s) => found.power[s * 2 + b] === value)).toBe(true);
    });
  });

  it('has all actions decided', () => {
    expect(found.status.includes(3)).toBe(false);
    expect(found.averageStatus!.includes(Average.undecided)).toBe(false);
  });

  /** mdpOfRows compares all rows with each other; here the names of successors do. */
  function mdpOfRowsQuickly(rows: ExactModel): ReturnType<typeof mdpOfRows> {
    return buildModel({
      states: rows.map((_, s) => `s${s}`),
      transitions: Object.fromEntries(
        rows.map((actions, s) => [
          `s${s}`,
          Object.fromEntries(actions.map((row, a) => [`a${a}`, `s${row[0]![0]}`])),
        ]),
      ),
    });
  }
});

it('decides generic rewards in doubles, without exact arithmetic', () => {
  for (const name of ['fig1', 'fig10-detour', 'gridworld-7x7', 'machine-repair', 'gamble', 'tictactoe-5-5']) {
    const mdp = fixtureModel(name);
    const block = blockOfDoubles(uniformColumns(mdp.stateCount, 50));
    const { effort, status } = solveAtOne(mdp, block, { tolerance: 1e-6, decide: true });
    expect([name, effort.exact]).toEqual([name, 0]);
    expect(status.includes(3)).toBe(false);
  }
});
