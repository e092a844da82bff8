import type { ClimbOrder } from './climb-order.js';
import { referenceKernel } from './kernel-reference.js';
import { wasmKernel } from './kernel-wasm.js';
import type { Structure } from './structure.js';
import type { SweepBlock } from './sweep.js';

/** The sweeps of one model on a block of eight reward functions, which it owns. */
export interface Kernel {
  readonly block: SweepBlock;
  readonly climbing: ClimbOrder;
  /** `sweep` of sweep.ts on `block` */
  sweep(gamma: number): void;
  /**
   * For models in which every row is certain: raises `block.values`, which are lower bounds of V and at least
   * R/(1 − gamma) where a state can stay, in place by V(s) = max(V(s), R(s) + gamma·max over other successors of V), states
   * in `climbing.order` and in the opposite order by turns, until a whole sweep changes nothing. A column that has come
   * to rest is not changed by further sweeps, so it does not depend on its neighbours.
   *
   * @returns sweeps done; `most` + 1 if values were still changing
   */
  climb(gamma: number, most: number): number;
}

const known = new WeakMap<Structure, Kernel>();

/**
 * The kernel of a model: WebAssembly SIMD, or the reference in TypeScript where the engine has none or the model does not
 * fit. They agree bit for bit, so which one it is changes the speed only.
 */
export function kernelOf(structure: Structure): Kernel {
  const found = known.get(structure);
  if (found !== undefined) return found;
  const kernel = wasmKernel(structure) ?? referenceKernel(structure);
  known.set(structure, kernel);
  return kernel;
}
