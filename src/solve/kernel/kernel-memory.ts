import { bandBytes, type Structure } from '../structure.js';
import type { ClimbOrder } from './climb-order.js';
import { histogramPlaces, type Reduction, SOBOL_WORDS } from './reduction.js';
import { LANES } from './sweep.js';

/** Bytes of memory below the first array; the kernel has no data of its own. */
const FIRST_ADDRESS = 64;
const PAGE = 65536;
const LARGEST_MEMORY = 2 ** 31;

/** The arrays in a kernel's memory. */
type ArrayName =
  | 'statePtr'
  | 'rowPtr'
  | 'successor'
  | 'probability'
  | 'probabilitySingle'
  | 'rowScale'
  | 'changes'
  | 'products'
  | 'factors'
  | 'order'
  | 'crossOrder'
  | 'otherPtr'
  | 'other'
  | 'canStay'
  | 'cyclePtr'
  | 'cycleState'
  | 'cycleFactor'
  | 'drawing'
  | 'laws'
  | 'states'
  | 'classPtr'
  | 'tested'
  | 'near'
  | 'counts'
  | 'shift'
  | 'sums'
  | 'rewardSize'
  | 'valueSize'
  | 'bounds'
  | 'gaps'
  | 'offsets'
  | 'extremes'
  | 'extents'
  | 'rewards'
  | 'first'
  | 'best'
  | 'second'
  | 'singles'
  | 'position'
  | 'bandOrder'
  | 'right'
  | 'policy'
  | 'band'
  | 'sobol'
  | 'neighbourPtr'
  | 'neighbour'
  | 'means'
  | 'coefficients'
  | 'setPtr'
  | 'members'
  | 'sharePtr'
  | 'shareRows'
  | 'sharePlaces'
  | 'histogram';

/** The memory of a model's kernel: byte addresses of its arrays, and views of them. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly at: Readonly<Record<ArrayName, number>>;
  readonly hasBand: boolean;
  doubles(address: number, length: number): Float64Array;
  integers(address: number, length: number): Int32Array;
}

/** A memory with the model in it, and what a reduction needs; null if it would be above 2 GiB. */
export function kernelMemory(
  structure: Structure,
  climbing: ClimbOrder,
  reduction: Reduction | undefined,
): KernelMemory | null {
  const { at, top } = layout(structure, climbing, reduction);
  if (top > LARGEST_MEMORY) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / PAGE) });
  const doubles = (address: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, address, length);
  const integers = (address: number, length: number): Int32Array =>
    new Int32Array(memory.buffer, address, length);

  const rowOffsets = (states: Int32Array): Int32Array => states.map((s) => 8 * LANES * s);
  const put = (address: number, from: Int32Array): void => integers(address, from.length).set(from);
  put(at.statePtr, structure.statePtr);
  put(at.rowPtr, structure.rowPtr);
  put(at.successor, rowOffsets(structure.successor));
  doubles(at.probability, structure.probability.length).set(structure.probability);
  if (structure.longestRow > 1) {
    new Float32Array(memory.buffer, at.probabilitySingle, structure.probability.length).set(
      structure.probability,
    );
  }
  put(at.order, climbing.order);
  put(at.crossOrder, climbing.crossOrder);
  put(at.otherPtr, climbing.ptr);
  put(at.other, rowOffsets(climbing.successor));
  new Uint8Array(memory.buffer, at.canStay, structure.stateCount).set(climbing.canStay);
  put(at.cyclePtr, climbing.cyclePtr);
  put(at.cycleState, rowOffsets(climbing.cycleState));
  put(at.position, structure.position);
  const bandOrder = integers(at.bandOrder, structure.stateCount);
  structure.position.forEach((place, s) => {
    bandOrder[place] = s;
  });
  if (reduction !== undefined) {
    const { setPtr, members, controls, shares } = reduction;
    put(at.setPtr, setPtr);
    put(at.members, rowOffsets(members));
    if (controls !== undefined) {
      put(at.neighbourPtr, controls.ptr);
      put(at.neighbour, rowOffsets(controls.state));
    }
    if (shares !== undefined) {
      put(at.sharePtr, shares.ptr);
      put(at.shareRows, shares.rows);
      put(at.sharePlaces, histogramPlaces(shares));
    }
  }
  return { memory, at, hasBand: bandBytes(structure) > 0, doubles, integers };
}

function layout(
  structure: Structure,
  climbing: ClimbOrder,
  reduction: Reduction | undefined,
): { at: Record<ArrayName, number>; top: number } {
  const { stateCount, rowCount, successor } = structure;
  let top = FIRST_ADDRESS;
  const place = (bytes: number): number => {
    const address = top;
    top += Math.ceil(bytes / 64) * 64;
    return address;
  };
  const lanes = 8 * LANES;
  // Drawing writes states in pairs.
  const rows = lanes * (stateCount + (stateCount % 2));
  const band = bandBytes(structure);
  const { controls, shares } = reduction ?? {};
  const at = {
    statePtr: place(4 * (stateCount + 1)),
    rowPtr: place(4 * (rowCount + 1)),
    successor: place(4 * successor.length),
    probability: place(8 * successor.length),
    probabilitySingle: place(structure.longestRow === 1 ? 0 : 4 * successor.length),
    rowScale: place(structure.longestRow === 1 ? 0 : 8 * rowCount),
    changes: place(8 * LANES),
    products: place(16 * LANES),
    factors: place(8 * LANES),
    order: place(4 * climbing.order.length),
    crossOrder: place(4 * climbing.order.length),
    otherPtr: place(4 * climbing.ptr.length),
    other: place(4 * climbing.successor.length),
    canStay: place(stateCount),
    cyclePtr: place(4 * climbing.cyclePtr.length),
    cycleState: place(4 * climbing.cycleState.length),
    cycleFactor: place(8 * climbing.cyclePtr.length),
    drawing: place(128),
    laws: place(24 * (stateCount + 1)),
    states: place(4 * stateCount),
    classPtr: place(4 * (stateCount + 1)),
    tested: place(4 * rowCount),
    near: place(4 * rowCount),
    counts: place(4 * rowCount),
    shift: place(8 * stateCount),
    sums: place(32 * stateCount),
    // The kernel writes these two at once.
    rewardSize: place(lanes),
    valueSize: place(lanes),
    bounds: place(lanes),
    gaps: place(lanes),
    offsets: place(lanes),
    extremes: place(2 * lanes),
    extents: place(2 * lanes),
    rewards: place(rows),
    first: place(rows),
    best: place(rows),
    second: place(rows),
    singles: place(structure.longestRow === 1 ? 0 : rows),
    position: place(4 * stateCount),
    bandOrder: place(4 * stateCount),
    right: place(band > 0 ? rows : 0),
    policy: place(band > 0 ? rows : 0),
    band: place(band),
    sobol: place(reduction?.sobol ? 4 * SOBOL_WORDS * stateCount : 0),
    neighbourPtr: place(4 * (controls?.ptr.length ?? 0)),
    neighbour: place(4 * (controls?.state.length ?? 0)),
    means: place(controls === undefined ? 0 : 8 * stateCount),
    coefficients: place(controls === undefined ? 0 : 8 * stateCount),
    setPtr: place(4 * (reduction?.setPtr.length ?? 0)),
    members: place(4 * (reduction?.members.length ?? 0)),
    sharePtr: place(4 * (shares?.ptr.length ?? 0)),
    shareRows: place(4 * (shares?.rows.length ?? 0)),
    sharePlaces: place(4 * (shares?.ptr.length ?? 0)),
    histogram: place(4 * (shares === undefined ? 0 : shares.rows.length + shares.ptr.length)),
  };
  return { at, top };
}
