import { describe, expect, it } from 'vitest';
import { referenceKernel } from '../../src/solve/kernel/kernel-reference.js';
import { wasmKernel } from '../../src/solve/kernel/kernel-wasm.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { cycle, grid, layers, numbers } from './models.js';

const models: readonly (readonly [string, ExactModel])[] = [
  ['a grid', grid(7, 6)],
  ['layers', layers(6, 5, 3)],
  ['a cycle', cycle(5)],
  ['states with one and with several rows', [[0, 1, 2].map(certain), [certain(0)], [1, 2].map(certain)]],
];

/** Both kernels with the same random rewards and values, which compare all rows of the states with several. */
function judged(model: ExactModel, seed: number) {
  const structure = structureOf(mdpOfRows(model));
  const { statePtr } = structure;
  const states = Int32Array.from(model.keys()).filter((s) => statePtr[s + 1]! - statePtr[s]! > 1);
  const ptr = [0];
  const rows: number[] = [];
  for (const s of states) {
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) rows.push(r);
    ptr.push(rows.length);
  }
  const choices = Int32Array.from(rows);
  const classes = { states, ptr: Int32Array.from(ptr), rows: choices, choices };
  const simd = wasmKernel(structure);
  if (simd === null) throw new Error('this engine has no WebAssembly SIMD');
  const kernels = [simd, referenceKernel(structure)];
  const next = numbers(seed);
  const [rewards, values] = [next() - 0.5, 100 * next()].map((scale) =>
    Float64Array.from({ length: model.length * LANES }, () => scale * (next() - 0.3)),
  );
  for (const kernel of kernels) {
    kernel.compare(classes);
    kernel.block.rewards.set(rewards!);
    kernel.block.values.set(values!);
  }
  return { kernels, classes, values: values! };
}

const found = ['rewardSize', 'valueSize', 'gaps', 'counts'] as const;

describe.each(models)('judging values on %s in one pass', (_, model) => {
  it('is the same in both kernels, and what four passes and decisions come to', () => {
    for (const seed of [1, 2, 3]) {
      const { kernels, values } = judged(model, seed);
      for (const kernel of kernels) {
        expect(kernel.judge(0.9, true)).toBe(true);
        kernel.tally(0b1011_0110);
        expect(kernel.block.values).toEqual(values);
      }
      const [simd, reference] = kernels;
      for (const key of found) expect(simd![key], key).toEqual(reference![key]);
      for (const key of ['best', 'low', 'high'] as const) {
        expect(simd!.block[key], key).toEqual(reference!.block[key]);
      }
      const { kernels: others } = judged(model, seed);
      const [, apart] = others;
      apart!.centre();
      apart!.measure('rewards');
      apart!.measure('values');
      apart!.sweep(0.9);
      // Nothing but the best row itself, in columns without ties.
      apart!.bounds.fill(0);
      expect(apart!.decide()).toBe(0);
      apart!.tally(0b1011_0110);
      for (const key of found) expect(simd![key], key).toEqual(apart![key]);
      for (const key of ['best', 'low', 'high'] as const) {
        expect(simd!.block[key], key).toEqual(apart!.block[key]);
      }
    }
  });

  it('leaves decisions to others where not every row is compared', () => {
    const { kernels, classes } = judged(model, 4);
    if (classes.rows.length === 0) return;
    for (const kernel of kernels) {
      kernel.compare({ ...classes, rows: classes.rows.map((r) => (r === classes.rows.at(-1) ? r - 1 : r)) });
      expect(kernel.judge(0.9, true)).toBe(false);
      kernel.compare(classes);
      expect(kernel.judge(0.9, false)).toBe(false);
    }
  });

  it('gives a column with a value or a reward that is not a number no size', () => {
    for (const what of ['values', 'rewards'] as const) {
      const { kernels } = judged(model, 5);
      for (const kernel of kernels) {
        kernel.block[what][(model.length - 1) * LANES + 2] = Number.NaN;
        kernel.judge(0.9, false);
        expect([...kernel.valueSize].map(Number.isNaN)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((b) => b === 2));
      }
    }
  });
});

it('ties are open, whatever the bound', () => {
  const { kernels } = judged([[1, 2].map(certain), [certain(1)], [certain(2)]], 6);
  for (const kernel of kernels) {
    kernel.block.values.fill(3);
    expect(kernel.judge(0.5, true)).toBe(true);
    expect([...kernel.gaps]).toEqual(new Array(LANES).fill(0));
  }
});
