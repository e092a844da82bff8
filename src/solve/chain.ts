import type { Discount } from '../number/discount.js';
import { type ChainParts, emptyChainParts, findChainParts } from './chain-parts.js';
import { backSubstitute, type Eliminated, eliminate, emptyMatrix } from './elimination.js';
import { eliminationWork, type Structure } from './structure.js';

/** A policy's chain, made ready for solving (I − gamma·P) x = r again and again. */
export interface Chain {
  readonly structure: Structure;
  readonly discount: Discount;
  /** Int32 (S): the row chosen in each state */
  readonly policy: Int32Array;
  readonly parts: ChainParts;
  /** per part that is neither a single state nor a simple cycle */
  readonly matrices: Map<number, Eliminated>;
  readonly local: Int32Array;
}

/** Multiply-adds of the largest elimination that is tried, a few seconds; larger chains are left to value iteration. */
const LARGEST_ELIMINATION = 2 ** 32;

/** Entries of the largest matrix that is made: 512 MiB. */
const LARGEST_MATRIX = 2 ** 26;

/** Room for chains of one structure and discount. */
export function emptyChain(structure: Structure, discount: Discount): Chain {
  return {
    structure,
    discount,
    policy: new Int32Array(structure.stateCount),
    parts: emptyChainParts(structure.stateCount),
    matrices: new Map(),
    local: new Int32Array(structure.stateCount),
  };
}

/**
 * Makes `chain.policy` ready: strongly connected parts, sinks first; cycles are put in their order; other parts are
 * factored. Returns the multiply-adds spent, or −1 if a part is too large for elimination.
 */
export function prepareChain(chain: Chain): number {
  const { structure, policy, parts, matrices } = chain;
  findChainParts(structure, policy, parts);
  matrices.clear();
  let work = 0;
  for (let i = 0; i < parts.count; i++) {
    const size = parts.ptr[i + 1]! - parts.ptr[i]!;
    if (size === 1 || orderCycle(chain, i)) continue;
    const spent = factorPart(chain, i);
    if (spent < 0) return -1;
    work += spent;
  }
  return work;
}

/** If every state of part i has exactly one successor in it, puts the states into the order of the cycle. */
function orderCycle({ structure, policy, parts }: Chain, i: number): boolean {
  const { rowPtr, successor } = structure;
  const { ptr, member, part, path } = parts;
  const size = ptr[i + 1]! - ptr[i]!;
  let s = member[ptr[i]!]!;
  for (let n = 0; n < size; n++) {
    path[n] = s;
    let next = -1;
    for (let k = rowPtr[policy[s]!]!; k < rowPtr[policy[s]! + 1]!; k++) {
      if (part[successor[k]!] !== i) continue;
      if (next !== -1) return false;
      next = successor[k]!;
    }
    s = next;
  }
  // A walk with one successor each in a strongly connected part visits all of it.
  for (let n = 0; n < size; n++) member[ptr[i]! + n] = path[n]!;
  return true;
}

function factorPart(chain: Chain, i: number): number {
  const { structure, discount, policy, parts, local } = chain;
  const { rowPtr, successor, probability, position } = structure;
  const { ptr, member, part } = parts;
  const states = member.subarray(ptr[i]!, ptr[i + 1]!).sort((a, b) => position[a]! - position[b]!);
  for (let n = 0; n < states.length; n++) local[states[n]!] = n;
  let bandwidth = 0;
  for (const s of states) {
    for (let k = rowPtr[policy[s]!]!; k < rowPtr[policy[s]! + 1]!; k++) {
      const t = successor[k]!;
      if (part[t] === i) bandwidth = Math.max(bandwidth, Math.abs(local[s]! - local[t]!));
    }
  }
  const work = eliminationWork(states.length, bandwidth);
  const room = states.length * Math.min(states.length, 2 * bandwidth + 1);
  if (work > LARGEST_ELIMINATION || room > LARGEST_MATRIX) return -1;
  const matrix = emptyMatrix(states.length, bandwidth);
  const excess = new Float64Array(states.length);
  for (let n = 0; n < states.length; n++) {
    const r = policy[states[n]!]!;
    let leaving = 0;
    for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
      const t = successor[k]!;
      if (part[t] === i)
        matrix.entries[n * matrix.step + matrix.shift + local[t]!] = discount.gamma * probability[k]!;
      else leaving += probability[k]!;
    }
    excess[n] = discount.oneMinusGamma + discount.gamma * leaving;
  }
  eliminate(matrix, excess);
  chain.matrices.set(i, matrix);
  return work;
}

/**
 * Solves x = r + gamma·P x for the prepared chain, sinks first. Sums of what is positive only, as long as r ≥ 0: the
 * relative error stays small for every gamma < 1.
 *
 * @param right Float64 (S)
 * @param x     Float64 (S), written; may be `right`
 */
export function solveChain(chain: Chain, right: Float64Array, x: Float64Array): void {
  const { structure, discount, policy, parts, matrices } = chain;
  const { rowPtr, successor, probability } = structure;
  const { ptr, member, part } = parts;
  const { gamma } = discount;
  for (let i = 0; i < parts.count; i++) {
    const start = ptr[i]!;
    const end = ptr[i + 1]!;
    const matrix = matrices.get(i);
    // What comes from the parts behind this one.
    for (let n = start; n < end; n++) {
      const s = member[n]!;
      const r = policy[s]!;
      let outside = 0;
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
        const t = successor[k]!;
        if (part[t] !== i) outside += probability[k]! * x[t]!;
      }
      x[s] = right[s]! + gamma * outside;
    }
    if (matrix === undefined) {
      solveCycle(chain, i, x);
    } else {
      const solution = new Float64Array(end - start);
      for (let n = start; n < end; n++) solution[n - start] = x[member[n]!]!;
      backSubstitute(matrix, solution);
      for (let n = start; n < end; n++) x[member[n]!] = solution[n - start]!;
    }
  }
}

/**
 * A simple cycle s_0 → s_1 → … → s_0, or a single state, with x_i = r_i + c_i·x_{i+1}:
 *
 *     x_0 = (r_0 + c_0 r_1 + c_0 c_1 r_2 + …) / (1 − c_0 c_1 …),   1 − Π c_i = e_0 + c_0 e_1 + c_0 c_1 e_2 + …
 *
 * with e_i = 1 − c_i = (1 − gamma) + gamma·(probability of leaving the cycle), again without subtraction.
 */
function solveCycle({ structure, discount, policy, parts }: Chain, i: number, x: Float64Array): void {
  const { rowPtr, successor, probability } = structure;
  const { ptr, member, part } = parts;
  const { gamma, oneMinusGamma } = discount;
  const start = ptr[i]!;
  const end = ptr[i + 1]!;
  let product = 1;
  let sum = 0;
  let missing = 0;
  for (let n = start; n < end; n++) {
    const r = policy[member[n]!]!;
    let leaving = 0;
    let staying = 0;
    for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
      if (part[successor[k]!] === i) staying = probability[k]!;
      else leaving += probability[k]!;
    }
    if (staying === 0) return;
    sum += product * x[member[n]!]!;
    missing += product * (oneMinusGamma + gamma * leaving);
    product *= gamma * staying;
  }
  x[member[start]!] = sum / missing;
  for (let n = end - 1; n > start; n--) {
    const r = policy[member[n]!]!;
    const next = member[n + 1 < end ? n + 1 : start]!;
    for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
      if (successor[k] === next) x[member[n]!] = x[member[n]!]! + gamma * probability[k]! * x[next]!;
    }
  }
}
