import { type Group, type GroupSolver, solveGroup } from './group.js';
import type { Kernel } from './kernel/kernel.js';
import { LANES } from './kernel/sweep.js';
import { SINGLE_LANES } from './kernel/sweep-single.js';
import { singleNoise } from './rounding.js';

/** Values beyond it are left to double precision: singles end at 2¹²⁸. */
const LARGEST_SINGLE = 2 ** 120;
/** Of a sweep over one group in double precision, as measured: it is over two groups, of half the bytes. */
const SINGLE_WORK = 1;
/** In so many sweeps the widths have to be halved. */
const STALLED = 64;
/** The part of its width that a column may lose to rounding and still pass its first certificate. */
const CERTIFIABLE = 0.9;

/**
 * Solves groups of eight reward functions, see solveGroup. Where sweeps are the way, the groups 2n and 2n + 1 are swept in
 * single precision together, and what one of them comes to depends on the other, within its certified error: never on the
 * order in which they are asked for. To ask for both, in order, costs least.
 *
 * @param load  puts the reward functions first … first+7 into the group's kernel
 * @returns solves first … first+7, `first` a multiple of 8; what solveGroup returns
 */
export function groupsInOrder(
  group: Group,
  solver: GroupSolver,
  load: (first: number) => void,
): (first: number) => number {
  if (solver !== 'sweeps') {
    return (first) => {
      load(first);
      return solveGroup(group, solver);
    };
  }
  const { kernel } = group;
  const { rewards } = kernel.block;
  const waits: Waiting = waitingIn.get(kernel) ?? {
    rewards: new Float64Array(rewards.length),
    areSwept: false,
    group,
    first: -1,
  };
  waitingIn.set(kernel, waits);
  const sweepPair = (first: number): void => {
    let largest = 0;
    for (const half of [1, 0] as const) {
      load(first + half * LANES);
      if (half === 1) waits.rewards.set(rewards);
      kernel.measure('rewards');
      largest = Math.max(largest, ...kernel.rewardSize);
      kernel.narrow(half);
    }
    waits.areSwept = largest < LARGEST_SINGLE * group.discount.oneMinusGamma;
    if (waits.areSwept) sweepInSingles(group);
  };
  const begin = (half: 0 | 1): void => {
    if (waits.areSwept) kernel.widen(half);
    else kernel.block.values.set(rewards);
  };
  return (first) => {
    const isSecond = first % SINGLE_LANES !== 0;
    if (!isSecond || waits.group !== group || waits.first !== first) {
      sweepPair(first - (first % SINGLE_LANES));
      begin(0);
    }
    if (isSecond) {
      rewards.set(waits.rewards);
      begin(1);
    }
    waits.group = group;
    waits.first = isSecond ? -1 : first + LANES;
    return solveGroup(group, solver);
  };
}

/** The second group of the pair that was swept last in a kernel. */
interface Waiting {
  readonly rewards: Float64Array;
  /** false: its rewards are more than singles hold */
  areSwept: boolean;
  /** what it is of, and its first sample; −1 if it does not wait any more */
  group: Group;
  first: number;
}

const waitingIn = new WeakMap<Kernel, Waiting>();

/**
 * Relative value iteration in single precision, from R, as far as that goes or as is asked for: its result is where sweeps in
 * double precision begin, which alone are certified.
 */
function sweepInSingles(group: Group): void {
  const { kernel, structure, discount, tolerance, decide, mostSweeps } = group;
  const { singleWidth, singleSize } = kernel;
  const limit = 2 * mostSweeps;
  let least = Infinity;
  let before = 0;
  for (let count = 1; count <= limit; count++) {
    kernel.sweepSingle(discount.gamma);
    group.sweeps += SINGLE_WORK;
    let most = 0;
    for (let b = 0; b < SINGLE_LANES; b++) {
      const noise = singleNoise(structure.longestRow, singleSize[b]!);
      const wanted = decide ? noise : Math.max(2 * CERTIFIABLE * tolerance, noise);
      most = Math.max(most, singleWidth[b]! / wanted);
    }
    // The sweep in double precision that certifies will shrink the widths once more, by about as much as this one did.
    if (most * (decide ? 1 : Math.min(1, most / before)) <= 1) break;
    before = most;
    if (count % STALLED === 0) {
      if (most > least / 2) break;
      least = most;
    }
  }
}
