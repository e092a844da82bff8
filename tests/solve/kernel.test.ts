import { describe, expect, it } from 'vitest';
import { referenceKernel } from '../../src/solve/kernel-reference.js';
import { wasmKernel } from '../../src/solve/kernel-wasm.js';
import { structureOf } from '../../src/solve/structure.js';
import { LANES } from '../../src/solve/sweep.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { grid, numbers, slipperyGrid, sparseModel } from './models.js';

// The oracle of the SIMD kernel is the reference in TypeScript, with tolerance 0.
const models: readonly (readonly [string, ExactModel])[] = [
  ['a grid of 42 states', grid(7, 6)],
  ['a slippery grid of 30 states', slipperyGrid(5, 6)],
  ['a random model of 50 states', sparseModel(50, 4)],
];

function bothKernels(model: ExactModel) {
  const structure = structureOf(mdpOfRows(model));
  const simd = wasmKernel(structure);
  if (simd === null) throw new Error('this engine has no WebAssembly SIMD');
  return { simd, reference: referenceKernel(structure) };
}

describe.each(models)('the SIMD kernel on %s', (_, model) => {
  it('sweeps as the reference does, to the last bit', () => {
    const { simd, reference } = bothKernels(model);
    const next = numbers(5);
    for (const gamma of [1e-6, 0.5, 0.99, 1 - 1e-9]) {
      const scale = 10 ** Math.floor(12 * next() - 4);
      for (let i = 0; i < model.length * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
        simd.block.values[i] = reference.block.values[i] = scale * (next() - 0.5);
      }
      simd.sweep(gamma);
      reference.sweep(gamma);
      for (const key of ['best', 'next', 'low', 'high'] as const) {
        expect(simd.block[key], key).toEqual(reference.block[key]);
      }
    }
  });
});

describe('climbing', () => {
  const model = grid(7, 6);

  it('is the same in both kernels, to the last bit and sweep', () => {
    const { simd, reference } = bothKernels(model);
    const next = numbers(6);
    for (const most of [1, 2, 3, 100]) {
      for (let i = 0; i < model.length * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next();
        simd.block.values[i] = reference.block.values[i] = 20 * next();
      }
      expect(simd.climb(0.95, most)).toBe(reference.climb(0.95, most));
      expect(simd.block.values).toEqual(reference.block.values);
    }
  });

  it('comes to rest, and stays there', () => {
    const { simd } = bothKernels(model);
    const next = numbers(7);
    for (let i = 0; i < model.length * LANES; i++) {
      simd.block.rewards[i] = next();
      simd.block.values[i] = simd.block.rewards[i]! / 0.01;
    }
    expect(simd.climb(0.99, 100)).toBeLessThan(30);
    const rest = simd.block.values.slice();
    expect(simd.climb(0.99, 100)).toBe(1);
    expect(simd.block.values).toEqual(rest);
  });
});
