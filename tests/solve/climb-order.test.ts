import { expect, it } from 'vitest';
import { climbOrder } from '../../src/solve/kernel/climb-order.js';
import { wasmKernel } from '../../src/solve/kernel/kernel-wasm.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { cycle, grid, layers, numbers } from './models.js';

/** Two grids, the second reached from the first, and a state apart. */
const twoGrids: ExactModel = [
  ...grid(3, 3).map((rows, s) => (s === 4 ? [...rows, certain(9)] : rows)),
  ...grid(3, 3).map((rows) => rows.map(([[t]]) => certain(t! + 9))),
  [certain(18)],
];

it.each([
  ['a grid', grid(4, 5)],
  ['layers', layers(5, 4, 2)],
  ['a cycle', cycle(6)],
  ['two grids and a state apart', twoGrids],
] as const)('both orders of %s have every state once, and sinks first', (_, model: ExactModel) => {
  const { order, crossOrder } = climbOrder(structureOf(mdpOfRows(model)));
  // Oracle: reachability from the definition.
  const reach = model.map((_rows, s) => {
    const seen = new Set([s]);
    for (const t of seen) for (const [[u]] of model[t]!) seen.add(u!);
    return seen;
  });
  for (const states of [order, crossOrder]) {
    expect([...states].toSorted((a, b) => a - b)).toEqual([...model.keys()]);
    states.forEach((s, n) => {
      for (const t of states.subarray(n + 1)) {
        expect(reach[s]!.has(t) && !reach[t]!.has(s), `${t} after ${s}`).toBe(false);
      }
    });
  }
});

it('climbing comes to the same bits in any order', () => {
  const model = grid(6, 7);
  const structure = structureOf(mdpOfRows(model));
  const kernel = wasmKernel(structure)!;
  const next = numbers(3);
  for (let i = 0; i < model.length * LANES; i++) kernel.block.rewards[i] = next();
  for (const gamma of [0.5, 0.99, 0.9999]) {
    kernel.startLow(gamma, 1 - gamma);
    const expected = kernel.block.values.slice();
    // Oracle: the definition, state by state until nothing changes.
    for (let changed = true; changed; ) {
      changed = false;
      model.forEach((rows, s) => {
        for (let b = 0; b < LANES; b++) {
          for (const [[t]] of rows) {
            const raised = kernel.block.rewards[s * LANES + b]! + gamma * expected[t! * LANES + b]!;
            if (t === s || raised <= expected[s * LANES + b]!) continue;
            expected[s * LANES + b] = raised;
            changed = true;
          }
        }
      });
    }
    expect(kernel.climb(gamma, 200)).toBeLessThan(20);
    expect(kernel.block.values).toEqual(expected);
  }
});
