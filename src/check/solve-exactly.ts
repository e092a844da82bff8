import { exactResult } from '../exact/exact-result.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { RewardSource } from '../rewards/source.js';

/** One reward function at one gamma, solved in rational arithmetic. */
export interface SolvedExactly {
  /** Float64 (S): the doubles nearest to the exact POWER samples */
  readonly power: Float64Array;
  /** Uint8 (C): 1 for optimal choices (Blackwell's at gamma 1) */
  readonly optimal: Uint8Array;
  /** Uint8 (C): at gamma 1, choices that some policy of greatest average reward takes */
  readonly average?: Uint8Array;
}

/** Counted operations that one reward function may take. */
const WORK = { limit: 1e6, policyLimit: 2_000 } as const;

/**
 * A solver of single samples by the exact methods for finite laws: every policy, in rationals. Laws of finite support
 * repeat themselves, so solved functions are kept.
 *
 * @param decide   optimal choices too
 * @param most     reward functions that may be solved
 * @returns undefined for a sample where the exact methods give up, or all `most` are used
 */
export function exactSampleSolver(
  mdp: Mdp,
  source: RewardSource,
  discount: Discount,
  decide: boolean,
  most: number,
): (sample: number) => SolvedExactly | undefined {
  const known = new Map<string, SolvedExactly | undefined>();
  let left = most;
  let isHopeless = false;
  return (sample) => {
    if (isHopeless) return undefined;
    const rewards = source.exactColumn(sample).map((value) => value.toFraction());
    const key = rewards.join(' ');
    if (!known.has(key)) {
      if (left-- <= 0) return undefined;
      const solved = solve(mdp, rewards, discount, decide);
      known.set(key, solved);
      isHopeless = solved === undefined;
    }
    return known.get(key);
  };
}

function solve(
  mdp: Mdp,
  reward: readonly string[],
  discount: Discount,
  decide: boolean,
): SolvedExactly | undefined {
  const law = { form: 'list', text: '', functions: [{ weight: '1', reward }] } as const;
  const { power, optimality, refused } = exactResult(mdp, law, { gammas: [discount], decide, ...WORK });
  if (refused.length > 0 || power.some(({ exact }) => exact === null)) return undefined;
  const atOne = optimality.some(({ averageExact }) => averageExact != null);
  return {
    power: Float64Array.from(power, (row) => row.power),
    optimal: Uint8Array.from(optimality, ({ exact }) => (exact === '1' ? 1 : 0)),
    ...(atOne && {
      average: Uint8Array.from(optimality, ({ averageExact }) => (averageExact === '1' ? 1 : 0)),
    }),
  };
}
