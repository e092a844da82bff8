import { type ClimbOrder, climbOrder } from './climb-order.js';
import type { Kernel } from './kernel.js';
import type { Structure } from './structure.js';
import { LANES, type SweepBlock, sweep, sweepBlock } from './sweep.js';

/** The kernel in plain TypeScript: what the SIMD kernel has to equal bit for bit, and its replacement where that is missing. */
export function referenceKernel(structure: Structure): Kernel {
  const block = sweepBlock(structure.stateCount, LANES);
  const climbing = climbOrder(structure);
  return {
    block,
    climbing,
    sweep: (gamma) => sweep(structure, gamma, block),
    climb: (gamma, most) => climb(climbing, block, gamma, most),
  };
}

function climb(climbing: ClimbOrder, block: SweepBlock, gamma: number, most: number): number {
  const { order } = climbing;
  for (let count = 1; count <= most; count++) {
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
