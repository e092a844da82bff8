import { exactResult } from '../../src/exact/exact-result.js';
import { withSlip } from '../../src/mdp/slip.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { writtenNumber } from '../../src/number/written-number.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { type ComparedResult, compareResults, type DifferenceRow } from '../../src/power/compare.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { wait } from './estimating.js';

const gammas = parseDiscountList('0.9');
const law = parseReward('uniform(0, 1)', wait.states);
const slipped = withSlip(wait, writtenNumber('1/5')!);
type Sampler = 'random' | 'sobol';

/** A result with batches, at gamma 0.9 under uniform(0, 1). */
export async function batchedResult(
  mdp: typeof wait,
  seed: bigint,
  samples: number,
  sampler: Sampler = 'random',
): Promise<ComparedResult> {
  const estimate = await estimatePower(mdp, law, { gammas, samples, seed, sampler, batches: true });
  const { sets } = estimate.estimator;
  return { ...estimate, seed: String(seed), sets, computation: `${mdp === wait} ${seed} ${samples}` };
}

const exactOf = (mdp: typeof wait) =>
  exactResult(mdp, law, { gammas, states: [0, 1, 2, 3, 4], decide: true });

/** `wait` with slips of 1/5 less `wait`, by integration, in the order of the rows: POWER of five states, seven choices. */
function truths(): number[] {
  const [a, b] = [exactOf(wait), exactOf(slipped)];
  const powers = a.power.map((row, i) => b.power[i]!.power - row.power);
  return [...powers, ...a.optimality.map((row, i) => b.optimality[i]!.probability - row.probability)];
}

/**
 * For each of the twelve differences: how many of the seeds 1 … runs have paired limits at 95 %, and in how many the limits
 * that are given miss, paired or not. Which ones are given depends on the samples, where few of them differ; so what is
 * promised is promised of all of them together.
 */
export async function countPairedMisses(
  runs: number,
  samples: number,
  sampler: Sampler,
): Promise<{ paired: number; misses: number }[]> {
  const counts = truths().map((truth) => ({ truth, paired: 0, misses: 0 }));
  for (let seed = 1n; seed <= runs; seed++) {
    const a = await batchedResult(wait, seed, samples, sampler);
    const b = await batchedResult(slipped, seed, samples, sampler);
    // One row at a time, so that the limits are for each by itself.
    counts.forEach((count, i) => {
      const only = (of: ComparedResult): ComparedResult => ({
        ...of,
        power: of.power.slice(i, i + 1),
        optimality: i < 5 ? [] : of.optimality.slice(i - 5, i - 4),
      });
      const { method, low, high }: DifferenceRow = compareResults(only(a), only(b), 0.95).rows[0]!;
      if (method === 'paired') count.paired++;
      if (!(low! <= count.truth && count.truth <= high!)) count.misses++;
    });
  }
  return counts;
}
