import { type Discount, limitOf } from '../number/discount.js';
import type { Io } from './io.js';

/** Of a model of so many bytes, a few hundred transitions, no step of the usual work takes longer than about a second. */
const SMALL_MODEL = 16_384;
/** From this discount on, some reward functions are finished in higher precision or exactly. */
const NEAR_ONE = 0.9999;

/** What an estimate is asked for, as far as it says how long it may be busy. */
interface Asked {
  readonly gamma: readonly Discount[];
  readonly method: 'auto' | 'exact' | 'sampled';
  readonly symbolic?: boolean;
  readonly crossings?: boolean;
}

/**
 * Whether an estimate may be busy for more than about a second at a time, in which it would see no interrupt and no limit.
 * Functions of gamma have no partial result, so that an interrupt may end them as the system does.
 */
export async function mayEstimateLong(path: string, asked: Asked, io: Io): Promise<boolean> {
  if (asked.symbolic || asked.crossings) return false;
  if (path === '-' || asked.method === 'exact') return true;
  if (asked.gamma.some((discount) => limitOf(discount) === 1 || discount.gamma >= NEAR_ONE)) return true;
  return ((await io.sizeOf(path)) ?? 0) > SMALL_MODEL;
}
