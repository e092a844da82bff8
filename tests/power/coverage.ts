import { type Discount, parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { optimalityOf, powerOf, star, wait } from './estimating.js';

/** How many of `runs` seeds have limits that do not hold the truth, for several known numbers. */
export interface Misses {
  readonly title: string;
  /** how the limits are made: by the central limit theorem, or so that they miss no more often than they say */
  readonly kind: 't' | 'at least';
  readonly misses: number;
}

interface Limits {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Counts the 95 % intervals that miss, over seeds 1 … runs, of numbers that are known in closed form:
 * - `wait`, uniform: POWER(start) = 2/3 + γ²/12 and P(wait) = 1/2 + γ/6;
 * and, of independent samples alone, as Sobol points are not for atoms:
 * - a star of three leaves: the mean of the greatest of three rewards, normal 3/(2√π), exponential 1 + 1/2 + 1/3;
 * - the same with Bernoulli(1/2) leaves, ties included: POWER 7/8, P(a leaf) = 5/8 weakly;
 * - two Bernoulli leaves that are nearly always 0: 1 − (1 − p)².
 */
export async function countMisses(
  runs: number,
  samples: number,
  sampler: 'random' | 'sobol' = 'random',
): Promise<Misses[]> {
  const [half, high] = parseDiscountList('0.5,0.9') as [Discount, Discount];
  const missed = new Map<string, Misses>();
  const check = (kind: Misses['kind'], title: string, truth: number, { low, high }: Limits): void => {
    const isMiss = !(low! <= truth && truth <= high!);
    missed.set(title, { title, kind, misses: (missed.get(title)?.misses ?? 0) + (isMiss ? 1 : 0) });
  };
  const three = star(3);
  const two = star(2);
  const uniform = parseReward('uniform(0,1)', wait.states);
  const even = parseReward('bernoulli(1/2)', three.states);
  const rare = parseReward('bernoulli(1/100)', two.states);
  const unbounded = [
    ['normal(0, 1)', 3 / (2 * Math.sqrt(Math.PI))],
    ['exponential(1)', 11 / 6],
  ] as const;
  for (let seed = 1n; seed <= runs; seed++) {
    const waiting = await estimatePower(wait, uniform, { gammas: [half, high], samples, seed, sampler });
    for (const { text, gamma } of [half, high]) {
      check('t', `POWER(start) at ${text}`, 2 / 3 + gamma ** 2 / 12, powerOf(waiting, 's0', text));
      check('at least', `P(wait) at ${text}`, 1 / 2 + gamma / 6, optimalityOf(waiting, 's0', 'a1', text));
    }
    if (sampler === 'sobol') continue;
    for (const [law, truth] of unbounded) {
      const reward = parseReward(law, three.states);
      const options = { gammas: [half], samples, seed, decide: false, states: [0] };
      check('t', `POWER, ${law}`, truth, powerOf(await estimatePower(three, reward, options), 's0', '0.5'));
    }
    const tied = await estimatePower(three, even, { gammas: [half], samples, seed });
    check('t', 'POWER, bernoulli(1/2)', 7 / 8, powerOf(tied, 's0', '0.5'));
    check('at least', 'P of a tied action', 5 / 8, optimalityOf(tied, 's0', 'a1', '0.5'));
    const starred = await estimatePower(two, rare, { gammas: [half], samples, seed, decide: false });
    check('at least', 'POWER of rare leaves', 1 - 0.99 ** 2, powerOf(starred, 's0', '0.5'));
  }
  return [...missed.values()];
}
