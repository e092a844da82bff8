import { expect, it } from 'vitest';
import { wasmKernel } from '../../src/solve/kernel/kernel-wasm.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { cycle, numbers } from './models.js';

// A cycle of two states, which two others and one that can stay lead to: from the worth of the cycle as computed, values
// would rise by a unit in the last place a sweep, hundreds of times.
const model: ExactModel = [
  [certain(1)],
  [certain(0), certain(4)],
  [certain(0), certain(3)],
  [certain(1), certain(2)],
  [certain(4)],
];

it.each([
  ['cycles and ways to them', model],
  ['a long cycle', cycle(40)],
] as const)('values of %s come to rest after a few sweeps, whatever gamma is', (_, rows: ExactModel) => {
  const kernel = wasmKernel(structureOf(mdpOfRows(rows)))!;
  const next = numbers(1);
  for (const gamma of [0.5, 0.9, 0.99, 0.9999, 0.999999]) {
    for (let round = 0; round < 50; round++) {
      for (let i = 0; i < rows.length * LANES; i++) kernel.block.rewards[i] = next() - 0.5;
      kernel.startLow(gamma, 1 - gamma);
      expect(kernel.climb(gamma, 200)).toBeLessThan(8);
    }
  }
});
