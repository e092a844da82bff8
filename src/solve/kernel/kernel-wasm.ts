import type { Structure } from '../structure.js';
import { climbOrder, cycleFactors, cycleSlack } from './climb-order.js';
import type { Kernel } from './kernel.js';
import { kernelBytes } from './kernel-bytes.js';
import { kernelMemory } from './kernel-memory.js';
import { drawing } from './kernel-wasm-drawing.js';
import { judging } from './kernel-wasm-judging.js';
import { reducing } from './kernel-wasm-reducing.js';
import { relaxing } from './kernel-wasm-relaxing.js';
import type { Reduction } from './reduction.js';
import { LANES, type SweepBlock } from './sweep.js';
import { SINGLE_LANES } from './sweep-single.js';

/** Bytes of eight singles. */
const HALF_ROW = 4 * LANES;

type Run = (...argument: number[]) => number;
/** What the module exports (kernel.as/kernel.ts). */
export type KernelExports = Record<
  | 'sweep'
  | 'narrow'
  | 'sweepSingle'
  | 'widen'
  | 'startLow'
  | 'climb'
  | 'passBack'
  | 'centre'
  | 'sizes'
  | 'draw'
  | 'drawUnit'
  | 'drawSobol'
  | 'judge'
  | 'judgeAndCompare'
  | 'decide'
  | 'tally'
  | 'powers'
  | 'accumulate'
  | 'reach'
  | 'adjust'
  | 'average'
  | 'tallySets'
  | 'iteratePolicies'
  | 'relax'
  | 'step'
  | 'extrapolate',
  Run
>;

let compiled: WebAssembly.Module | null | undefined;
/** The kernel in WebAssembly SIMD; null where the engine has none or the model does not fit into 2 GiB. */
export function wasmKernel(structure: Structure, reduction?: Reduction): Kernel | null {
  const module = compiledModule();
  return module === null ? null : instantiate(module, structure, reduction);
}

/** Compiled once; null if WebAssembly or its SIMD is missing. */
function compiledModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0));
    compiled =
      typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

function instantiate(
  module: WebAssembly.Module,
  structure: Structure,
  reduction: Reduction | undefined,
): Kernel | null {
  const { stateCount, bandwidth } = structure;
  const climbing = climbOrder(structure);
  const found = kernelMemory(structure, climbing, reduction);
  if (found === null) return null;
  const { memory, at, doubles, hasBand } = found;
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;

  const block: SweepBlock = {
    columns: LANES,
    rewards: doubles(at.rewards, LANES * stateCount),
    values: doubles(at.first, LANES * stateCount),
    best: doubles(at.best, LANES * stateCount),
    next: doubles(at.second, LANES * stateCount),
    low: doubles(at.extremes, LANES),
    high: doubles(at.extremes + 8 * LANES, LANES),
    row: new Float64Array(0),
    reference: new Float64Array(0),
  };
  const valueAddress = (): number => block.values.byteOffset;
  // Rewards in single precision are in `best`, values in an array of their own and in `next` by turns.
  let single = { values: 0, next: 0 };
  const cycles = climbing.cyclePtr.length - 1;
  const shift = doubles(at.shift, stateCount);
  let gammaThere = Number.NaN;
  const { histogram, tallySets, ...reduced } = reducing(run, found, block, reduction);
  return {
    block,
    climbing,
    rewardSize: doubles(at.rewardSize, LANES),
    valueSize: doubles(at.valueSize, LANES),
    singleWidth: new Float32Array(memory.buffer, at.extents, SINGLE_LANES),
    singleSize: new Float32Array(memory.buffer, at.extents + 2 * HALF_ROW, SINGLE_LANES),
    bounds: doubles(at.bounds, LANES),
    gaps: doubles(at.gaps, LANES),
    offsets: doubles(at.offsets, LANES),
    histogram,
    shift,
    sums: doubles(at.sums, 4 * stateCount),
    sweep(gamma) {
      const { values, next } = block;
      run.sweep(
        stateCount,
        at.statePtr,
        at.rowPtr,
        at.successor,
        at.probability,
        at.rewards,
        values.byteOffset,
        at.best,
        next.byteOffset,
        at.extremes,
        gamma,
      );
    },
    narrow(half) {
      single = { values: at.singles, next: block.next.byteOffset };
      run.narrow(stateCount, at.rewards, at.best + half * HALF_ROW);
      run.narrow(stateCount, at.rewards, at.singles + half * HALF_ROW);
    },
    sweepSingle(gamma) {
      run.sweepSingle(
        stateCount,
        at.statePtr,
        at.rowPtr,
        at.successor,
        at.probabilitySingle,
        at.best,
        single.values,
        single.next,
        at.extents,
        gamma,
      );
      single = { values: single.next, next: single.values };
    },
    widen(half) {
      if (single.values !== at.singles) {
        doubles(at.singles, LANES * stateCount).set(block.next);
        single.values = at.singles;
      }
      run.widen(stateCount, at.singles + half * HALF_ROW, valueAddress());
    },
    startLow(gamma, oneMinusGamma) {
      if (gammaThere !== gamma) {
        doubles(at.cycleFactor, cycles).set(cycleFactors(climbing.cyclePtr, gamma, oneMinusGamma));
        gammaThere = gamma;
      }
      run.startLow(
        stateCount,
        at.canStay,
        cycles,
        at.cyclePtr,
        at.cycleState,
        at.cycleFactor,
        at.rewards,
        valueAddress(),
        gamma,
        1 / oneMinusGamma,
        cycleSlack(oneMinusGamma),
      );
    },
    climb(gamma, most) {
      return run.climb(
        stateCount,
        at.order,
        at.crossOrder,
        at.otherPtr,
        at.other,
        at.rewards,
        valueAddress(),
        gamma,
        most,
      );
    },
    passBack(gamma, oneMinusGamma) {
      run.passBack(
        stateCount,
        at.order,
        at.otherPtr,
        at.other,
        at.canStay,
        at.rewards,
        valueAddress(),
        gamma,
        1 / oneMinusGamma,
      );
    },
    centre() {
      run.centre(stateCount, valueAddress());
    },
    measure(what) {
      if (what === 'rewards') run.sizes(stateCount, at.rewards, at.rewardSize);
      else run.sizes(stateCount, valueAddress(), at.valueSize);
    },
    draw: drawing(run, found, stateCount, reduction?.sobol === true),
    ...judging(run, found, structure, block, histogram, tallySets),
    powers(factor) {
      run.powers(stateCount, at.best, factor, at.offsets);
    },
    ...reduced,
    ...(structure.longestRow > 1 && { relaxing: relaxing(run, found, structure, block) }),
    ...(hasBand && {
      iteratePolicies(gamma: number, noise: number, most: number): number {
        return run.iteratePolicies(
          stateCount,
          at.statePtr,
          at.rowPtr,
          at.successor,
          at.probability,
          at.bandOrder,
          at.position,
          bandwidth,
          at.band,
          at.right,
          at.policy,
          at.rewards,
          valueAddress(),
          gamma,
          noise,
          most,
        );
      },
    }),
  };
}
