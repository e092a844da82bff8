import type { Mdp } from '../mdp/model.js';
import { clopperPearson } from '../number/clopper-pearson.js';
import type { Discount } from '../number/discount.js';
import type { Rational } from '../number/rational.js';
import { averageDecider } from './orbit-average.js';
import { discountedDecider } from './orbit-discounted.js';
import { allElements, drawnElements, type RewardOrbit, rewardOrbit } from './orbit-elements.js';
import { contestOf, type OrbitQuestion, Outcome } from './orbit-question.js';

export interface OrbitOptions {
  /** gamma, or the average criterion (the gain alone) */
  readonly criterion: Discount | 'average';
  /** Orbits of at most this many elements are counted whole; default 10!. */
  readonly exhaustiveLimit?: number;
  /** elements drawn from larger ones, default 100,000 */
  readonly samples?: number;
  /** 0 … 2⁶⁴−1, default 1 */
  readonly seed?: bigint;
  /** of each interval, default 0.95 */
  readonly confidence?: number;
  /** called now and then with the number of elements done, and of all */
  readonly progress?: (done: number, total: number) => void;
}

/** Counts over the orbit of one reward vector, each distinct element once (Turner et al. 2021, Def. 6.4 and 6.5). */
export interface OrbitCount {
  /** number of elements of the orbit: S! / Π m_i! */
  readonly size: bigint;
  /** elements looked at: all of them if `complete`, else draws */
  readonly elements: number;
  readonly complete: boolean;
  readonly greater: number;
  readonly equal: number;
  readonly less: number;
  /** elements whose answer could not be proved; none but for models too large for exact evaluation */
  readonly undecided: number;
  /**
   * [low, high] of the share of the orbit: Clopper–Pearson for draws, the share itself if complete; undecided elements
   * count for the high end only.
   */
  readonly shares: Readonly<Record<'greater' | 'equal' | 'less', readonly [low: number, high: number]>>;
}

/** 10! */
const EXHAUSTIVE_LIMIT = 3_628_800;

/** Rewards solved together, at most, and numbers in their block. */
const MOST_COLUMNS = 4096;
const BLOCK_NUMBERS = 2 ** 20;

/** For the solver: cheap, and tight enough that hardly anything but a tie is left to exact arithmetic. */
const RELATIVE_TOLERANCE = 2 ** -24;

/**
 * For how many permutations of a reward vector one state has more POWER than another, or one set of choices of a state is
 * optimal and another not (see OrbitQuestion). Every answer is proved: equality is exact equality.
 *
 * @param rewards (S), exact: R(s) of the unpermuted reward function
 * @throws usageError `average` with random transitions on a large model (see averageGain)
 * @throws {RangeError} a reward vector of another length, a side without choices
 */
export function countOrbit(
  mdp: Mdp,
  rewards: readonly Rational[],
  question: OrbitQuestion,
  options: OrbitOptions,
): OrbitCount {
  if (rewards.length !== mdp.stateCount) {
    throw new RangeError(`a reward for each of ${mdp.stateCount} states is needed, got ${rewards.length}`);
  }
  const { criterion, exhaustiveLimit = EXHAUSTIVE_LIMIT, samples = 100_000, seed = 1n, progress } = options;
  const orbit = rewardOrbit(rewards);
  const contest = contestOf(mdp, question);
  const decide =
    criterion === 'average'
      ? averageDecider(mdp, contest, orbit)
      : discountedDecider(mdp, contest, criterion, RELATIVE_TOLERANCE * largest(orbit));
  const complete = orbit.size <= BigInt(exhaustiveLimit);
  const total = complete ? Number(orbit.size) : samples;
  const columns = Math.min(total, MOST_COLUMNS, Math.max(64, Math.floor(BLOCK_NUMBERS / mdp.stateCount)));
  const counts = { greater: 0, equal: 0, less: 0, undecided: 0 };
  let elements = 0;
  for (const block of complete ? allElements(orbit, columns) : drawnElements(orbit, columns, seed, total)) {
    const outcome = new Int8Array(block.columns);
    decide(block, outcome);
    for (const value of outcome) counts[nameOf(value)]++;
    elements += block.columns;
    progress?.(elements, total);
  }
  const share = (count: number): readonly [number, number] =>
    complete
      ? [count / total, (count + counts.undecided) / total]
      : clopperPearson([count, count + counts.undecided], total, options.confidence ?? 0.95);
  return {
    size: orbit.size,
    elements,
    complete,
    ...counts,
    shares: { greater: share(counts.greater), equal: share(counts.equal), less: share(counts.less) },
  };
}

function nameOf(outcome: number): keyof typeof Outcome {
  if (outcome === Outcome.greater) return 'greater';
  if (outcome === Outcome.less) return 'less';
  return outcome === Outcome.equal ? 'equal' : 'undecided';
}

function largest(orbit: RewardOrbit): number {
  return orbit.doubles.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
