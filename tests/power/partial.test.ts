// A run that is interrupted and keeps what was finished: the same as a run of that many samples.
import { expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { roundingBound } from '../tolerance.js';
import { wait } from './estimating.js';

const options = { gammas: parseDiscountList('0.9'), seed: 1n, tolerance: 1e-9 };
const uniform = parseReward('uniform(0,1)', wait.states);

it('is the result of the first samples', async () => {
  const controller = new AbortController();
  const partial = await estimatePower(wait, uniform, {
    ...options,
    samples: 10_000,
    signal: controller.signal,
    keepPartial: true,
    onProgress: (done) => {
      if (done >= 1500) controller.abort(new Error('enough'));
    },
  });
  expect(partial.samples).toBe(1536);
  const whole = await estimatePower(wait, uniform, { ...options, samples: 1536 });
  expect([partial.complete, whole.complete]).toEqual([false, true]);
  expect(partial.power).toEqual(whole.power);
  expect(partial.optimality).toEqual(whole.optimality);
  expect(partial.notes).toMatchObject([{ code: 'W_INTERRUPTED' }]);
});

it('counts whole Sobol sets only', async () => {
  const controller = new AbortController();
  const sobol = { ...options, sampler: 'sobol', gammas: parseDiscountList('0.9,1') } as const;
  const partial = await estimatePower(wait, uniform, {
    ...sobol,
    samples: 16_384,
    signal: controller.signal,
    keepPartial: true,
    onProgress: (done) => {
      if (done >= 5200) controller.abort(new Error('enough'));
    },
  });
  // Blocks of 512 points in sets of 512; at gamma 1 samples are independent, and all of them count.
  expect(partial.estimator).toMatchObject({ sampler: 'sobol', sets: 11, setSize: 512 });
  const whole = await estimatePower(wait, uniform, { ...sobol, samples: 16_384 });
  const [early, late] = [partial, whole].map(({ power }) => power.find(({ state }) => state === 's0')!);
  expect([early!.samples, late!.samples]).toEqual([5632, 16_384]);
  expect(early!.high! - early!.low!).toBeGreaterThan(late!.high! - late!.low!);
  const truth = 2 / 3 + 0.81 / 12;
  expect(early!.low! <= truth && truth <= early!.high!).toBe(true);
  expect(partial.notes.map(({ code }) => code)).toContain('W_INTERRUPTED');
});

it('says nothing more than the law does after one Sobol set', async () => {
  const controller = new AbortController();
  const partial = await estimatePower(wait, uniform, {
    ...options,
    sampler: 'sobol',
    samples: 16_384,
    signal: controller.signal,
    keepPartial: true,
    onProgress: () => controller.abort(new Error('enough')),
  });
  const start = partial.power[0]!;
  expect([start.samples, start.standardError]).toEqual([512, null]);
  expect(start.low! <= 0 && start.high! >= 1).toBe(true);
  expect(start.high! - start.low!).toBeLessThan(1 + roundingBound(8, 1));
});

it('ends with the reason where nothing was finished, or nothing is to be kept', async () => {
  const gone = { ...options, samples: 10_000, signal: AbortSignal.abort(new Error('enough')) };
  await expect(estimatePower(wait, uniform, { ...gone, keepPartial: true })).rejects.toThrow('enough');
  await expect(estimatePower(wait, uniform, gone)).rejects.toThrow('enough');
});
