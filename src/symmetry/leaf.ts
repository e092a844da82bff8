import type { Permutation } from './permutation.js';
import type { Partition } from './refine.js';

/** The end of the first path of the search, where every state has a position of its own. */
export interface Leaf {
  /** Int32 (S): the state at each position */
  readonly states: Int32Array;
  /** Int32 (S): the position of each state */
  readonly position: Int32Array;
  /** a state that was last seen moved between cells of several states: where `restStays` looks first */
  witness: number;
}

/** The positions as they are now. */
export function leafOf({ structure, elements, position }: Partition): Leaf {
  const { stateCount } = structure;
  return { states: elements.slice(0, stateCount), position: position.slice(0, stateCount), witness: 0 };
}

/**
 * Could all states that are not yet told apart stay where they are? They could if each is in the cell in which it was on
 * the first path, whose cells are the same intervals of positions (compare Darga, Sakallah & Markov 2008, DAC).
 */
export function restStays(partition: Partition, leaf: Leaf): boolean {
  const { cellOf, cellLength } = partition;
  const { position, witness } = leaf;
  const size = position.length;
  for (let i = 0, state = witness; i < size; i++, state = state + 1 === size ? 0 : state + 1) {
    const start = cellOf[state]!;
    const length = cellLength[start]!;
    const before = position[state]! - start;
    if (length > 1 && (before < 0 || before >= length)) {
      partition.work += i;
      leaf.witness = state;
      return false;
    }
  }
  return true;
}

/** States told apart go from their position on the first path to the state that is there now; the others stay. */
export function permutationHere({ elements, cellOf, cellLength }: Partition, { states }: Leaf): Permutation {
  const permutation = new Int32Array(states.length);
  for (let p = 0; p < states.length; p++) {
    const image = elements[p]!;
    if (cellLength[cellOf[image]!] === 1) permutation[states[p]!] = image;
    else permutation[image] = image;
  }
  return permutation;
}
