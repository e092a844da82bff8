import type { Rational } from '../../number/rational.js';
import { mix as scatter } from '../structure.js';
import { separate, type Work } from './separate.js';

/** Of a set of points: which are the only best for some reward, and how the others are mixtures of those. */
export interface Frontier {
  /** the reward that singles a point out; undefined for a dominated point */
  readonly reward: ReadonlyMap<number, readonly bigint[]>;
  /** point to mixture of other points */
  readonly mix: ReadonlyMap<number, ReadonlyMap<number, Rational>>;
}

/** Random rewards tried before the exact method. */
const TRIES = 48;

/**
 * The exposed points of a finite set (F_nd, Turner et al. 2021, Def. 3.6), each with a witness, the others each with a
 * proof, exactly; null if that is too much work.
 * @param points nonnegative integer coordinates with the same sum; equal points are all dominated
 * @param alone  rewards that are known to single points out
 */
export function frontierOf(
  points: readonly (readonly bigint[])[],
  work: Work,
  alone: ReadonlyMap<number, readonly bigint[]> = new Map(),
): Frontier | null {
  const reward = new Map<number, readonly bigint[]>(alone);
  const mix = new Map<number, ReadonlyMap<number, Rational>>();
  const width = points[0]!.length;
  const first = new Map<string, number>();
  const copies = new Set<number>();
  points.forEach((point, i) => {
    const text = point.join();
    const before = first.get(text);
    if (before === undefined) first.set(text, i);
    else copies.add(i).add(before);
  });
  const distinct = [...first.values()];
  const random = (seed: number, limit: bigint): bigint[] =>
    Array.from({ length: width }, (_, x) => BigInt(scatter(seed * 8191 + x * 131 + 7)) % limit);
  const best = (direction: readonly bigint[]): number[] => {
    work.left -= distinct.length * width;
    let most: bigint | undefined;
    let found: number[] = [];
    for (const i of distinct) {
      const worth = points[i]!.reduce((sum, value, x) => sum + value * direction[x]!, 0n);
      if (most === undefined || worth > most) [most, found] = [worth, [i]];
      else if (worth === most) found.push(i);
    }
    return found;
  };
  const note = (direction: readonly bigint[]): boolean => {
    const [only, ...others] = best(direction);
    if (others.length > 0) return false;
    if (!reward.has(only!)) reward.set(only!, direction);
    return true;
  };
  for (let k = 0; k < TRIES && reward.size < distinct.length; k++) note(random(k, 1000n));
  for (const i of distinct) {
    while (!reward.has(i) && !mix.has(i)) {
      const known = [...reward.keys()];
      const answer = separate(
        known.map((j) => points[j]!),
        points[i]!,
        work,
      );
      if (answer === null) return null;
      if (answer.reward === undefined) {
        mix.set(i, new Map([...answer.mix].map(([k, weight]) => [known[k]!, weight])));
      } else if (!note(answer.reward)) {
        // Several are best: a small random turn of the direction singles out one of them.
        for (let k = 0; ; k++) {
          const turn = random(k + 1000, 1n << 30n);
          if (note(answer.reward.map((value, x) => (value << 200n) + turn[x]!))) break;
        }
      }
    }
  }
  for (const i of copies) {
    reward.delete(i);
    const same = mix.get(first.get(points[i]!.join())!);
    if (same !== undefined) mix.set(i, same);
  }
  return { reward, mix };
}
