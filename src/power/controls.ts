import type { Mdp } from '../mdp/model.js';
import type { DiscountedMaximum } from '../rewards/source.js';
import { kernelOf } from '../solve/kernel/kernel.js';
import { noReduction, type ReachedStates, type Reduction } from '../solve/kernel/reduction.js';
import { LANES } from '../solve/kernel/sweep.js';
import { structureOf } from '../solve/structure.js';

/**
 * Control variates of every state: the discounted maxima of solve/kernel/reach.ts, at the discount factor gamma. The optimal value
 * is governed by the best reward that is worth its way; rewards that are independent with one law make the maximum one of
 * independent variables, whose mean is known (rewards/discounted-maximum.ts).
 */
export interface Controls extends ReachedStates {
  /** profiles[k][d]: how many states are d + 1 steps away */
  readonly profiles: readonly Int32Array[];
  /** Int32 (S): the number of each state's profile */
  readonly profileOf: Int32Array;
}

/** The controls of a model; null if looking for all distances takes more than `budget` steps. */
export function reachControls(mdp: Mdp, floor: number, budget: number): Controls | null {
  const { stateCount } = mdp;
  const { ptr, state } = successors(mdp);
  if (stateCount * (stateCount + state.length) > budget) return null;
  const profiles: Int32Array[] = [];
  const known = new Map<string, number>();
  const profileOf = new Int32Array(stateCount);
  const seen = new Int32Array(stateCount).fill(-1);
  for (let s = 0; s < stateCount; s++) {
    const counts = distances(ptr, state, s, seen);
    const key = counts.join();
    let profile = known.get(key);
    if (profile === undefined) {
      profile = profiles.push(Int32Array.from(counts)) - 1;
      known.set(key, profile);
    }
    profileOf[s] = profile;
  }
  return { ptr, state, floor, profiles, profileOf };
}

/** How many states are 1, 2, … steps from s, on a shortest way. @param seen  marks of s are left in it */
function distances(ptr: Int32Array, state: Int32Array, s: number, seen: Int32Array): number[] {
  const counts: number[] = [];
  let layer = [s];
  while (layer.length > 0) {
    const next: number[] = [];
    for (const from of layer) {
      for (let k = ptr[from]; k < ptr[from + 1]; k++) {
        if (seen[state[k]] === s) continue;
        seen[state[k]] = s;
        next.push(state[k]);
      }
    }
    if (next.length > 0) counts.push(next.length);
    layer = next;
  }
  return counts;
}

/** The distinct states one step from each state. */
function successors({ stateCount, choicePtr, rowPtr, successor }: Mdp): Pick<ReachedStates, 'ptr' | 'state'> {
  const ptr = new Int32Array(stateCount + 1);
  const state: number[] = [];
  const seen = new Int32Array(stateCount).fill(-1);
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]]; k < rowPtr[choicePtr[s + 1]]; k++) {
      if (seen[successor[k]] === s) continue;
      seen[successor[k]] = s;
      state.push(successor[k]);
    }
    ptr[s + 1] = state.length;
  }
  return { ptr, state: Int32Array.from(state) };
}

/** Float64 (S): the means of the controls at a discount factor; null where they would take too long. */
export function controlMeans(
  { profiles, profileOf }: Controls,
  law: DiscountedMaximum,
  factor: number,
): Float64Array | null {
  const means = law.means(factor, profiles);
  return means && Float64Array.from(profileOf, (profile) => means[profile]);
}

/** The reductions whose kernels compute controls, and nothing else. */
const reductions = new WeakMap<Controls, Reduction>();

/** Float64 (S·B): the controls of a block of rewards (S·B), and the most sweeps that eight columns took. */
export function controlsOf(
  mdp: Mdp,
  controls: Controls,
  rewards: Float64Array,
  factor: number,
): { maxima: Float64Array; sweeps: number } {
  const { stateCount } = mdp;
  const reduction = reductions.get(controls) ?? noReduction(stateCount, { controls, sobol: false });
  reductions.set(controls, reduction);
  const kernel = kernelOf(structureOf(mdp), reduction);
  const columns = rewards.length / stateCount;
  const maxima = new Float64Array(rewards.length);
  let sweeps = 0;
  for (let first = 0; first < columns; first += LANES) {
    const count = Math.min(LANES, columns - first);
    kernel.block.rewards.fill(controls.floor);
    copyColumns(rewards, columns, first, kernel.block.rewards, LANES, 0, count);
    sweeps = Math.max(sweeps, kernel.reach(factor));
    copyColumns(kernel.block.next, LANES, 0, maxima, columns, first, count);
  }
  return { maxima, sweeps };
}

/** Copies columns from …, `count` of them, of a row-major array to columns to … of another one. */
function copyColumns(
  source: Float64Array,
  width: number,
  from: number,
  target: Float64Array,
  targetWidth: number,
  to: number,
  count: number,
): void {
  for (let i = from, j = to; i < source.length; i += width, j += targetWidth) {
    for (let b = 0; b < count; b++) target[j + b] = source[i + b];
  }
}
