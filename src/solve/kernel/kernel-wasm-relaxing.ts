import { type Relaxing, rowScales } from '../relaxation.js';
import type { Structure } from '../structure.js';
import type { KernelMemory } from './kernel-memory.js';
import type { KernelExports } from './kernel-wasm.js';
import { LANES, type SweepBlock } from './sweep.js';

/** The Gauss–Seidel sweeps of the kernel in WebAssembly. */
export function relaxing(
  run: KernelExports,
  { at, doubles }: KernelMemory,
  structure: Structure,
  block: SweepBlock,
): Relaxing {
  const { stateCount, rowCount } = structure;
  const scales = doubles(at.rowScale, rowCount);
  let gammaThere = Number.NaN;
  return {
    changes: doubles(at.changes, LANES),
    products: doubles(at.products, LANES),
    squares: doubles(at.products + 8 * LANES, LANES),
    factors: doubles(at.factors, LANES),
    relax(gamma) {
      if (gammaThere !== gamma) {
        rowScales(structure, gamma, scales);
        gammaThere = gamma;
      }
      run.relax(
        stateCount,
        at.statePtr,
        at.rowPtr,
        at.successor,
        at.probability,
        at.rowScale,
        at.rewards,
        block.values.byteOffset,
        at.changes,
        gamma,
      );
    },
    step() {
      const { values, next } = block;
      run.step(stateCount, values.byteOffset, at.best, next.byteOffset, at.products);
    },
    extrapolate() {
      const { values, next } = block;
      run.extrapolate(stateCount, values.byteOffset, at.best, next.byteOffset, at.factors);
    },
  };
}
