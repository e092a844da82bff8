import { averagePolicyIteration } from './average-policy.js';
import type { GainModel, GainNode, GainPart } from './gain-model.js';
import { rowValue } from './policy-iteration.js';
import { changeRounding } from './rounding.js';
import type { Structure } from './structure.js';

/** Proved limits of the optimal gain of one reward function: low ≤ g*(s) ≤ high. */
export interface GainBounds {
  /** Float64 (S), the same for all states of a node */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Float64 (end components): limits of the best gain within each */
  readonly stayLow: Float64Array;
  readonly stayHigh: Float64Array;
}

/** Counted work. */
export interface GainEffort {
  sweeps: number;
  finished: number;
}

/** Transitions relaxed by value iteration in an end component before policy iteration takes over. */
const FIRST_WORK = 2 ** 22;
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
  parts.forEach((part, i) => {
    const [low, high] = partBounds(part, rewards, wanted / 2, effort);
    stayLow[i] = low - rounding;
    stayHigh[i] = high + rounding;
  });
  const bounds = {
    low: new Float64Array(structure.stateCount).fill(stayLow.reduce((a, b) => Math.min(a, b))),
    high: new Float64Array(structure.stateCount).fill(stayHigh.reduce((a, b) => Math.max(a, b))),
    stayLow,
    stayHigh,
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
  for (const { leaving } of group) for (const r of leaving) pass += structure.rowPtr[r + 1]! - structure.rowPtr[r]!;
  const rounds = group.length === 1 ? 1 : Math.ceil(MOST_WORK / pass);
  for (let round = 0; round < rounds; round++) {
    let widest = 0;
    for (const { first, component, leaving } of group) {
      let [bestLow, bestHigh] = component < 0 ? [-Infinity, -Infinity] : [stayLow[component]!, stayHigh[component]!];
      for (const r of leaving) {
        bestLow = Math.max(bestLow, outsideValue(structure, node, first, r, low));
        bestHigh = Math.max(bestHigh, outsideValue(structure, node, first, r, high));
      }
      // What only copies limits rounds nothing.
      const slack = structure.longestRow === 1 ? 0 : unit * Math.max(Math.abs(bestLow), Math.abs(bestHigh)) + TINY;
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

/** Limits of the gain of one end component by itself. */
function partBounds(
  { states, structure }: GainPart,
  rewards: Float64Array,
  wanted: number,
  effort: GainEffort,
): [number, number] {
  if (structure === undefined) return [rewards[states[0]!]!, rewards[states[0]!]!];
  const own = Float64Array.from(states, (s) => rewards[s]!);
  const values = new Float64Array(own.length);
  const pass = structure.successor.length + structure.stateCount;
  const swept = valueBounds(structure, own, values, wanted, Math.ceil(FIRST_WORK / pass), effort);
  if (swept[1] - swept[0] <= 2 * wanted) return swept;
  effort.finished++;
  const start = greedyRows(structure, values);
  const found = averagePolicyIteration(structure, own, start);
  if (found === undefined) return swept;
  const proved = changeBounds(structure, own, Float64Array.from(found.bias));
  return [Math.max(swept[0], proved[0]), Math.min(swept[1], proved[1])];
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
  const { stateCount, statePtr, longestRow } = structure;
  let low = Infinity;
  let high = -Infinity;
  let [largest, largestReward] = [0, 0];
  for (let s = 0; s < stateCount; s++) {
    let best = rowValue(structure, statePtr[s]!, values);
    for (let r = statePtr[s]! + 1; r < statePtr[s + 1]!; r++) {
      const value = rowValue(structure, r, values);
      if (value > best) best = value;
    }
    const after = rewards[s]! + best;
    const change = after - values[s]!;
    if (next !== undefined) next[s] = after;
    if (change < low) low = change;
    if (change > high) high = change;
    largest = Math.max(largest, Math.abs(values[s]!));
    largestReward = Math.max(largestReward, Math.abs(rewards[s]!));
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
