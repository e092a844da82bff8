import type { Mdp } from '../mdp/model.js';

/**
 * An order of the states in which successors are near: reverse Cuthill–McKee (George & Liu 1981, §4.3) on the graph of
 * all transitions, direction forgotten. A policy's chain is a part of that graph, so its matrix has at most this
 * bandwidth, and eliminating n states costs n·bandwidth².
 *
 * @returns `position` Int32 (S), and `bandwidth`, the largest distance of two neighbours in the order
 */
export function bandOrder(mdp: Mdp): { position: Int32Array; bandwidth: number } {
  const { ptr, neighbour } = neighbours(mdp);
  const n = mdp.stateCount;
  const degree = (s: number): number => ptr[s + 1]! - ptr[s]!;
  const seen = new Uint8Array(n);
  const probed = new Uint8Array(n);
  const queue = new Int32Array(n);
  let filled = 0;
  const byDegree = orderByDegree(ptr);

  /** Breadth first from `root` into queue[from …]; returns the end. Neighbours of small degree come first. */
  const breadthFirst = (root: number, from: number, visited: Uint8Array): number => {
    let end = from;
    queue[end++] = root;
    visited[root] = 1;
    for (let at = from; at < end; at++) {
      const first = end;
      for (let k = ptr[queue[at]!]!; k < ptr[queue[at]! + 1]!; k++) {
        const t = neighbour[k]!;
        if (visited[t] === 1) continue;
        visited[t] = 1;
        queue[end++] = t;
      }
      if (end - first > 1) queue.subarray(first, end).sort((a, b) => degree(a) - degree(b) || a - b);
    }
    return end;
  };

  for (const start of byDegree) {
    if (seen[start] === 1) continue;
    // The last state of a breadth-first search lies at the rim: a good place to begin.
    const probeEnd = breadthFirst(start, filled, probed);
    const rim = queue[probeEnd - 1]!;
    filled = breadthFirst(rim, filled, seen);
  }

  const position = new Int32Array(n);
  for (let i = 0; i < n; i++) position[queue[i]!] = n - 1 - i;
  let bandwidth = 0;
  for (let s = 0; s < n; s++) {
    for (let k = ptr[s]!; k < ptr[s + 1]!; k++) {
      bandwidth = Math.max(bandwidth, Math.abs(position[s]! - position[neighbour[k]!]!));
    }
  }
  return { position, bandwidth };
}

/** Int32 (S): the states by ascending degree, equal ones by number; a counting sort. */
function orderByDegree(ptr: Int32Array): Int32Array {
  const stateCount = ptr.length - 1;
  let most = 0;
  for (let s = 0; s < stateCount; s++) most = Math.max(most, ptr[s + 1]! - ptr[s]!);
  const next = new Int32Array(most + 2);
  for (let s = 0; s < stateCount; s++) next[ptr[s + 1]! - ptr[s]! + 1]!++;
  for (let degree = 0; degree <= most; degree++) next[degree + 1]! += next[degree]!;
  const order = new Int32Array(stateCount);
  for (let s = 0; s < stateCount; s++) order[next[ptr[s + 1]! - ptr[s]!]!++] = s;
  return order;
}

/** The transitions without direction, each neighbour once and ascending, as compressed rows. */
function neighbours({ stateCount, choicePtr, rowPtr, successor }: Mdp): {
  ptr: Int32Array;
  neighbour: Int32Array;
} {
  const next = new Int32Array(stateCount + 1);
  const eachEnd = (visit: (state: number, neighbour: number) => void): void => {
    for (let s = 0; s < stateCount; s++) {
      for (let k = rowPtr[choicePtr[s]!]!; k < rowPtr[choicePtr[s + 1]!]!; k++) {
        const t = successor[k]!;
        if (t === s) continue;
        visit(s, t);
        visit(t, s);
      }
    }
  };
  eachEnd((s) => {
    next[s + 1]!++;
  });
  for (let s = 0; s < stateCount; s++) next[s + 1]! += next[s]!;
  const repeated = new Int32Array(next[stateCount]!);
  const start = next.slice();
  eachEnd((s, t) => {
    repeated[next[s]!++] = t;
  });
  const ptr = new Int32Array(stateCount + 1);
  let length = 0;
  for (let s = 0; s < stateCount; s++) {
    const all = repeated.subarray(start[s], start[s + 1]).sort();
    for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) repeated[length++] = all[i]!;
    ptr[s + 1] = length;
  }
  return { ptr, neighbour: repeated.slice(0, length) };
}
