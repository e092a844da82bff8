import { describe, expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { newGroup } from '../../src/solve/group.js';
import { groupsInOrder } from '../../src/solve/groups-in-order.js';
import { kernelOf } from '../../src/solve/kernel/kernel.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { relaxTo, startRelaxing } from '../../src/solve/relaxation.js';
import { Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { structureOf } from '../../src/solve/structure.js';
import { type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { blockOfDoubles } from './block-of.js';
import { numbers, slipperyGrid, sparseModel } from './models.js';

const models: readonly (readonly [string, ExactModel])[] = [
  ['a slippery grid', slipperyGrid(7, 6)],
  ['a slippery corridor', slipperyGrid(20, 1)],
  ['a random model', sparseModel(40, 9)],
];

function columns(stateCount: number, seed: number, size = 1): number[][] {
  const next = numbers(seed);
  return Array.from({ length: LANES }, () => Array.from({ length: stateCount }, () => size * (next() - 0.3)));
}

function load(rows: Float64Array, from: readonly (readonly number[])[]): void {
  for (let i = 0; i < rows.length; i++) rows[i] = from[i % LANES]![Math.floor(i / LANES)]!;
}

// The oracle solves column by column (solveBlock, which tests/solve holds to exact rationals).
describe.each(models)('Gauss–Seidel sweeps on %s', (_, model) => {
  const mdp = mdpOfRows(model);
  const structure = structureOf(mdp);

  it.each(['0.1', '0.9', '0.99', '0.9999'])('come to what single columns come to, at gamma %s', (gamma) => {
    const discount = parseDiscount(gamma);
    const rewards = columns(model.length, 21);
    const group = newGroup(mdp, discount, 1e-7, mdp.choiceClass);
    const solve = groupsInOrder(group, 'gauss-seidel', () => load(group.kernel.block.rewards, rewards));
    group.kernel.compare(group.classes);
    const done = solve(0);
    const isDone = (b: number): boolean => ((done >>> b) & 1) === 1;
    // What they leave over is solved column by column; near gamma 1 that may be some.
    const columnsDone = [...new Array(LANES).keys()].filter(isDone).length;
    expect(columnsDone).toBeGreaterThanOrEqual(gamma === '0.9999' ? LANES / 2 : LANES);
    group.kernel.powers(discount.oneMinusGamma);
    group.kernel.tally(done);
    // The kernel is that of single columns, too.
    const [best, counts, error] = [group.kernel.block.best.slice(), group.kernel.counts.slice(), group.error];
    const alone = solveBlock(mdp, blockOfDoubles(rewards), discount, { tolerance: 1e-7, decide: true });
    best.forEach((power, i) => {
      if (!isDone(i % LANES)) return;
      const bound = error[i % LANES]! + alone.error[i % LANES]!;
      expect(Math.abs(power - alone.power[i]!)).toBeLessThanOrEqual(bound);
    });
    // Each class that is compared is the only optimal one as often as it is column by column.
    group.classes.choices.forEach((choice, n) => {
      const times = [...alone.status.subarray(choice * LANES, (choice + 1) * LANES)].filter(
        (status, b) => isDone(b) && status === Status.unique,
      ).length;
      expect(counts[n]).toBe(times);
    });
  });

  it('end where their targets are met: no change of a sweep is larger', () => {
    const kernel = kernelOf(structure);
    const discount = parseDiscount('0.95');
    load(kernel.block.rewards, columns(model.length, 22, 1000));
    kernel.measure('rewards');
    const target = Float64Array.from({ length: LANES }, (_, b) => 10 ** -b);
    startRelaxing(kernel.block, discount);
    const relaxed = { relaxing: kernel.relaxing!, block: kernel.block, rewardSize: kernel.rewardSize };
    const { sweeps, isFloor } = relaxTo(relaxed, structure, discount, target, 2000);
    expect([sweeps < 2000, isFloor]).toEqual([true, false]);
    kernel.centre();
    kernel.sweep(discount.gamma);
    for (let b = 0; b < LANES; b++) {
      // Rounding of values of up to 14,000.
      expect(kernel.block.high[b]! - kernel.block.low[b]!).toBeLessThanOrEqual(target[b]! + 2 ** -34);
    }
  });

  it('say when rounding ends them, and end where the sweeps are used up', () => {
    const kernel = kernelOf(structure);
    const discount = parseDiscount('0.95');
    const relaxed = { relaxing: kernel.relaxing!, block: kernel.block, rewardSize: kernel.rewardSize };
    const nothing = new Float64Array(LANES);
    load(kernel.block.rewards, columns(model.length, 23));
    kernel.measure('rewards');
    startRelaxing(kernel.block, discount);
    expect(relaxTo(relaxed, structure, discount, nothing, 10).sweeps).toBe(10);
    const { sweeps, isFloor } = relaxTo(relaxed, structure, discount, nothing, 2000);
    expect([sweeps < 2000, isFloor]).toEqual([true, true]);
  });
});

it('take no more sweeps where states are left seldom', () => {
  // Every state leads to lower ones, and stays with 999 parts of 1000: without loops, two sweeps solve it.
  const next = numbers(4);
  const below = (s: number): number => Math.floor(next() * s);
  const slow: ExactModel = Array.from({ length: 30 }, (_, s) =>
    s === 0 ? [weighted([0], [1])] : [1, 2, 3].map(() => weighted([s, below(s), below(s)], [1998, 1, 1])),
  );
  const structure = structureOf(mdpOfRows(slow));
  const kernel = kernelOf(structure);
  const discount = parseDiscount('0.99');
  load(kernel.block.rewards, columns(slow.length, 24));
  kernel.measure('rewards');
  startRelaxing(kernel.block, discount);
  const relaxed = { relaxing: kernel.relaxing!, block: kernel.block, rewardSize: kernel.rewardSize };
  // An absorbing state keeps its value, up to rounding.
  const target = new Float64Array(LANES).fill(1e-9);
  expect(relaxTo(relaxed, structure, discount, target, 2000).sweeps).toBe(2);
});
