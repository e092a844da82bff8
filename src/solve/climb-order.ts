import { stronglyConnectedComponents } from '../mdp/components.js';
import type { Structure } from './structure.js';

/** What climbing needs of a model in which every row is certain; empty arrays for other models. */
export interface ClimbOrder {
  /** Int32 (S): states, sinks first, so that a model without circles is done in one sweep */
  readonly order: Int32Array;
  /** Int32 (S+1) and its targets: successors of each state other than itself */
  readonly ptr: Int32Array;
  readonly successor: Int32Array;
  /** Uint8 (S): 1 where a state can stay */
  readonly canStay: Uint8Array;
  /** Int32 (2·pairs): states s, t that lead to each other, at least one of which cannot stay */
  readonly pairs: Int32Array;
}

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
    return { order: none, ptr: none, successor: none, canStay, pairs: none };
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
  const pairs: number[] = [];
  for (let s = 0; s < stateCount; s++) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      const t = others[k]!;
      if (t < s || (canStay[s] === 1 && canStay[t] === 1)) continue;
      for (let back = ptr[t]!; back < ptr[t + 1]!; back++) if (others[back] === s) pairs.push(s, t);
    }
  }
  const { component } = stronglyConnectedComponents(mdp);
  const order = Int32Array.from({ length: stateCount }, (_, s) => s).sort(
    (a, b) => component[a]! - component[b]! || a - b,
  );
  return { order, ptr, successor: Int32Array.from(others), canStay, pairs: Int32Array.from(pairs) };
}
