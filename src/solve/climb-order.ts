import { stronglyConnectedComponents } from '../mdp/components.js';
import type { Mdp } from '../mdp/model.js';
import { simpleCycles } from './simple-cycles.js';
import type { Structure } from './structure.js';

/** What climbing needs of a model in which every row is certain; empty arrays for other models. */
export interface ClimbOrder {
  /** Int32 (S): states, sinks first, so that a model without circles is done in one sweep */
  readonly order: Int32Array;
  /** whether no circle leads through two states or more */
  readonly isAcyclic: boolean;
  /** Int32 (S+1) and its targets: successors of each state other than itself */
  readonly ptr: Int32Array;
  readonly successor: Int32Array;
  /** Uint8 (S): 1 where a state can stay */
  readonly canStay: Uint8Array;
  /**
   * Circles that may be worth going round for ever: states of each in order, and where each begins (cycles + 1). A circle
   * of states that can all stay is never better than staying at the best of them.
   */
  readonly cycleState: Int32Array;
  readonly cyclePtr: Int32Array;
}

/** Steps of the search for circles, and states on all of them together, for each state of the model. */
const SEARCH = 2000;
const MOST_ON_CYCLES = 16;

/** The order of climbing. */
export function climbOrder({
  mdp,
  stateCount,
  statePtr,
  rowPtr,
  successor,
  longestRow,
}: Structure): ClimbOrder {
  const canStay = new Uint8Array(stateCount);
  if (longestRow !== 1) {
    const none = new Int32Array(0);
    return {
      isAcyclic: false,
      order: none,
      ptr: none,
      successor: none,
      canStay,
      cycleState: none,
      cyclePtr: Int32Array.of(0),
    };
  }
  const ptr = new Int32Array(stateCount + 1);
  const others: number[] = [];
  for (let s = 0; s < stateCount; s++) {
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      const t = successor[rowPtr[r]!]!;
      if (t === s) canStay[s] = 1;
      else others.push(t);
    }
    ptr[s + 1] = others.length;
  }
  const { component, count } = stronglyConnectedComponents(mdp);
  const order = Int32Array.from({ length: stateCount }, (_, s) => s).sort(
    (a, b) => component[a]! - component[b]! || a - b,
  );
  const successors = Int32Array.from(others);
  const cycles = worthwhileCycles(mdp, ptr, successors, canStay);
  const cyclePtr = Int32Array.from([0, ...cycles.map(({ length }) => length)]);
  for (let c = 0; c < cycles.length; c++) cyclePtr[c + 1] = cyclePtr[c]! + cyclePtr[c + 1]!;
  const isAcyclic = count === stateCount;
  return {
    isAcyclic,
    order,
    ptr,
    successor: successors,
    canStay,
    cycleState: Int32Array.from(cycles.flat()),
    cyclePtr,
  };
}

/** All simple cycles with a state that cannot stay; of a model with too many of them, those of two states only. */
function worthwhileCycles(mdp: Mdp, ptr: Int32Array, successor: Int32Array, canStay: Uint8Array): number[][] {
  if (canStay.every((stays) => stays === 1)) return [];
  const matters = (cycle: readonly number[]): boolean => cycle.some((s) => canStay[s] === 0);
  const all = simpleCycles(mdp, SEARCH * mdp.stateCount)?.filter(matters);
  const total = all?.reduce((sum, { length }) => sum + length, 0) ?? Infinity;
  if (all !== undefined && total <= MOST_ON_CYCLES * mdp.stateCount) return all;
  const pairs: number[][] = [];
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      const t = successor[k]!;
      if (t < s || !matters([s, t])) continue;
      if (successor.subarray(ptr[t]!, ptr[t + 1]!).includes(s)) pairs.push([s, t]);
    }
  }
  return pairs;
}

/** 1/(1 − gamma^length) of each circle; 1 − gamma^n = (1 − gamma)(1 + gamma + … + gamma^(n−1)). */
export function cycleFactors(cyclePtr: Int32Array, gamma: number, oneMinusGamma: number): Float64Array {
  const factors = new Float64Array(cyclePtr.length - 1);
  for (let c = 0; c < factors.length; c++) {
    let sum = 0;
    for (let k = cyclePtr[c]!; k < cyclePtr[c + 1]!; k++) sum = 1 + gamma * sum;
    factors[c] = 1 / (oneMinusGamma * sum);
  }
  return factors;
}
