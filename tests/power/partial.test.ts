// A run that is interrupted and keeps what was finished: the same as a run of that many samples.
import { expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
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
  expect(partial.power).toEqual(whole.power);
  expect(partial.optimality).toEqual(whole.optimality);
  expect(partial.notes).toMatchObject([{ code: 'W_INTERRUPTED' }]);
});

it('ends with the reason where nothing was finished, or nothing is to be kept', async () => {
  const gone = { ...options, samples: 10_000, signal: AbortSignal.abort(new Error('enough')) };
  await expect(estimatePower(wait, uniform, { ...gone, keepPartial: true })).rejects.toThrow('enough');
  await expect(estimatePower(wait, uniform, gone)).rejects.toThrow('enough');
});
