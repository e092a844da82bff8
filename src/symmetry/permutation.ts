import type { Mdp } from '../mdp/model.js';
import { rowKey } from './row-key.js';

/**
 * A permutation φ of the states: permutation[s] = φ(s), Int32 (S). Products are written as functions:
 * compose(outer, inner) is s ↦ outer(inner(s)).
 */
export type Permutation = Int32Array;

export function identity(size: number): Permutation {
  const permutation = new Int32Array(size);
  for (let state = 0; state < size; state++) permutation[state] = state;
  return permutation;
}

export function compose(outer: Permutation, inner: Permutation): Permutation {
  return inner.map((state) => outer[state]!);
}

export function invert(permutation: Permutation): Permutation {
  const inverse = new Int32Array(permutation.length);
  for (let state = 0; state < permutation.length; state++) inverse[permutation[state]!] = state;
  return inverse;
}

/** The cycles of length 2 and more; each begins with its smallest state, and they ascend by it. */
export function cyclesOf(permutation: Permutation): number[][] {
  const cycles: number[][] = [];
  const seen = new Uint8Array(permutation.length);
  for (let first = 0; first < permutation.length; first++) {
    if (seen[first] === 1 || permutation[first] === first) continue;
    const cycle: number[] = [];
    for (let state = first; seen[state] === 0; state = permutation[state]!) {
      seen[state] = 1;
      cycle.push(state);
    }
    cycles.push(cycle);
  }
  return cycles;
}

/** The least n ≥ 1 with φⁿ = identity: the least common multiple of the cycle lengths. */
export function permutationOrder(permutation: Permutation): bigint {
  let order = 1n;
  for (const cycle of cyclesOf(permutation)) {
    const length = BigInt(cycle.length);
    let [a, b] = [order, length];
    while (b !== 0n) [a, b] = [b, a % b];
    order = (order / a) * length;
  }
  return order;
}

/**
 * Cycle notation with state names: `(left right)(up down)`, and `()` for the identity. A name that is not a plain word
 * (letters, digits, marks, symbols and `_ - . ' +`) is written as a JSON string.
 */
export function cycleNotation(permutation: Permutation, states: readonly string[]): string {
  const cycles = cyclesOf(permutation).map(
    (cycle) => `(${cycle.map((s) => stateWord(states[s]!)).join(' ')})`,
  );
  return cycles.length === 0 ? '()' : cycles.join('');
}

function stateWord(name: string): string {
  return /^[\p{L}\p{N}\p{M}\p{S}_\-.'+]+$/u.test(name) ? name : JSON.stringify(name);
}

/**
 * P_φ r for one reward vector (Turner et al. 2021, Def. 6.1): the reward moves with its state,
 * (φ·R)(φ(s)) = R(s).
 */
export function permuteRewards<T>(permutation: Permutation, rewards: readonly T[]): T[] {
  const moved = new Array<T>(rewards.length);
  for (let state = 0; state < rewards.length; state++) moved[permutation[state]!] = rewards[state]!;
  return moved;
}

/** Is this a permutation of 0 … size−1? */
function isPermutation(permutation: Int32Array, size: number): boolean {
  if (permutation.length !== size) return false;
  const seen = new Uint8Array(size);
  for (let state = 0; state < size; state++) {
    const image = permutation[state]!;
    if (image < 0 || image >= size || seen[image] === 1) return false;
    seen[image] = 1;
  }
  return true;
}

/**
 * Where an automorphism takes the choices: Int32 (C), the first choice of φ(s) whose exact row is the row of c with every
 * successor t replaced by φ(t). Null if φ is no automorphism, that is, if for some s the set of exact rows of s, moved so,
 * is not the set of exact rows of φ(s).
 *
 * This is the definition and nothing else; it shares no code with the search, and every generator passes it before it is
 * reported. O(K log) for K transitions.
 */
export function choiceImages(mdp: Mdp, permutation: Permutation): Int32Array | null {
  if (!isPermutation(permutation, mdp.stateCount)) return null;
  const images = Int32Array.from(mdp.choiceClass);
  let identityMap: Permutation | undefined;
  for (let state = 0; state < mdp.stateCount; state++) {
    const target = permutation[state]!;
    if (staysWithSuccessors(mdp, state, permutation)) continue;
    identityMap ??= identity(mdp.stateCount);
    const there = new Map<string, number>();
    for (let choice = mdp.choicePtr[target]!; choice < mdp.choicePtr[target + 1]!; choice++) {
      const key = rowKey(mdp, choice, identityMap);
      if (!there.has(key)) there.set(key, choice);
    }
    const here = new Set<string>();
    for (let choice = mdp.choicePtr[state]!; choice < mdp.choicePtr[state + 1]!; choice++) {
      const key = rowKey(mdp, choice, permutation);
      const image = there.get(key);
      if (image === undefined) return null;
      images[choice] = image;
      here.add(key);
    }
    if (here.size !== there.size) return null;
  }
  return images;
}

/** Is φ an automorphism of the environment: states permuted, actions relabelled, exact probabilities kept? */
export function isAutomorphism(mdp: Mdp, permutation: Permutation): boolean {
  return choiceImages(mdp, permutation) !== null;
}

/** Does φ fix the state and everything that can follow it in one step? Then its rows are unchanged. */
function staysWithSuccessors(mdp: Mdp, state: number, permutation: Permutation): boolean {
  if (permutation[state] !== state) return false;
  const to = mdp.rowPtr[mdp.choicePtr[state + 1]!]!;
  for (let k = mdp.rowPtr[mdp.choicePtr[state]!]!; k < to; k++) {
    if (permutation[mdp.successor[k]!] !== mdp.successor[k]) return false;
  }
  return true;
}
