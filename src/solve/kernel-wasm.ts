import { climbOrder } from './climb-order.js';
import type { Kernel } from './kernel.js';
import { kernelBytes } from './kernel-bytes.js';
import type { Structure } from './structure.js';
import { LANES, type SweepBlock } from './sweep.js';

interface KernelExports {
  sweep(...argument: number[]): void;
  climb(...argument: number[]): number;
}

/** Bytes of memory below the first array; the kernel has no data of its own. */
const FIRST_ADDRESS = 64;
const PAGE = 65536;
const LARGEST_MEMORY = 2 ** 31;

let compiled: WebAssembly.Module | null | undefined;
/** The kernel in WebAssembly SIMD; null where the engine has none or the model does not fit into 2 GiB. */
export function wasmKernel(structure: Structure): Kernel | null {
  const module = compiledModule();
  return module === null ? null : instantiate(module, structure);
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

function instantiate(module: WebAssembly.Module, structure: Structure): Kernel | null {
  const { stateCount, rowCount, statePtr, rowPtr, successor, probability } = structure;
  const others = climbOrder(structure);

  let top = FIRST_ADDRESS;
  const place = (bytes: number): number => {
    const address = top;
    top += Math.ceil(bytes / 64) * 64;
    return address;
  };
  const rows = 8 * LANES * stateCount;
  const at = {
    statePtr: place(4 * (stateCount + 1)),
    rowPtr: place(4 * (rowCount + 1)),
    successor: place(4 * successor.length),
    probability: place(8 * probability.length),
    order: place(4 * others.order.length),
    otherPtr: place(4 * others.ptr.length),
    other: place(4 * others.successor.length),
    rewards: place(rows),
    first: place(rows),
    best: place(rows),
    second: place(rows),
    bounds: place(16 * LANES),
  };
  if (top > LARGEST_MEMORY) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / PAGE) });
  const exports = new WebAssembly.Instance(module, {
    env: { memory },
  }).exports as unknown as KernelExports;

  const integers = (address: number, from: Int32Array, factor = 1): void => {
    const into = new Int32Array(memory.buffer, address, from.length);
    for (let i = 0; i < from.length; i++) into[i] = from[i]! * factor;
  };
  integers(at.statePtr, statePtr);
  integers(at.rowPtr, rowPtr);
  integers(at.successor, successor, 8 * LANES);
  new Float64Array(memory.buffer, at.probability, probability.length).set(probability);
  integers(at.order, others.order);
  integers(at.otherPtr, others.ptr);
  integers(at.other, others.successor, 8 * LANES);

  const doubles = (address: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, address, length);
  const block: SweepBlock = {
    columns: LANES,
    rewards: doubles(at.rewards, LANES * stateCount),
    values: doubles(at.first, LANES * stateCount),
    best: doubles(at.best, LANES * stateCount),
    next: doubles(at.second, LANES * stateCount),
    low: doubles(at.bounds, LANES),
    high: doubles(at.bounds + 8 * LANES, LANES),
    row: new Float64Array(0),
    reference: new Float64Array(0),
  };
  return {
    block,
    climbing: others,
    sweep(gamma) {
      exports.sweep(
        stateCount,
        at.statePtr,
        at.rowPtr,
        at.successor,
        at.probability,
        at.rewards,
        block.values.byteOffset,
        at.best,
        block.next.byteOffset,
        at.bounds,
        gamma,
      );
    },
    climb(gamma, most) {
      const { byteOffset } = block.values;
      return exports.climb(stateCount, at.order, at.otherPtr, at.other, at.rewards, byteOffset, gamma, most);
    },
  };
}
