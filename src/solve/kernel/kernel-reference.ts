import { bandBytes, type Structure } from '../structure.js';
import { type ClimbOrder, climbOrder, cycleFactors, cycleSlack } from './climb-order.js';
import { decisions } from './decide-reference.js';
import type { Kernel } from './kernel.js';
import { iteratePolicies } from './policies-reference.js';
import { reductions } from './reduce-reference.js';
import type { Reduction } from './reduction.js';
import { relaxing } from './relax-reference.js';
import { LANES, type SweepBlock, sweep, sweepBlock } from './sweep.js';
import { narrow, singleBlock, sweepSingle, widen } from './sweep-single.js';

/** The kernel in plain TypeScript: what the SIMD kernel has to equal bit for bit, and its replacement where that is missing. */
export function referenceKernel(structure: Structure, reduction?: Reduction): Kernel {
  const { stateCount } = structure;
  const block = sweepBlock(stateCount, LANES);
  const single = singleBlock(stateCount);
  const climbing = climbOrder(structure);
  const lanes = (): Float64Array => new Float64Array(LANES);
  const bounds = lanes();
  const gaps = lanes();
  const offsets = lanes();
  const rewardSize = lanes();
  const valueSize = lanes();
  const shift = new Float64Array(stateCount);
  const sums = new Float64Array(4 * stateCount);
  const reduced = reductions(stateCount, block, reduction);
  return {
    block,
    climbing,
    rewardSize,
    valueSize,
    singleWidth: single.width,
    singleSize: single.size,
    bounds,
    gaps,
    offsets,
    shift,
    sums,
    ...decisions(structure, block, bounds, gaps, reduction?.shares, { rewardSize, valueSize }),
    ...reduced,
    sweep: (gamma) => sweep(structure, gamma, block),
    narrow(half) {
      narrow(block.rewards, half, single.rewards);
      narrow(block.rewards, half, single.values);
    },
    sweepSingle(gamma) {
      sweepSingle(structure, gamma, single);
      [single.values, single.next] = [single.next, single.values];
    },
    widen: (half) => widen(single.values, half, block.values),
    startLow: (gamma, oneMinusGamma) => startLow(climbing, block, gamma, oneMinusGamma),
    climb: (gamma, most) => climb(climbing, block, gamma, most),
    passBack: (gamma, oneMinusGamma) => passBack(climbing, block, gamma, oneMinusGamma),
    centre: () => centre(block.values),
    measure(what) {
      if (what === 'rewards') measure(block.rewards, rewardSize);
      else measure(block.values, valueSize);
    },
    powers(factor) {
      const { best } = block;
      for (let i = 0; i < best.length; i++) best[i] = factor * best[i]! + offsets[i % LANES]!;
    },
    accumulate: () => accumulate(reduced.slotRows(), reduced.slotCount, shift, sums),
    ...(structure.longestRow > 1 && { relaxing: relaxing(structure, block) }),
    ...(bandBytes(structure) > 0 && {
      iteratePolicies: (gamma: number, noise: number, most: number): number =>
        iteratePolicies(structure, block, gamma, noise, most),
    }),
  };
}

function startLow(climbing: ClimbOrder, block: SweepBlock, gamma: number, oneMinusGamma: number): void {
  const { canStay, cyclePtr, cycleState } = climbing;
  const { rewards, values } = block;
  const horizon = 1 / oneMinusGamma;
  const factors = cycleFactors(cyclePtr, gamma, oneMinusGamma);
  for (let b = 0; b < LANES; b++) {
    let least = Infinity;
    for (let i = b; i < rewards.length; i += LANES) if (rewards[i]! < least) least = rewards[i]!;
    for (let i = b, s = 0; i < rewards.length; i += LANES, s++) {
      values[i] = (canStay[s] === 1 ? rewards[i]! : least) * horizon;
    }
    for (let c = 0; c < factors.length; c++) {
      const cycle = cycleState.subarray(cyclePtr[c]!, cyclePtr[c + 1]!);
      const reward = (n: number): number => rewards[cycle[n]! * LANES + b]!;
      let around = 0;
      for (let n = cycle.length - 1; n >= 0; n--) around = reward(n) + gamma * around;
      around *= factors[c]!;
      around += cycleSlack(oneMinusGamma) * Math.abs(around);
      for (let n = 0; n < cycle.length; n++) {
        const from = n === 0 ? 0 : cycle.length - n;
        if (n > 0) around = reward(from) + gamma * around;
        const at = cycle[from]! * LANES + b;
        if (values[at]! < around) values[at] = around;
      }
    }
  }
}

function passBack(climbing: ClimbOrder, block: SweepBlock, gamma: number, oneMinusGamma: number): void {
  const { order, ptr, successor, canStay } = climbing;
  const { rewards, values } = block;
  const horizon = 1 / oneMinusGamma;
  for (const s of order) {
    for (let b = 0; b < LANES; b++) {
      let best = -Infinity;
      for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
        const value = values[successor[k]! * LANES + b]!;
        if (best < value) best = value;
      }
      const reward = rewards[s * LANES + b]!;
      const going = reward + gamma * best;
      const staying = reward * horizon;
      values[s * LANES + b] = canStay[s] === 1 && going < staying ? staying : going;
    }
  }
}

function centre(values: Float64Array): void {
  const first = values.slice(0, LANES);
  for (let i = 0; i < values.length; i++) values[i] = values[i]! - first[i % LANES]!;
}

function measure(rows: Float64Array, largest: Float64Array): void {
  largest.fill(0);
  for (let i = 0; i < rows.length; i++) {
    largest[i % LANES] = Math.max(largest[i % LANES]!, Math.abs(rows[i]!));
  }
}

/** Even columns first, then odd ones: the order in which pairs of columns are added. */
function accumulate(samples: Float64Array, slotCount: number, shift: Float64Array, sums: Float64Array): void {
  for (let s = 0; s < slotCount; s++) {
    for (let side = 0; side < 2; side++) {
      const d = (pair: number): number => samples[s * LANES + 2 * pair + side]! - shift[s]!;
      const at = 4 * s + side;
      sums[at] = sums[at]! + (d(0) + d(1) + (d(2) + d(3)));
      sums[at + 2] = sums[at + 2]! + (d(0) * d(0) + d(1) * d(1) + (d(2) * d(2) + d(3) * d(3)));
    }
  }
}

function climb(climbing: ClimbOrder, block: SweepBlock, gamma: number, most: number): number {
  const { order: along, crossOrder } = climbing;
  for (let count = 1; count <= most; count++) {
    const order = count % 4 === 1 || count % 4 === 2 ? along : crossOrder;
    let changed = false;
    for (let n = 0; n < order.length; n++) {
      const s = order[count % 2 === 1 ? n : order.length - 1 - n]!;
      if (raise(climbing, block, gamma, s)) changed = true;
    }
    if (!changed) return count;
  }
  return most + 1;
}

/** Raises V(s) in all columns to what its other successors allow; true if that changed something. */
function raise(
  { ptr, successor }: ClimbOrder,
  { rewards, values }: SweepBlock,
  gamma: number,
  s: number,
): boolean {
  if (ptr[s] === ptr[s + 1]) return false;
  let changed = false;
  for (let b = 0; b < LANES; b++) {
    let best = -Infinity;
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      const value = values[successor[k]! * LANES + b]!;
      if (value > best) best = value;
    }
    const raised = rewards[s * LANES + b]! + gamma * best;
    if (values[s * LANES + b]! < raised) {
      values[s * LANES + b] = raised;
      changed = true;
    }
  }
  return changed;
}
