import { approximate, multiply, ONE_RATIO, type Ratio, ratioText, subtract } from '../number/ratio.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type BestVectors, bestVectors } from './best-vectors.js';
import { ExactRefusal } from './budget.js';
import { lawOfSpec } from './laws/law-of-spec.js';

/** How often a vector is the best, under the law that was asked for: left out without a law. */
export interface BestRow {
  /** that it is the best or one of the best; null if there is no exact answer */
  readonly probability?: number | null;
  /** the same as a fraction */
  readonly exact?: string | null;
}

/** What the best vectors earn on the average, as fractions; null if there is no exact answer. */
export interface BestReport {
  readonly reward: string;
  /** E V*(s, γ) = E max over F(s) of f·R */
  readonly value: string | null;
  /** (1 − γ)·E V*(s, γ) */
  readonly normalizedValue: string | null;
  /** E of the greatest average reward = E max over RSD(s) of d·R = POWER(s, 1) */
  readonly averageReward: string | null;
  /** what is not given, and why */
  readonly refused: readonly { readonly what: string; readonly reason: string }[];
}

/** The best of some vectors, or why that is not told. */
export function bestOrReason(
  vectors: readonly (readonly Ratio[])[],
  reward: RewardSpec,
): BestVectors | string {
  try {
    return bestVectors(vectors, lawOfSpec(reward));
  } catch (error) {
    if (!(error instanceof ExactRefusal)) throw error;
    return error.message;
  }
}

/** What is said of vector i. */
export function bestRow(best: BestVectors | string, i: number): BestRow {
  if (typeof best === 'string') return { probability: null, exact: null };
  const chance = best.chances[i]!;
  return { probability: approximate(chance), exact: ratioText(chance) };
}

/** What is said of the whole, at γ for visit distributions. */
export function bestReport(
  reward: string,
  gamma: Ratio,
  visits: BestVectors | string,
  recurrent: BestVectors | string,
): BestReport {
  const share = subtract(ONE_RATIO, gamma);
  return {
    reward,
    value: typeof visits === 'string' ? null : ratioText(visits.mean),
    normalizedValue: typeof visits === 'string' ? null : ratioText(multiply(share, visits.mean)),
    averageReward: typeof recurrent === 'string' ? null : ratioText(recurrent.mean),
    refused: [
      ...(typeof visits === 'string' ? [{ what: 'visit distributions', reason: visits }] : []),
      ...(typeof recurrent === 'string'
        ? [{ what: 'recurrent state distributions', reason: recurrent }]
        : []),
    ],
  };
}
