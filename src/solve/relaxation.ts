import type { Discount } from '../number/discount.js';
import { LANES, type SweepBlock } from './kernel/sweep.js';
import { rowNoise } from './rounding.js';
import type { Structure } from './structure.js';

/**
 * Gauss–Seidel sweeps of the Bellman equation solved for V(s) in each row, so that self-loops cost no sweeps (Puterman 1994,
 * §6.3.3): V(s) ← max_r (R(s) + gamma·Σ_{t≠s} p_r(t) V(t))/(1 − gamma·p_r(s)), written as V(s) plus the change of each row
 * over 1 − gamma·p_r(s). Part of a kernel; block.best and block.next are its scratch.
 */
export interface Relaxing {
  /** (8): max |change| of each column in the second of the last two sweeps */
  readonly changes: Float64Array;
  /** (8): of each column, after `step`: the inner product of the last two differences, and of the earlier one with itself */
  readonly products: Float64Array;
  readonly squares: Float64Array;
  /** (8): for `extrapolate` */
  readonly factors: Float64Array;
  /** Two sweeps of block.values in place: over the states in order, and in the opposite order. */
  relax(gamma: number): void;
  /** block.next = block.values less what they were at the last step (block.best), which they become. */
  step(): void;
  /** block.values, and what they were at the last step, += factors(b)·block.next. */
  extrapolate(): void;
}

/** Steps of two sweeps between two extrapolations of a column, and where they do not help. */
const LEAST_WAIT = 2;
const LONGEST_WAIT = 64;
/** Changes have to become smaller by this factor from one extrapolation to the next. */
const HELPS = 0.5;

const steps = new Int32Array(LANES);
const waits = new Int32Array(LANES);
const earlier = new Float64Array(LANES);
const noise = new Float64Array(LANES);

/** block.values to relax from: R + gamma·min R/(1 − gamma), a lower bound of V. */
export function startRelaxing({ rewards, values }: SweepBlock, { gamma, oneMinusGamma }: Discount): void {
  for (let b = 0; b < LANES; b++) {
    let least = Infinity;
    for (let i = b; i < rewards.length; i += LANES) if (rewards[i]! < least) least = rewards[i]!;
    const later = (gamma * least) / oneMinusGamma;
    for (let i = b; i < rewards.length; i += LANES) values[i] = rewards[i]! + later;
  }
}

/**
 * Relaxes block.values until no change of a column is above half its target, or all are down to rounding, or the sweeps are
 * used up. The slowest part of the error shrinks by some ratio in every step; once two differences show it, that part is
 * taken away at once (Aitken's δ² on the whole vector, with the ratio of least squares). It is only ever a guess: what comes
 * out is certified by others.
 *
 * @param target      (8): widths of the change of a sweep of the original operator, which is at most twice the last change
 * @param rewardSize  (8): max |R| of each column
 * @returns sweeps done, and whether rounding ended them
 */
export function relaxTo(
  { relaxing, block, rewardSize }: { relaxing: Relaxing; block: SweepBlock; rewardSize: Float64Array },
  structure: Structure,
  { gamma, oneMinusGamma }: Discount,
  target: Float64Array,
  most: number,
): { readonly sweeps: number; readonly isFloor: boolean } {
  const { changes, products, squares, factors } = relaxing;
  steps.fill(0);
  waits.fill(LEAST_WAIT);
  earlier.fill(Infinity);
  // Rounding of a row's change is multiplied by its scale.
  const largestScale = 1 / (1 - gamma * stayProbabilities(structure).largest);
  rewardSize.forEach((size, b) => {
    noise[b] = 2 * rowNoise(structure.longestRow, size / oneMinusGamma) * largestScale;
  });
  block.best.set(block.values);
  block.next.fill(0);
  for (let sweeps = 2; ; sweeps += 2) {
    relaxing.relax(gamma);
    let isOpen = false;
    let isFloor = false;
    for (let b = 0; b < LANES; b++) {
      if (2 * changes[b]! <= target[b]!) continue;
      if (changes[b]! <= noise[b]!) isFloor = true;
      else isOpen = true;
    }
    if (!isOpen || sweeps >= most) return { sweeps, isFloor };
    relaxing.step();
    let extrapolates = false;
    for (let b = 0; b < LANES; b++) {
      factors[b] = 0;
      if (2 * changes[b]! <= target[b]! || ++steps[b]! < waits[b]!) continue;
      waits[b] = changes[b]! > HELPS * earlier[b]! ? Math.min(2 * waits[b]!, LONGEST_WAIT) : LEAST_WAIT;
      earlier[b] = changes[b]!;
      const ratio = products[b]! / squares[b]!;
      const factor = ratio / (1 - ratio);
      // What rounding has put into the difference has to stay smaller than what is taken away.
      if (!(ratio > 0 && ratio < 1 && factor * noise[b]! < changes[b]!)) continue;
      factors[b] = factor;
      steps[b] = 0;
      extrapolates = true;
    }
    if (extrapolates) relaxing.extrapolate();
  }
}

/** Of each row, the probability that it stays in its state, and the largest of them. */
interface StayProbabilities {
  readonly ofRow: Float64Array;
  readonly largest: number;
}

const known = new WeakMap<Structure, StayProbabilities>();

/** 1/(1 − gamma·p) for each row, p the probability that it stays in its state. Float64 (D), written into `scales`. */
export function rowScales(structure: Structure, gamma: number, scales: Float64Array): void {
  const { ofRow } = stayProbabilities(structure);
  for (let r = 0; r < ofRow.length; r++) scales[r] = 1 / (1 - gamma * ofRow[r]!);
}

function stayProbabilities(structure: Structure): StayProbabilities {
  const found = known.get(structure);
  if (found !== undefined) return found;
  const { stateCount, statePtr, rowPtr, successor, probability, rowCount } = structure;
  const ofRow = new Float64Array(rowCount);
  let largest = 0;
  for (let s = 0; s < stateCount; s++) {
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
        if (successor[k] === s) ofRow[r] = ofRow[r]! + probability[k]!;
      }
      largest = Math.max(largest, ofRow[r]!);
    }
  }
  const stay = { ofRow, largest };
  known.set(structure, stay);
  return stay;
}
