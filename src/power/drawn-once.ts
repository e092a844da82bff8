import type { RewardSource } from '../rewards/source.js';
import { LANES } from '../solve/kernel/sweep.js';
import { blockColumns } from './plan.js';
import type { SampleJob } from './solved-samples.js';

/** Writes the rewards (S·8) of the samples first … first+7 of a source. */
export type FillGroup = (source: RewardSource, first: number, into: Float64Array) => void;

/** Draws anew each time. */
export const fillGroup: FillGroup = (source, first, into) => source.fill(first, LANES, into);

/**
 * Draws the groups of a block once for all gammas of a job, where it is not the kernel that draws: laws other than the
 * uniform ones cost more to draw than to solve. (The kernel draws again for each gamma: 3 ns a state, which is what a copy
 * would take.) Gammas may draw from two sources, `source` and `plainSource` of the job, which are kept apart.
 */
export function drawnOnce({ mdp, gammas }: Pick<SampleJob, 'mdp' | 'gammas'>): FillGroup {
  if (gammas.length === 1) return fillGroup;
  const groups = blockColumns(mdp.stateCount) / LANES;
  const keptOf = new Map<RewardSource, Map<number, Float64Array>>();
  return (source, first, into) => {
    const kept = keptOf.get(source) ?? new Map<number, Float64Array>();
    keptOf.set(source, kept);
    const found = kept.get(first);
    if (found !== undefined) {
      into.set(found);
      return;
    }
    fillGroup(source, first, into);
    if (kept.size === groups) kept.clear();
    kept.set(first, into.slice());
  };
}
