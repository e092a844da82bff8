import type { BatchSums } from '../power/batches.js';
import type { BlockSums } from '../power/block.js';
import type { SamplePlan } from '../power/plan.js';
import type { GammaSums } from '../power/rows.js';
import type { SetMeans } from '../power/set-means.js';

/** What is kept of the sums of a gamma while the run goes on. */
export interface SavedPart {
  readonly sums: BlockSums;
  readonly sets?: Pick<SetMeans, 'power' | 'shares' | 'open'>;
  readonly batches?: BatchSums;
}

/** The sums themselves, not a copy. */
export function savedPart({ sums, sets, batches }: GammaSums): SavedPart {
  return {
    sums,
    ...(sets && { sets: { power: sets.power, shares: sets.shares, open: sets.open } }),
    ...(batches && { batches: batches.sums }),
  };
}

/** A gamma whose sums are those that were saved. */
export function withSaved(part: GammaSums, { sums, sets, batches }: SavedPart): GammaSums {
  return {
    ...part,
    sums,
    sets: part.sets && { ...part.sets, ...sets },
    batches: part.batches && { ...part.batches, ...(batches && { sums: batches }) },
  };
}

/** Sums that change no more when those of the part do. */
export function copied(part: GammaSums): GammaSums {
  return withSaved(part, structuredClone(savedPart(part)));
}

/** Samples in the first blocks of a plan. */
export function drawnBy({ samples, columns }: SamplePlan, blocks: number): number {
  return Math.min(samples, blocks * columns);
}

/** Whether these can be the sums of so many samples of a gamma. */
export function couldBePart({ sums, sets }: SavedPart, samples: number): boolean {
  const count = sums.moments.count + (sets?.open.moments.count ?? 0);
  return count === samples && couldBeSums(sums) && (!sets || couldBeSums(sets.open));
}

/** Whether these can be the sums of any samples: no spread or error below 0, no more outcomes than samples. */
function couldBeSums({ moments, choices, errorSum, largestError }: BlockSums): boolean {
  const { count, mean, m2 } = moments;
  const isBound = (value: number): boolean => value >= 0 && value < Number.POSITIVE_INFINITY;
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= count;
  return (
    mean.every((value) => Number.isFinite(value)) &&
    m2.every(isBound) &&
    isBound(errorSum) &&
    isBound(largestError) &&
    (choices === undefined ||
      choices.unique.every((unique, c) => {
        const [tied, undecided] = [choices.tied[c]!, choices.undecided[c]!];
        const share = choices.share[c]! + choices.shareLost[c]!;
        const areCounts = isCount(unique) && isCount(tied) && isCount(undecided);
        return areCounts && isCount(unique + tied + undecided) && share >= 0 && share <= tied + undecided;
      }))
  );
}
