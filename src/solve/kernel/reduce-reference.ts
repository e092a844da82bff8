import type { Kernel } from './kernel.js';
import { reachedMaxima } from './reach.js';
import { type ControlTerm, histogramPlaces, type Reduction, type ShareSets } from './reduction.js';
import { LANES, type SweepBlock } from './sweep.js';

/** The reductions of the kernel in plain TypeScript, equal to kernel.as/reduce.ts bit for bit. */
export function reductions(
  stateCount: number,
  block: SweepBlock,
  reduction: Reduction | undefined,
): Pick<Kernel, 'reach' | 'reduce' | 'slotCount' | 'slotRows'> {
  const slotCount = reduction === undefined ? stateCount : reduction.setPtr.length - 1;
  const isAveraged = slotCount < stateCount;
  const reach = (factor: number): number => {
    if (reduction?.controls === undefined) throw new RangeError('coefficients need controls');
    return reachedMaxima(reduction.controls, block.rewards, factor, block.values, block.next);
  };
  return {
    slotCount,
    reach,
    slotRows: () => (isAveraged ? block.next.subarray(0, slotCount * LANES) : block.best),
    reduce(control) {
      if (reduction === undefined) return;
      if (control !== undefined) {
        reach(control.factor);
        takeControlsOff(block, control);
      }
      if (isAveraged) average(reduction, block);
    },
  };
}

function takeControlsOff({ best, next }: SweepBlock, { coefficients, means }: ControlTerm): void {
  for (let i = 0; i < best.length; i++) {
    const s = Math.floor(i / LANES);
    if (coefficients[s] !== 0) best[i] = best[i]! - coefficients[s]! * (next[i]! - means[s]!);
  }
}

function average({ setPtr, members }: Reduction, { best, next }: SweepBlock): void {
  for (let o = 0; o + 1 < setPtr.length; o++) {
    for (let b = 0; b < LANES; b++) {
      let sum = 0;
      for (let i = setPtr[o]!; i < setPtr[o + 1]!; i++) sum += best[members[i]! * LANES + b]!;
      next[o * LANES + b] = sum / (setPtr[o + 1]! - setPtr[o]!);
    }
  }
}

/** Counts, for each set, the columns in which n of its rows are near the best. @param near bit b of row n: column b */
export function shareCounter(
  shares: ShareSets | undefined,
  near: Int32Array,
): { histogram: Int32Array; tallySets: (columns: number) => void } {
  if (shares === undefined) return { histogram: new Int32Array(0), tallySets: () => {} };
  const { ptr, rows } = shares;
  const places = histogramPlaces(shares);
  const histogram = new Int32Array(places.at(-1)!);
  return {
    histogram,
    tallySets(columns) {
      for (let o = 0; o + 1 < ptr.length; o++) {
        for (let b = 0; b < LANES; b++) {
          if (((columns >>> b) & 1) === 0) continue;
          let n = places[o]!;
          for (let i = ptr[o]!; i < ptr[o + 1]!; i++) n += (near[rows[i]!]! >>> b) & 1;
          histogram[n] = histogram[n]! + 1;
        }
      }
    },
  };
}
