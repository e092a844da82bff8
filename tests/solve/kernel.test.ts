import { describe, expect, it } from 'vitest';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { referenceKernel } from '../../src/solve/kernel/kernel-reference.js';
import { wasmKernel } from '../../src/solve/kernel/kernel-wasm.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { structureOf } from '../../src/solve/structure.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { roundingBound } from '../tolerance.js';
import { cycle, grid, layers, numbers, slipperyGrid, sparseModel } from './models.js';

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

describe.each(models)('the rest of the SIMD kernel on %s', (_, model) => {
  it('centres, measures, decides, counts and adds up as the reference does', () => {
    const structure = structureOf(mdpOfRows(model));
    const { simd, reference } = bothKernels(model);
    const kernels = [simd, reference];
    const next = numbers(8);
    const states = Int32Array.from(model.keys()).filter(
      (s) => structure.statePtr[s + 1]! - structure.statePtr[s]! > 1,
    );
    const rows = [...states]
      .flatMap((s) => [...model[s]!.keys()].map((n) => structure.statePtr[s]! + n))
      .filter((r, n, all) => all.indexOf(r) === n && r < structure.rowCount);
    const ptr = Int32Array.from([
      0,
      ...[...states].map((s) => rows.filter((r) => r < structure.statePtr[s + 1]!).length),
    ]);
    const classes = { states, ptr, rows: Int32Array.from(rows), choices: new Int32Array(0) };
    for (const kernel of kernels) kernel.compare(classes);
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < model.length * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
        simd.block.values[i] = reference.block.values[i] = 100 * next();
      }
      const bound = Float64Array.from({ length: LANES }, () => 10 * next());
      const shift = Float64Array.from(model, next);
      const columns = Math.floor(256 * next());
      const opens = kernels.map((kernel) => {
        kernel.centre();
        kernel.measure('rewards');
        kernel.measure('values');
        kernel.sweep(0.9);
        kernel.bounds.set(bound);
        kernel.offsets.set(bound);
        kernel.shift.set(shift);
        const open = kernel.decide();
        kernel.tally(columns);
        kernel.powers(0.1);
        kernel.accumulate();
        return open;
      });
      expect(opens[0]).toBe(opens[1]);
      expect(simd.block.values).toEqual(reference.block.values);
      expect(simd.block.best).toEqual(reference.block.best);
      for (const key of ['rewardSize', 'valueSize', 'gaps', 'counts', 'sums'] as const) {
        expect(simd[key], key).toEqual(reference[key]);
      }
    }
    expect(simd.counts.some((count) => count > 0)).toBe(true);
  });
});

describe.each(models.slice(1))('sweeps in single precision on %s', (_, model) => {
  it.each([[[1e-6, 0.5, 0.99, 0.99]], [[0.3, 0.9, 0.99]]])(
    'are the same in both kernels, to the last bit, at %s',
    (sweeps) => {
      const { simd, reference } = bothKernels(model);
      const next = numbers(11);
      for (const half of [1, 0] as const) {
        for (let i = 0; i < model.length * LANES; i++) {
          simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
        }
        for (const kernel of [simd, reference]) kernel.narrow(half);
      }
      // An odd and an even number of sweeps end in different arrays.
      for (const gamma of sweeps) {
        for (const kernel of [simd, reference]) kernel.sweepSingle(gamma);
        expect(simd.singleWidth).toEqual(reference.singleWidth);
        expect(simd.singleSize).toEqual(reference.singleSize);
      }
      for (const half of [0, 1] as const) {
        for (const kernel of [simd, reference]) kernel.widen(half);
        expect(simd.block.values).toEqual(reference.block.values);
        const { values } = simd.block;
        expect(values.every((value, i) => value === Math.fround(value) && (i >= LANES || value === 0))).toBe(
          true,
        );
        // What is done with the first group leaves the second as it is.
        for (const { block } of [simd, reference])
          for (const rows of [block.values, block.best, block.next]) rows.fill(0.5);
      }
    },
  );
});

describe.each(models.slice(1))('Gauss–Seidel sweeps on %s', (_, model) => {
  it('and their extrapolation are the same in both kernels, to the last bit', () => {
    const { simd, reference } = bothKernels(model);
    const kernels = [simd, reference];
    const next = numbers(13);
    for (let i = 0; i < model.length * LANES; i++) {
      simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
      for (const rows of ['values', 'best', 'next'] as const) {
        simd.block[rows][i] = reference.block[rows][i] = next() - 0.5;
      }
    }
    for (const gamma of [1e-6, 0.5, 0.99, 1 - 1e-9]) {
      for (const { relaxing } of kernels) {
        relaxing!.relax(gamma);
        relaxing!.step();
      }
      for (const key of ['changes', 'products', 'squares'] as const) {
        expect(simd.relaxing![key], key).toEqual(reference.relaxing![key]);
      }
      expect(simd.relaxing!.changes.every((change) => change > 0)).toBe(true);
      simd.relaxing!.factors.forEach((_, b) => {
        simd.relaxing!.factors[b] = reference.relaxing!.factors[b] = next();
      });
      for (const { relaxing } of kernels) relaxing!.extrapolate();
      for (const rows of ['values', 'best', 'next'] as const) {
        expect(simd.block[rows], rows).toEqual(reference.block[rows]);
      }
    }
  });
});

describe('a column with a value that is not a number', () => {
  it('has no size, so that no certificate can pass', () => {
    const model = grid(3, 3);
    for (const kernel of Object.values(bothKernels(model))) {
      kernel.block.values.fill(1);
      kernel.block.values[4 * LANES + 2] = Number.NaN;
      kernel.measure('values');
      expect([...kernel.valueSize]).toEqual([1, 1, Number.NaN, 1, 1, 1, 1, 1]);
    }
  });
});

describe('one pass back', () => {
  const model = layers(6, 5, 3);

  it('is the same in both kernels, and a fixpoint of climbing', () => {
    const { simd, reference } = bothKernels(model);
    const next = numbers(12);
    for (const gamma of [1e-6, 0.5, 0.9999]) {
      for (let i = 0; i < model.length * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
      }
      for (const kernel of [simd, reference]) kernel.passBack(gamma, 1 - gamma);
      expect(simd.block.values).toEqual(reference.block.values);
      expect(simd.climb(gamma, 10)).toBe(1);
    }
  });

  // Oracle: the best of all paths, each summed from the definition.
  it('finds the best path', () => {
    const { simd } = bothKernels(model);
    const next = numbers(13);
    for (let i = 0; i < model.length * LANES; i++) simd.block.rewards[i] = next();
    const reward = (s: number): number => simd.block.rewards[s * LANES]!;
    const best = (s: number): number =>
      Math.max(...model[s]!.map(([[t]]) => (t === s ? reward(s) / (1 - 0.9) : reward(s) + 0.9 * best(t!))));
    simd.passBack(0.9, 1 - 0.9);
    for (let s = 0; s < model.length; s++) {
      const value = best(s);
      expect(Math.abs(simd.block.values[s * LANES]! - value)).toBeLessThanOrEqual(
        roundingBound(2 * 5 + 4, value),
      );
    }
  });
});

describe('deciding', () => {
  // Oracle: the definition, in numbers without rounding. A proved bound is reached, so what is at it is not excluded.
  it.each([
    ['less than the bound', 2 ** -40, [8, 8, 0], 255],
    ['the bound', 0, [8, 8, 0], 255],
    ['more than the bound', -(2 ** -40), [8, 0, 0], 0],
  ])('keeps a row that is below the best by %s, if it is not by more', (_, beyond, counts, open) => {
    const model = [[1, 2, 3].map(certain), [certain(1)], [certain(2)], [certain(3)]];
    const { statePtr } = structureOf(mdpOfRows(model));
    const rows = Int32Array.from([0, 1, 2], (n) => statePtr[0]! + n);
    const classes = { states: new Int32Array(1), ptr: Int32Array.of(0, 3), rows, choices: new Int32Array(0) };
    for (const kernel of Object.values(bothKernels(model))) {
      kernel.compare(classes);
      for (const [s, value] of [0, 7, 5, 1].entries()) {
        kernel.block.values.fill(value, s * LANES, (s + 1) * LANES);
      }
      kernel.sweep(0.5);
      kernel.bounds.fill(2 + beyond);
      expect(kernel.decide()).toBe(open);
      kernel.tally(255);
      expect([...kernel.counts].slice(0, 3)).toEqual(counts);
    }
  });
});

describe('policy iteration in a band', () => {
  it.each([
    ['a slippery grid', slipperyGrid(5, 6)],
    ['a random model', sparseModel(50, 4)],
  ])('is the same in both kernels on %s, and a fixpoint', (_name, model) => {
    const { simd, reference } = bothKernels(model);
    const next = numbers(9);
    for (const gamma of [0.5, 0.99, 0.9999]) {
      for (let i = 0; i < model.length * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next();
        simd.block.values[i] = reference.block.values[i] = next();
      }
      const rounds = simd.iteratePolicies!(gamma, 1e-14, 30);
      expect(reference.iteratePolicies!(gamma, 1e-14, 30)).toBe(rounds);
      expect(rounds).toBeLessThan(20);
      expect(simd.block.values).toEqual(reference.block.values);
    }
  });
});

describe('drawing', () => {
  it.each([
    '{"default": "uniform(-1, 3)", "states": {"s1": "uniform(0, 1/3)", "s3": "point(1/7)", "s6": "uniform(5, 5.1)"}}',
    'uniform(0, 1)',
    'uniform(0, 1/2)',
  ])('of %s is the same as the reward source, to the last bit', (law) => {
    const states = Array.from({ length: 7 }, (_, s) => `s${s}`);
    const source = rewardSource(
      parseReward(law, states),
      { states, stateCount: states.length },
      0x0123456789abcdefn,
    );
    const { simd } = bothKernels(cycle(states.length));
    const expected = new Float64Array(states.length * LANES);
    for (const first of [0, 8, 2 ** 32 - 8, 2 ** 32, 2 ** 52]) {
      simd.draw!(source.uniforms!, first);
      source.fill(first, LANES, expected);
      expect(simd.block.rewards).toEqual(expected);
    }
  });
});

describe('drawing Sobol points', () => {
  it('is the same as the reward source, to the last bit', () => {
    const states = Array.from({ length: 7 }, (_, s) => `s${s}`);
    const law = parseReward(
      '{"default": "uniform(-1, 3)", "states": {"s1": "uniform(0, 1/3)", "s3": "point(1/7)", "s6": "uniform(5, 5.1)"}}',
      states,
    );
    const reduction = { ...eachByItself(states.length), sobol: true };
    const simd = wasmKernel(structureOf(mdpOfRows(cycle(states.length))), reduction)!;
    for (const log2Size of [3, 4, 11, 20]) {
      const points = { kind: 'sobol', stream: 'samples', log2Size } as const;
      const source = rewardSource(law, { states, stateCount: states.length }, 0x0123456789abcdefn, points);
      const size = 2 ** log2Size;
      const expected = new Float64Array(states.length * LANES);
      for (const first of [0, 8, size - 8, size, 5 * size + 8, 1000 * size, 8]) {
        simd.draw!(source.uniforms!, first);
        source.fill(first, LANES, expected);
        expect(simd.block.rewards).toEqual(expected);
      }
    }
  });
});

function eachByItself(states: number) {
  const setPtr = Int32Array.from({ length: states + 1 }, (_, s) => s);
  return { setPtr, members: setPtr.slice(0, states), sobol: false };
}

describe('reductions', () => {
  const model = grid(5, 4);
  const S = model.length;
  const next = numbers(11);
  const controls = {
    ptr: Int32Array.from({ length: S + 1 }, (_, s) => s + Math.floor(s / 3)),
    state: Int32Array.from({ length: S + Math.floor(S / 3) }, () => Math.floor(S * next())),
    floor: 0.1,
  };
  const means = Float64Array.from({ length: S }, next);
  const shares = {
    ptr: Int32Array.of(0, 2, 2, 302),
    rows: Int32Array.from({ length: 302 }, (_, i) => i % 9),
  };

  it.each([
    ['sets of states', Int32Array.of(0, 1, 4, 11, S)],
    ['single states', Int32Array.from({ length: S + 1 }, (_, s) => s)],
  ])('take controls off, average and count over %s as the reference does', (_, setPtr) => {
    const members = Int32Array.from({ length: S }, (_, s) => (7 * s) % S);
    const reduction = { setPtr, members, controls, shares, sobol: false };
    const structure = structureOf(mdpOfRows(model));
    const kernels = [wasmKernel(structure, reduction)!, referenceKernel(structure, reduction)];
    const rows = Int32Array.from({ length: 9 }, (_, r) => r);
    const states = Int32Array.from([0, 1, 2]);
    const coefficients = means.map((mean, i) => (i % 3 === 0 ? 0 : mean - 0.5));
    const control = { factor: 0.9, coefficients, means };
    const [simd, reference] = kernels as [(typeof kernels)[0], (typeof kernels)[0]];
    for (const kernel of kernels) {
      kernel.compare({ states, ptr: structure.statePtr.slice(0, 4), rows, choices: rows });
    }
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < S * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next() - 0.5;
        simd.block.values[i] = reference.block.values[i] = next();
      }
      expect(simd.reach(0.8)).toBe(reference.reach(0.8));
      expect(simd.block.next).toEqual(reference.block.next);
      for (const kernel of kernels) {
        kernel.sweep(0.9);
        kernel.bounds.fill(0.4);
        kernel.decide();
        kernel.tally(0b1011_0110);
        kernel.powers(0.1);
        kernel.reduce(round === 2 ? undefined : control);
        kernel.accumulate();
      }
      expect(simd.slotCount).toBe(setPtr.length - 1);
      expect(simd.slotRows()).toEqual(reference.slotRows());
      expect(simd.sums).toEqual(reference.sums);
      expect(simd.histogram).toEqual(reference.histogram);
    }
    // Five columns in four rounds, in each of the three sets; the empty one has no rows near.
    expect(simd.histogram.reduce((a, b) => a + b)).toBe(3 * 5 * 4);
    expect(simd.histogram[3]).toBe(5 * 4);
  });
});

describe('circles', () => {
  // V of a state on a lone circle, from the definition: the sum of discounted rewards.
  it('are worth going round for ever', () => {
    for (const size of [2, 3, 7]) {
      const { simd, reference } = bothKernels(cycle(size));
      const next = numbers(10);
      for (let i = 0; i < size * LANES; i++) {
        simd.block.rewards[i] = reference.block.rewards[i] = next();
      }
      const gamma = 0.9;
      for (const kernel of [simd, reference]) kernel.startLow(gamma, 1 - gamma);
      expect(simd.block.values).toEqual(reference.block.values);
      for (let s = 0; s < size; s++) {
        let value = 0;
        const steps = 500;
        for (let t = steps - 1; t >= 0; t--)
          value = simd.block.rewards[((s + t) % size) * LANES]! + gamma * value;
        // Horner's rule rounds the term of step t at most 2t + 1 times, and Σ (2t + 1) gamma^t = (1 + gamma)/(1 − gamma)²;
        // the kernel does so over one or two rounds, and then for the factor 1/(1 − gamma^size): 2·size operations, two
        // roundings in its inputs, one product, and what it begins higher by (cycleSlack). Rewards are below 1, so that
        // values are below 1/(1 − gamma).
        const horizon = 1 / (1 - gamma);
        const ofSum = roundingBound(1, (1 + gamma) * horizon * horizon);
        const ofKernel = roundingBound(2 * (2 * size) + 2 * size + (5 + 4) * horizon, horizon);
        const tail = gamma ** steps * horizon;
        expect(Math.abs(simd.block.values[s * LANES]! - value)).toBeLessThanOrEqual(ofSum + ofKernel + tail);
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
