import type { Rational } from '../../number/rational.js';
import { allElements, drawnElements, rewardOrbit } from '../../power/orbit-elements.js';
import { claimOutcome } from './claim-outcome.js';
import type { ClaimSides } from './claim-sides.js';

/** For how many elements of an orbit the first side of a claim wins, neither, or the second. */
export interface ClaimCount {
  readonly size: bigint;
  /** elements looked at: all if `complete`, else draws */
  readonly elements: number;
  readonly complete: boolean;
  readonly greater: number;
  readonly equal: number;
  readonly less: number;
}

/** Orbits of at most this many elements are counted whole: eight different rewards have 40,320. */
const EXHAUSTIVE_LIMIT = 50_000;
const COLUMNS = 4096;

/**
 * Counts the orbit of one reward function (each distinct permutation once), or draws from a large one; every element is
 * decided exactly.
 * @param rewards (S)
 * @param samples draws from an orbit of over 50,000 elements
 */
export function countClaim(
  sides: ClaimSides,
  rewards: readonly Rational[],
  samples: number,
  seed: bigint,
): ClaimCount {
  const orbit = rewardOrbit(rewards);
  const outcomeOf = claimOutcome(sides);
  const complete = orbit.size <= BigInt(EXHAUSTIVE_LIMIT);
  const blocks = complete ? allElements(orbit, COLUMNS) : drawnElements(orbit, COLUMNS, seed, samples);
  const most = orbit.doubles.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
  const counts = { greater: 0, equal: 0, less: 0 };
  for (const { columns, ranks } of blocks) {
    for (let b = 0; b < columns; b++) {
      const outcome = outcomeOf({
        double: (s) => orbit.doubles[ranks[s * columns + b]!]!,
        integer: (s) => orbit.integers[ranks[s * columns + b]!]!,
        most,
      });
      counts[outcome > 0 ? 'greater' : outcome < 0 ? 'less' : 'equal']++;
    }
  }
  return { size: orbit.size, elements: counts.greater + counts.equal + counts.less, complete, ...counts };
}
