import { emptyMoments, type Moments, mergeMoments } from '../number/moments.js';
import { type BlockSums, mergeSums } from './block.js';

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
  /** the samples of the set that is being filled, and no samples */
  open: BlockSums;
  readonly none: () => BlockSums;
}

/** No sets yet. @param none  makes sums of no samples */
export function emptySetMeans(size: number, none: () => BlockSums): SetMeans {
  const open = none();
  const like = ({ mean }: Moments): Moments => emptyMoments(mean.length);
  return { size, power: like(open.moments), shares: open.shares && like(open.shares.moments), open, none };
}

/**
 * Adds a block of samples of one set, in the order of the samples. A set that is full goes to `total`, and its mean is one
 * value more; samples of a set that is never filled count nowhere.
 *
 * @throws {RangeError} the block belongs to two sets
 */
export function addToSet(sets: SetMeans, block: BlockSums, total: BlockSums): void {
  const { size, power, shares, open } = sets;
  mergeSums(open, block);
  if (open.moments.count > size) throw new RangeError('a block of samples belongs to two Sobol sets');
  if (open.moments.count < size) return;
  mergeMoments(power, oneValue(open.moments));
  if (shares && open.shares) mergeMoments(shares, oneValue(open.shares.moments));
  mergeSums(total, open);
  sets.open = sets.none();
}

/** The mean of a full set as one value. */
function oneValue({ mean }: Moments): Moments {
  return { count: 1, mean, m2: new Float64Array(mean.length) };
}
