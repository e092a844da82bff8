import { emptyMoments, type Moments, mergeMoments } from '../number/moments.js';
import type { BlockSums } from './block.js';

/**
 * Means over each randomised Sobol set. Within a set samples depend on each other, but sets are independent and have the
 * same law, and the mean of each has the mean that is looked for: they are the sample that intervals are made from.
 */
export interface SetMeans {
  /** samples in a set */
  readonly size: number;
  /** of POWER, one value a set */
  readonly power: Moments;
  /** of optimality; absent if it is not asked for */
  readonly shares?: Moments | undefined;
  /** the set that is being filled */
  readonly open: { readonly power: Moments; readonly shares?: Moments | undefined };
}

/** No sets yet. @param sums  of no samples, for the slots */
export function emptySetMeans(size: number, { moments, shares }: BlockSums): SetMeans {
  const like = ({ mean }: Moments): Moments => emptyMoments(mean.length);
  const both = () => ({ power: like(moments), shares: shares && like(shares.moments) });
  return { size, ...both(), open: both() };
}

/** Adds a block of samples of one set, in the order of the samples. @throws {RangeError} it belongs to two sets */
export function addToSet({ size, power, shares, open }: SetMeans, block: BlockSums): void {
  mergeMoments(open.power, block.moments);
  if (open.shares && block.shares) mergeMoments(open.shares, block.shares.moments);
  if (open.power.count > size) throw new RangeError('a block of samples belongs to two Sobol sets');
  if (open.power.count < size) return;
  close(power, open.power);
  if (shares && open.shares) close(shares, open.shares);
}

/** Takes the mean of a full set as one value, and begins the next set. */
function close(means: Moments, open: Moments): void {
  mergeMoments(means, { count: 1, mean: open.mean, m2: new Float64Array(open.m2.length) });
  open.count = 0;
  open.mean.fill(0);
  open.m2.fill(0);
}
