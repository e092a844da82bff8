// The same seed gives the same bits on any number of threads: hashes of whole results, over numbers of samples that no block,
// group or thread divides.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscountList } from '../../src/number/discount.js';
import type * as parallel from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { sized } from '../full-size.js';
import { star } from '../power/estimating.js';

const built = new URL('../../dist/parallel/estimate-power.js', import.meta.url);
if (!existsSync(built)) throw new Error('these tests need the built package: npm run build');
const { estimatePower } = (await import(built.href)) as typeof parallel;

/** Of all that a result has but the threads that made it, and the work that each of them could save by remembering. */
function hash({ effort, ...result }: Awaited<ReturnType<typeof estimatePower>>): string {
  const reached = effort.map(({ gamma, tolerance, largestError, solver }) => [
    gamma,
    tolerance,
    largestError,
    solver,
  ]);
  const text = JSON.stringify({ ...result, threads: 0, reached }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

const ten = star(10);
interface Case {
  readonly law: string;
  readonly mdp: Mdp;
  readonly gammas: string;
  readonly samples: number;
}

/** So many samples that threads are worth their start. */
const cases: readonly Case[] = [
  { law: 'uniform(0, 1)', mdp: star(100), gammas: '0.000001,0.5,0.999999', samples: 160_007 },
  { law: 'discrete(-1: 1/3, 0: 1/3, 2: 1/3)', mdp: ten, gammas: '2/3', samples: 45_007 },
  { law: 'quantile(u^3 - log(u))', mdp: ten, gammas: '0.9', samples: 300_007 },
  { law: 'uniform(0, 1)', mdp: ten, gammas: '1', samples: 12_007 },
];

/** The different hashes on these numbers of threads, and the most threads that were used. */
async function hashesOf(
  { law, mdp, gammas, samples }: Case,
  seed: bigint,
  threadCounts: readonly number[],
): Promise<{ hashes: Set<string>; most: number }> {
  const reward = parseReward(law, mdp.states);
  const options = { gammas: parseDiscountList(gammas), samples, seed };
  const hashes = new Set<string>();
  let most = 0;
  for (const threads of threadCounts) {
    const result = await estimatePower(mdp, reward, { ...options, threads });
    most = Math.max(most, result.threads);
    hashes.add(hash(result));
  }
  return { hashes, most };
}

const seed = 2n ** 63n + 11n;
const threadCounts = sized([1, 3], [1, 2, 3, 7, 16]);

describe.each(cases)('$law at gamma $gammas, $samples samples', (each) => {
  it(`has one SHA-256 on ${threadCounts.join(', ')} threads`, async () => {
    const { hashes, most } = await hashesOf(each, seed, threadCounts);
    expect(hashes.size).toBe(1);
    expect(most).toBeGreaterThan(1);
    const other = await hashesOf({ ...each, samples: 1009 }, seed + 1n, [1]);
    const same = await hashesOf({ ...each, samples: 1009 }, seed, [1]);
    expect(other.hashes).not.toEqual(same.hashes);
  });
});
