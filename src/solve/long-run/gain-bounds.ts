import { rowValue } from '../policy-iteration.js';
import { changeRounding } from '../rounding.js';
import type { Structure } from '../structure.js';
import { averagePolicyIteration } from './average-policy.js';
import type { GainModel, GainNode, GainPart } from './gain-model.js';

/** Proved limits of the optimal gain of one reward function: low ≤ g*(s) ≤ high. */
export interface GainBounds {
  /** Float64 (S), the same for all states of a node */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Float64 (end components): limits of the best gain within each */
  readonly stayLow: Float64Array;
  readonly stayHigh: Float64Array;
  /** Int32 (S): for states of end components a row of a policy that is good within it; −1 for others */
  readonly within: Int32Array;
}

/** Counted work. */
export interface GainEffort {
  sweeps: number;
  finished: number;
}

/** Transitions relaxed by value iteration in an end component before policy iteration takes over, at most. */
const MOST_FIRST_WORK = 2 ** 26;
/** Sweeps that policy iteration starts from, and rounds that it usually takes. */
const PREPARING = 64;
const POLICY_ROUNDS = 6;
/** Transitions relaxed per group of nodes by interval iteration at most. */
const MOST_WORK = 2 ** 28;

/** Second-order terms, as in rounding.ts. */
const SLACK = 1.01 * 2 ** -53;
const TINY = 2 ** -1060;

/**
 * The optimal gain, that is the best long-run average reward, from every state, between proved limits: first of each end
 * component by itself, then by interval iteration over what is left, where policies cannot stay anywhere but in the end
 * components (de Alfaro 1997; Haddad & Monmege 2018; Ashok et al. 2017).
 *
 * @param rewards   Float64 (S)
 * @param rounding  how far the rewards may be from the exact ones
 * @param wanted    largest half width to try for
 */
export function gainBounds(
  model: GainModel,
  rewards: Float64Array,
  rounding: number,
  wanted: number,
  effort: GainEffort,
): GainBounds {
  const { parts, structure } = model;
  const stayLow = new Float64Array(parts.length);
  const stayHigh = new Float64Array(parts.length);
  const within = new Int32Array(structure.stateCount).fill(-1);
  parts.forEach((part, i) => {
    const [low, high] = partBounds(part, rewards, wanted / 2, effort, within);
    stayLow[i] = low - rounding;
    stayHigh[i] = high + rounding;
  });
  const bounds = {
    low: new Float64Array(structure.stateCount).fill(stayLow.reduce((a, b) => Math.min(a, b))),
    high: new Float64Array(structure.stateCount).fill(stayHigh.reduce((a, b) => Math.max(a, b))),
    stayLow,
    stayHigh,
    within,
  };
  const unit = SLACK * (structure.longestRow + 4);
  for (const group of model.groups) settleGroup(model, group, bounds, unit, wanted, effort);
  // Every state has its node's limits.
  for (let s = 0; s < structure.stateCount; s++) {
    bounds.low[s] = bounds.low[model.node[s]!]!;
    bounds.high[s] = bounds.high[model.node[s]!]!;
  }
  return bounds;
}

/** The limits of all nodes of a group, from those of the groups behind it. */
function settleGroup(
  { structure, node }: GainModel,
  group: readonly GainNode[],
  { low, high, stayLow, stayHigh }: GainBounds,
  unit: number,
  wanted: number,
  effort: GainEffort,
): void {
  let pass = 1;
  for (const { leaving } of group)
    for (const r of leaving) pass += structure.rowPtr[r + 1]! - structure.rowPtr[r]!;
  const rounds = group.length === 1 ? 1 : Math.ceil(MOST_WORK / pass);
  for (let round = 0; round < rounds; round++) {
    let widest = 0;
    for (const { first, component, leaving } of group) {
      let [bestLow, bestHigh] =
        component < 0 ? [-Infinity, -Infinity] : [stayLow[component]!, stayHigh[component]!];
      for (const r of leaving) {
        bestLow = Math.max(bestLow, outsideValue(structure, node, first, r, low));
        bestHigh = Math.max(bestHigh, outsideValue(structure, node, first, r, high));
      }
      // What only copies limits rounds nothing.
      const slack =
        structure.longestRow === 1 ? 0 : unit * Math.max(Math.abs(bestLow), Math.abs(bestHigh)) + TINY;
      low[first] = group.length === 1 ? bestLow - slack : Math.max(low[first]!, bestLow - slack);
      high[first] = group.length === 1 ? bestHigh + slack : Math.min(high[first]!, bestHigh + slack);
      widest = Math.max(widest, high[first]! - low[first]!);
    }
    if (group.length > 1) effort.sweeps++;
    if (widest <= 2 * wanted) return;
  }
}

/** The mean of `values` at the nodes that row r leads to outside its own: staying put changes nothing. */
export function outsideValue(
  { rowPtr, successor, probability }: Structure,
  node: Int32Array,
  own: number,
  r: number,
  values: Float64Array,
): number {
  let sum = 0;
  let mass = 0;
  const only = rowPtr[r + 1]! - rowPtr[r]! === 1;
  if (only) return values[node[successor[rowPtr[r]!]!]!]!;
  for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
    const to = node[successor[k]!]!;
    if (to === own) continue;
    sum += probability[k]! * values[to]!;
    mass += probability[k]!;
  }
  return sum / mass;
}

/** Limits of the gain of one end component by itself; writes its rows into `within`. */
function partBounds(
  { states, structure, rows }: GainPart,
  rewards: Float64Array,
  wanted: number,
  effort: GainEffort,
  within: Int32Array,
): [number, number] {
  if (structure === undefined) {
    const only = states[0]!;
    within[only] = rows[0]!;
    return [rewards[only]!, rewards[only]!];
  }
  const own = Float64Array.from(states, (s) => rewards[s]!);
  const values = new Float64Array(own.length);
  const swept = valueBounds(structure, own, values, wanted, sweepsWorth(structure), effort);
  const take = (policy: Int32Array): void => {
    states.forEach((s, i) => {
      within[s] = rows[policy[i]!]!;
    });
  };
  const greedy = greedyRows(structure, values);
  take(greedy);
  if (swept[1] - swept[0] <= 2 * wanted) return swept;
  effort.finished++;
  const found = averagePolicyIteration(structure, own, greedy);
  if (found === undefined) return swept;
  take(found.policy);
  const proved = changeBounds(structure, own, found.bias);
  return [Math.max(swept[0], proved[0]), Math.min(swept[1], proved[1])];
}

/** Sweeps before policy iteration is the cheaper way: some, and as many as its eliminations would cost. */
function sweepsWorth({ successor, stateCount, longestRow, eliminationWork }: Structure): number {
  const pass = successor.length + stateCount;
  const eliminations = longestRow === 1 ? 0 : POLICY_ROUNDS * eliminationWork;
  return Math.min(Math.ceil(MOST_FIRST_WORK / pass), PREPARING + Math.ceil(eliminations / pass));
}

function greedyRows(structure: Structure, values: Float64Array): Int32Array {
  const { statePtr } = structure;
  return Int32Array.from({ length: structure.stateCount }, (_, s) => {
    let best = statePtr[s]!;
    for (let r = best + 1; r < statePtr[s + 1]!; r++) {
      if (rowValue(structure, r, values) > rowValue(structure, best, values)) best = r;
    }
    return best;
  });
}

/**
 * min (T h − h) ≤ g* ≤ max (T h − h) for every vector h, T h = R + max P h (Puterman 2005, Thm. 8.5.5), with the rounding
 * of computing it. Writes T h into `next`, if given.
 */
function changeBounds(
  structure: Structure,
  rewards: Float64Array,
  values: Float64Array,
  next?: Float64Array,
): [number, number] {
  const { stateCount, statePtr, rowPtr, successor, probability, longestRow } = structure;
  let low = Infinity;
  let high = -Infinity;
  let [largest, largestReward] = [0, 0];
  for (let s = 0; s < stateCount; s++) {
    let best = -Infinity;
    const last = statePtr[s + 1]!;
    // The loop of rowValue, written out: this is where the time goes.
    for (let r = statePtr[s]!; r < last; r++) {
      const end = rowPtr[r + 1]!;
      let sum = 0;
      for (let k = rowPtr[r]!; k < end; k++) sum += probability[k]! * values[successor[k]!]!;
      if (sum > best) best = sum;
    }
    const reward = rewards[s]!;
    const value = values[s]!;
    const after = reward + best;
    const change = after - value;
    if (next !== undefined) next[s] = after;
    if (change < low) low = change;
    if (change > high) high = change;
    const size = Math.abs(value);
    if (size > largest) largest = size;
    if (Math.abs(reward) > largestReward) largestReward = Math.abs(reward);
  }
  const change = Math.max(Math.abs(low), Math.abs(high));
  const slack = changeRounding(longestRow, largest, largestReward, change);
  return [low - slack, high + slack];
}

/** Relative value iteration, half of each step, so that no policy is periodic (Puterman 2005, §8.5.4). */
function valueBounds(
  structure: Structure,
  rewards: Float64Array,
  values: Float64Array,
  wanted: number,
  sweeps: number,
  effort: GainEffort,
): [number, number] {
  const next = new Float64Array(values.length);
  let best: [number, number] = [-Infinity, Infinity];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const [low, high] = changeBounds(structure, rewards, values, next);
    effort.sweeps++;
    best = [Math.max(best[0], low), Math.min(best[1], high)];
    if (best[1] - best[0] <= 2 * wanted) break;
    const middle = (low + high) / 2;
    for (let s = 0; s < values.length; s++) values[s] = values[s]! + (next[s]! - values[s]! - middle) / 2;
  }
  return best;
}
