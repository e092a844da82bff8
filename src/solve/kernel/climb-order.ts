import { stronglyConnectedComponents } from '../../mdp/components.js';
import type { Mdp } from '../../mdp/model.js';
import { simpleCycles } from '../simple-cycles.js';
import type { Structure } from '../structure.js';

/** What climbing needs of a model in which every row is certain; empty arrays for other models. */
export interface ClimbOrder {
  /** Int32 (S): states, sinks first, so that a model without circles is done in one sweep */
  readonly order: Int32Array;
  /** Int32 (S): sinks first too, but across the first order within a strongly connected component */
  readonly crossOrder: Int32Array;
  /** whether no circle leads through two states or more */
  readonly isAcyclic: boolean;
  /** of such a model, the steps of its longest path; else 0 */
  readonly longestPath: number;
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
  /** whether these are all of them, so that climbing needs few sweeps */
  readonly listsAllCycles: boolean;
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
      longestPath: 0,
      order: none,
      crossOrder: none,
      ptr: none,
      successor: none,
      canStay,
      cycleState: none,
      cyclePtr: Int32Array.of(0),
      listsAllCycles: false,
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
  const successors = Int32Array.from(others);
  const { cycles, listsAll } = worthwhileCycles(mdp, ptr, successors, canStay);
  const cyclePtr = Int32Array.from([0, ...cycles.map(({ length }) => length)]);
  for (let c = 0; c < cycles.length; c++) cyclePtr[c + 1] = cyclePtr[c]! + cyclePtr[c + 1]!;
  const isAcyclic = count === stateCount;
  const orders = sweepOrders(component, ptr, successors);
  return {
    isAcyclic,
    longestPath: isAcyclic ? longestPath(orders.order, ptr, successors) : 0,
    ...orders,
    ptr,
    successor: successors,
    canStay,
    cycleState: Int32Array.from(cycles.flat()),
    cyclePtr,
    listsAllCycles: listsAll,
  };
}

/** Steps of the longest path; `order` has successors first. */
function longestPath(order: Int32Array, ptr: Int32Array, successor: Int32Array): number {
  const steps = new Int32Array(order.length);
  let most = 0;
  for (const s of order) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) steps[s] = Math.max(steps[s]!, steps[successor[k]!]! + 1);
    most = Math.max(most, steps[s]!);
  }
  return most;
}

/** All simple cycles with a state that cannot stay; of a model with too many of them, those of two states only. */
function worthwhileCycles(
  mdp: Mdp,
  ptr: Int32Array,
  successor: Int32Array,
  canStay: Uint8Array,
): { cycles: number[][]; listsAll: boolean } {
  if (canStay.every((stays) => stays === 1)) return { cycles: [], listsAll: true };
  const matters = (cycle: readonly number[]): boolean => cycle.some((s) => canStay[s] === 0);
  const all = simpleCycles(mdp, SEARCH * mdp.stateCount)?.filter(matters);
  const total = all?.reduce((sum, { length }) => sum + length, 0) ?? Infinity;
  if (all !== undefined && total <= MOST_ON_CYCLES * mdp.stateCount) return { cycles: all, listsAll: true };
  const pairs: number[][] = [];
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      const t = successor[k]!;
      if (t < s || !matters([s, t])) continue;
      if (successor.subarray(ptr[t]!, ptr[t + 1]!).includes(s)) pairs.push([s, t]);
    }
  }
  return { cycles: pairs, listsAll: false };
}

/**
 * Two orders of the states, sinks first, and in each strongly connected component by distance from a state: from the
 * first one, and from one far from both ends of the first order. A way that turns often goes with one of the orders and
 * their opposites more often than with any one of them; on a grid they sweep along both diagonals. Neighbours in an
 * order are seldom neighbours in the model, so that the processor need not wait for one before it begins the next.
 */
function sweepOrders(
  component: Int32Array,
  ptr: Int32Array,
  successor: Int32Array,
): Pick<ClimbOrder, 'order' | 'crossOrder'> {
  const neighbours: number[][] = Array.from(component, () => []);
  for (let s = 0; s < component.length; s++) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      neighbours[s]!.push(successor[k]!);
      neighbours[successor[k]!]!.push(s);
    }
  }
  const by = (distance: Int32Array): Int32Array =>
    Int32Array.from(component.keys()).sort(
      (a, b) => component[a]! - component[b]! || distance[a]! - distance[b]! || a - b,
    );
  const farthest = (distance: Int32Array): number =>
    distance.reduce((most, x, s) => (x > distance[most]! ? s : most), 0);
  const first = distancesFrom(0, neighbours);
  const last = distancesFrom(farthest(first), neighbours);
  const between = farthest(first.map((x, s) => Math.min(x, last[s]!)));
  return { order: by(first), crossOrder: by(distancesFrom(between, neighbours)) };
}

/** Steps to each state; 0 where there is no way. */
function distancesFrom(start: number, neighbours: readonly (readonly number[])[]): Int32Array {
  const distance = new Int32Array(neighbours.length);
  const queue = [start];
  for (const s of queue) {
    for (const t of neighbours[s]!) {
      if (distance[t] !== 0 || t === start) continue;
      distance[t] = distance[s]! + 1;
      queue.push(t);
    }
  }
  return distance;
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

/**
 * By which part of their worth cycles are begun too high. Going round a cycle once more is rounded at each step, by no more
 * than four units of 2⁻⁵³ of its worth, gamma included; from the worth as computed values could go on rising by such a unit
 * a sweep, up to 1/(1 − gamma) times. Begun higher by that much they rest, and the certificate allows for it as for rounding.
 */
export function cycleSlack(oneMinusGamma: number): number {
  return Math.min(2 ** -51 / oneMinusGamma, 2 ** -20);
}
