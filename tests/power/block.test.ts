import { describe, expect, it } from 'vitest';
import { bisimulation } from '../../src/mdp/bisimulation.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscount } from '../../src/number/discount.js';
import { type BlockSums, blockSolver, emptySums, mergeSums } from '../../src/power/block.js';
import { type SampleJob, sampleSolver } from '../../src/power/solved-samples.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { roundingBound } from '../tolerance.js';
import { complete, star, wait } from './estimating.js';

function jobOf(mdp: Mdp, law: string): SampleJob {
  const source = rewardSource(parseReward(law, mdp.states), mdp, 5n);
  return {
    mdp,
    source,
    gammas: ['0.5', '0.99'].map((text) => ({ discount: parseDiscount(text), tolerance: 1e-6 })),
    classes: bisimulation(mdp, source.equalRewardClass).choiceClass,
  };
}

/** Sums of `samples` samples in blocks of `size`, at the second gamma. */
function sumsIn(job: SampleJob, samples: number, size: number): BlockSums {
  const solve = blockSolver(job);
  const total = emptySums({ ...job, gammas: [job.gammas[1]!] });
  for (let first = 0; first < samples; first += size) {
    mergeSums(total, solve(first, Math.min(size, samples - first))[1]!);
  }
  return total;
}

describe('block sums', () => {
  it.each(['uniform(0,1)', 'bernoulli(1/2)'])(
    'are the same for every block size, under %s: counts exactly, moments but for rounding',
    (law) => {
      const samples = 200;
      const job = jobOf(wait, law);
      const whole = sumsIn(job, samples, samples);
      for (const size of [1, 7, 64, 199]) {
        const parts = sumsIn(job, samples, size);
        expect(parts.moments.count).toBe(samples);
        for (const key of ['unique', 'tied', 'undecided'] as const) {
          expect(parts.choices![key]).toEqual(whole.choices![key]);
        }
        for (const key of ['mean', 'm2'] as const) {
          whole.moments[key].forEach((value, s) => {
            const bound = roundingBound(20 * samples, Math.max(1, value));
            expect(Math.abs(parts.moments[key][s]! - value)).toBeLessThanOrEqual(bound);
          });
        }
        expect(parts.largestError).toBe(whole.largestError);
      }
    },
  );

  it.each([
    ['bernoulli(1/2)', star(3)],
    ['discrete(0:1/2, 1:1/4, 3:1/4)', complete(3)],
    [JSON.stringify({ orbit: { s1: 1, s2: 2, s3: 2 } }), wait],
    [
      JSON.stringify({
        functions: [
          { weight: '1/3', reward: { s1: 1 } },
          { weight: '2/3', reward: { s3: 0.3 } },
        ],
      }),
      wait,
    ],
  ] as const)('do not change when repeated reward functions of %s are solved once', (law, mdp) => {
    const job = jobOf(mdp, law);
    const { supportKey, ...withoutKey } = job.source;
    expect(supportKey).toBeDefined();
    const kept = sampleSolver(job);
    const solved = sampleSolver({ ...job, source: withoutKey });
    for (const [first, count] of [
      [0, 50],
      [50, 40],
    ] as const) {
      const [once, each] = [kept(first, count), solved(first, count)];
      each.forEach((samples, gamma) => {
        const { power, error, status } = once[gamma]!;
        expect({ power, error, status }).toEqual({
          power: samples.power,
          error: samples.error,
          status: samples.status,
        });
        expect(samples.solved).toBe(count);
        expect(once[gamma]!.solved).toBeLessThan(count);
      });
    }
  });
});
