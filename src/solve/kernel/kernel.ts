import type { Relaxing } from '../relaxation.js';
import type { Structure } from '../structure.js';
import type { ClimbOrder } from './climb-order.js';
import { referenceKernel } from './kernel-reference.js';
import { wasmKernel } from './kernel-wasm.js';
import type { ControlTerm, Reduction } from './reduction.js';
import type { SweepBlock } from './sweep.js';

/** Laws of independent rewards that the kernel can draw by itself: R(s) = min(low + width·u, high). */
interface UniformLaws {
  /** Float64 (3·S): low, width and high of each state */
  readonly laws: Float64Array;
  /** key and purpose of the counter-based generator, as words */
  readonly keyLow: number;
  readonly keyHigh: number;
  readonly purpose: number;
  /** u are points of randomised Sobol sets, not of that generator; only for kernels with Reduction.sobol */
  readonly sobol?: SobolTables | undefined;
}

/** Randomised Sobol sets of 2^log2Size ≥ 8 points: sample i is point i mod 2^log2Size of set ⌊i/2^log2Size⌋. */
interface SobolTables {
  readonly log2Size: number;
  /**
   * Writes the tables of a set, SOBOL_WORDS (reduction.ts) a state: its direction numbers and, at 64, its shift, of 64 binary digits each,
   * lower words first, and at 66 the key of its jitter.
   */
  write(set: number, tables: Uint32Array): void;
}

/** The choices whose rows are compared: one of each class, in the states that have several classes. */
export interface ClassRows {
  /** Int32 (n): those states */
  readonly states: Int32Array;
  /** Int32 (n+1) into `rows`, Int32 */
  readonly ptr: Int32Array;
  readonly rows: Int32Array;
  /** Int32 (rows): the choices with these rows, which represent their classes */
  readonly choices: Int32Array;
}

/**
 * One model's sweeps, decisions and sums, on a block of eight reward functions, which it owns. All state-major arrays are
 * S·8; a column's numbers do not depend on its neighbours.
 */
export interface Kernel {
  readonly block: SweepBlock;
  readonly climbing: ClimbOrder;
  /** (8): max |R| and max |h| of each column, see `measure`; NaN if one is NaN, so that no certificate can pass */
  readonly rewardSize: Float64Array;
  readonly valueSize: Float64Array;
  /** (8): what `decide` compares by; the least distance it found between a state's best and second class; */
  readonly bounds: Float64Array;
  readonly gaps: Float64Array;
  /** and what `powers` adds */
  readonly offsets: Float64Array;
  /** Int32 (rows of ClassRows): how often the row's class was the only optimal one */
  readonly counts: Int32Array;
  /** slots of the sums: states, or sets of states if the kernel was made for a reduction */
  readonly slotCount: number;
  /** Int32: how often n rows of each share set were near the best (histogramPlaces in reduction.ts) */
  readonly histogram: Int32Array;
  /** (S): what `accumulate` subtracts, by slot; (S·4): its sums of d (even columns, odd columns), then of d² */
  readonly shift: Float64Array;
  readonly sums: Float64Array;
  /** `sweep` of sweep.ts on `block` */
  sweep(gamma: number): void;
  /**
   * Relative value iteration in single precision on two groups of eight, of models with uncertain rows: `narrow` takes over
   * the rewards of the first (0) or second (1) and begins with h = R, `sweepSingle` makes one sweep of sweep-single.ts and
   * its result the next h, `widen` puts h of a group into block.values: of the first before anything else is done with the
   * block, of the second at any time before the next `narrow`. Until then block.best and block.next are scratch.
   */
  narrow(half: 0 | 1): void;
  sweepSingle(gamma: number): void;
  widen(half: 0 | 1): void;
  /** Float32 (16), after sweepSingle: width of the change, and max |h|, of each column of the two groups */
  readonly singleWidth: Float32Array;
  readonly singleSize: Float32Array;
  /** block.values to climb from: R/(1 − gamma) where a state can stay, what going round circles is worth, and cycleSlack more */
  startLow(gamma: number, oneMinusGamma: number): void;
  /**
   * For models in which every row is certain: raises `block.values`, which are lower bounds of V and at least
   * R/(1 − gamma) where a state can stay, in place by V(s) = max(V(s), R(s) + gamma·max over other successors of V), states
   * in `climbing.order`, in the opposite order, in `climbing.crossOrder` and in its opposite by turns, until a whole sweep
   * changes nothing. A column that has come to rest is not changed by further sweeps.
   *
   * @returns sweeps done; `most` + 1 if values were still changing
   */
  climb(gamma: number, most: number): number;
  /**
   * For models in which every row is certain and no circle leads through two states or more: block.values = V by one pass,
   * states in `climbing.order`, successors first.
   */
  passBack(gamma: number, oneMinusGamma: number): void;
  /** Subtracts row 0 of block.values from all its rows: what is small rounds little. */
  centre(): void;
  /** Writes rewardSize (`rewards`) or valueSize (`values`). */
  measure(what: 'rewards' | 'values'): void;
  /** Draws the samples first … first+7, `first` a multiple of 8; absent where the caller has to do it. */
  draw?(uniform: UniformLaws, first: number): void;
  /** What `judge` and `decide` compare and `tally` counts from now on; counts and histogram are set to 0. */
  compare(classes: ClassRows): void;
  /**
   * For models in which every row is certain, after climbing: `centre`, `measure` of both and `sweep` in one pass, which
   * leaves block.values as they are and does not write block.next. If `decides`, and every row of a state with several is
   * compared, it does the work of `decide` as well: `gaps` are there, and column b is decided where gaps(b) > bounds(b).
   * A change that is not a number makes valueSize NaN.
   *
   * @returns whether it did the work of `decide`
   */
  judge(gamma: number, decides: boolean): boolean;
  /**
   * After a sweep: the rows within bounds(b) of the best may be optimal, if the bound is proved (rounding.ts).
   * @returns bit b: column b has a state without exactly one class that may be optimal
   */
  decide(): number;
  /** Adds to `counts` and `histogram` what the last `decide` found, in the columns whose bits are set. */
  tally(columns: number): void;
  /** block.best = factor·best + offsets(b) */
  powers(factor: number): void;
  /**
   * Writes the control variates of the rewards to block.next (reach.ts); for kernels with Reduction.controls.
   * block.values is scratch.
   * @returns sweeps
   */
  reach(factor: number): number;
  /**
   * Reduces block.best as the kernel was made for; what is left in block.values and block.next has no meaning.
   * @param control  undefined: no control variates
   */
  reduce(control: ControlTerm | undefined): void;
  /** (slots · 8): what `reduce` came to */
  slotRows(): Float64Array;
  /** Adds slotRows − shift, and its square, to `sums`. */
  accumulate(): void;
  /** Gauss–Seidel sweeps; absent where every row is certain. */
  readonly relaxing?: Relaxing;
  /** Policy iteration by elimination in a band, from block.values, see kernel.as/policies.ts; absent if the band is too wide. */
  iteratePolicies?(gamma: number, noise: number, most: number): number;
}

const known = new WeakMap<Structure | Reduction, Kernel>();

/**
 * The kernel of a model: WebAssembly SIMD, or the reference in TypeScript where the engine has none or the model does not
 * fit. They agree bit for bit, so which one it is changes the speed only.
 *
 * @param reduction  of samples of this model; it has a kernel of its own
 */
export function kernelOf(structure: Structure, reduction?: Reduction): Kernel {
  const found = known.get(reduction ?? structure);
  if (found !== undefined) return found;
  const kernel = wasmKernel(structure, reduction) ?? referenceKernel(structure, reduction);
  known.set(reduction ?? structure, kernel);
  return kernel;
}
