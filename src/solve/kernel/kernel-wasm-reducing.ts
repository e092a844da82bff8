import type { Kernel } from './kernel.js';
import type { KernelMemory } from './kernel-memory.js';
import type { KernelExports } from './kernel-wasm.js';
import { type ControlTerm, histogramPlaces, type Reduction } from './reduction.js';
import { LANES, type SweepBlock } from './sweep.js';

/** What the kernel in WebAssembly does with the samples before and when they are added up. */
export function reducing(
  run: KernelExports,
  { at, doubles, integers }: KernelMemory,
  block: SweepBlock,
  reduction: Reduction | undefined,
): Pick<Kernel, 'slotCount' | 'histogram' | 'reach' | 'reduce' | 'slotRows' | 'accumulate'> & {
  /** Adds what the last `decide` found to the histogram. */
  tallySets(columns: number): void;
} {
  const stateCount = block.best.length / LANES;
  const { controls, shares } = reduction ?? {};
  const slotCount = reduction === undefined ? stateCount : reduction.setPtr.length - 1;
  const isAveraged = slotCount < stateCount;
  const shareSets = shares === undefined ? 0 : shares.ptr.length - 1;
  const histogram = integers(at.histogram, shares === undefined ? 0 : histogramPlaces(shares).at(-1)!);
  let controlThere: ControlTerm | undefined;
  let slotsOf = block.best;
  let slots = block.best;
  const reach = (factor: number): number => {
    if (controls === undefined) throw new RangeError('coefficients need controls');
    const [values, next] = [block.values.byteOffset, block.next.byteOffset];
    return run.reach(
      stateCount,
      at.neighbourPtr,
      at.neighbour,
      at.rewards,
      values,
      next,
      controls.floor,
      factor,
    );
  };
  return {
    slotCount,
    histogram,
    reach,
    tallySets(columns) {
      run.tallySets(shareSets, at.sharePtr, at.shareRows, at.sharePlaces, at.histogram, at.near, columns);
    },
    reduce(control) {
      if (control !== undefined) {
        reach(control.factor);
        if (controlThere !== control) {
          doubles(at.coefficients, stateCount).set(control.coefficients);
          doubles(at.means, stateCount).set(control.means);
          controlThere = control;
        }
        run.adjust(stateCount, at.coefficients, at.means, block.next.byteOffset, at.best);
      }
      if (isAveraged) run.average(slotCount, at.setPtr, at.members, at.best, block.next.byteOffset);
    },
    slotRows() {
      if (!isAveraged) return block.best;
      if (slotsOf !== block.next) {
        slotsOf = block.next;
        slots = block.next.subarray(0, slotCount * LANES);
      }
      return slots;
    },
    accumulate() {
      run.accumulate(slotCount, isAveraged ? block.next.byteOffset : at.best, at.shift, at.sums);
    },
  };
}
