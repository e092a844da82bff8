import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { optimalityOf, powerOf, star, wait } from './estimating.js';

/** How many of `runs` seeds have limits that do not hold the truth, for several known numbers. */
export interface Misses {
  readonly title: string;
  readonly misses: number;
}

/**
 * Counts the 95 % intervals that miss, over seeds 1 … runs: of POWER and P in `wait` (2/3 + γ²/12, 1/2 + γ/6), and in a
 * star of two Bernoulli leaves that are nearly always 0, where POWER is 1 − (1 − p)² (not with Sobol points, which are not
 * for atoms).
 */
export async function countMisses(
  runs: number,
  samples: number,
  sampler: 'random' | 'sobol' = 'random',
): Promise<Misses[]> {
  const gammas = parseDiscountList('0.5,0.9');
  const missed = new Map<string, number>();
  const check = (
    title: string,
    truth: number,
    { low, high }: { low: number | null; high: number | null },
  ): void => {
    const isMiss = !(low! <= truth && truth <= high!);
    missed.set(title, (missed.get(title) ?? 0) + (isMiss ? 1 : 0));
  };
  const uniform = parseReward('uniform(0,1)', wait.states);
  const rareLeaves = star(2);
  const rare = parseReward('bernoulli(1/100)', rareLeaves.states);
  for (let seed = 1n; seed <= runs; seed++) {
    const waiting = await estimatePower(wait, uniform, { gammas, samples, seed, sampler });
    for (const { text, gamma } of gammas) {
      check(`POWER(start) at ${text}`, 2 / 3 + gamma ** 2 / 12, powerOf(waiting, 's0', text));
      check(`P(wait) at ${text}`, 1 / 2 + gamma / 6, optimalityOf(waiting, 's0', 'a1', text));
    }
    if (sampler === 'sobol') continue;
    const starred = await estimatePower(rareLeaves, rare, { gammas: gammas.slice(0, 1), samples, seed });
    check('POWER of rare leaves', 1 - 0.99 ** 2, powerOf(starred, 's0', '0.5'));
  }
  return [...missed].map(([title, misses]) => ({ title, misses }));
}
