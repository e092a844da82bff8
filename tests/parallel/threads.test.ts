// Through the built package, as users run it: workers are compiled files.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import type * as parallel from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { star } from '../power/estimating.js';

const built = new URL('../../dist/parallel/estimate-power.js', import.meta.url);
if (!existsSync(built)) throw new Error('these tests need the built package: npm run build');
const { estimatePower } = (await import(built.href)) as typeof parallel;

const mdp = star(40);
const gammas = parseDiscountList('0.000001,0.5,0.99,0.9999,0.999999');
const reward = parseReward('uniform(0,1)', mdp.states);
const options = { gammas, samples: 60_000, seed: 1n };

describe('threads', () => {
  it('change no digit', async () => {
    const one = await estimatePower(mdp, reward, { ...options, threads: 1 });
    expect(one.threads).toBe(1);
    for (const threads of [2, 3, 7]) {
      const many = await estimatePower(mdp, reward, { ...options, threads });
      expect(many.threads).toBeGreaterThan(1);
      expect({ ...many, threads: 1 }).toEqual(one);
    }
  });

  it('are not started for small jobs', async () => {
    const { threads } = await estimatePower(mdp, reward, { ...options, samples: 1000, threads: 7 });
    expect(threads).toBe(1);
  });

  it('report progress in order and end when they are told to', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const running = estimatePower(mdp, reward, {
      ...options,
      samples: 1e8,
      threads: 2,
      signal: controller.signal,
      onProgress: (done) => {
        seen.push(done);
        if (seen.length === 5) controller.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
