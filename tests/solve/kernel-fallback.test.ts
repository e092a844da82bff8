import { afterEach, expect, it, vi } from 'vitest';
import type * as blocks from '../../src/power/block.js';
import type { SampleJob } from '../../src/power/solved-samples.js';
import type * as kernels from '../../src/solve/kernel/kernel.js';
import { kernelBytes } from '../../src/solve/kernel/kernel-bytes.js';
import type * as structures from '../../src/solve/structure.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { grid, layers, slipperyGrid, sparseModel } from './models.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The modules, loaded anew, with or without WebAssembly SIMD. */
async function engine(hasSimd: boolean) {
  vi.resetModules();
  if (!hasSimd) vi.stubGlobal('WebAssembly', { validate: () => false });
  const { blockSolver } = (await import('../../src/power/block.js')) as typeof blocks;
  const { kernelOf } = (await import('../../src/solve/kernel/kernel.js')) as typeof kernels;
  const { structureOf } = (await import('../../src/solve/structure.js')) as typeof structures;
  return { blockSolver, kernelOf, structureOf };
}

async function jobOf(model: Parameters<typeof mdpOfRows>[0]): Promise<SampleJob> {
  const { parseReward } = await import('../../src/rewards/parse-reward.js');
  const { rewardSource } = await import('../../src/rewards/reward-source.js');
  const { parseDiscount } = await import('../../src/number/discount.js');
  const mdp = mdpOfRows(model);
  const source = rewardSource(parseReward('uniform(0,1)', mdp.states), mdp, 1n);
  const gammas = [{ discount: parseDiscount('0.99'), tolerance: 1e-6 }];
  return { mdp, source, gammas, classes: mdp.choiceClass };
}

it.each([
  ['climbing', grid(5, 4)],
  ['climbing', layers(5, 4, 2)],
  ['policies', slipperyGrid(6, 6)],
  ['sweeps', sparseModel(60, 4)],
] as const)('an engine without WebAssembly SIMD gives the same digits, by %s', async (_, model) => {
  const job = await jobOf(model);
  const fast = await engine(true);
  const expected = fast.blockSolver(job)(0, 40);
  expect(fast.kernelOf(fast.structureOf(job.mdp)).draw).toBeDefined();
  const slow = await engine(false);
  expect(slow.kernelOf(slow.structureOf(job.mdp)).draw).toBeUndefined();
  expect(slow.blockSolver(job)(0, 40)).toEqual(expected);
});

it('the module is small enough to be compiled at every start', () => {
  // Sweeps in two precisions, policies, certificates, two kinds of points and what is done to the samples are 16 kB; 20 kB
  // is still within one page of memory and far from what a start would notice.
  expect(atob(kernelBytes).length).toBeLessThan(20 * 2 ** 10);
});
