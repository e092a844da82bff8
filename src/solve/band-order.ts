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
  const byDegree = Int32Array.from({ length: n }, (_, s) => s).sort((a, b) => degree(a) - degree(b) || a - b);

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
      queue.subarray(first, end).sort((a, b) => degree(a) - degree(b) || a - b);
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

/** The transitions without direction, each neighbour once, as compressed rows. */
function neighbours(mdp: Mdp): { ptr: Int32Array; neighbour: Int32Array } {
  const sets: Set<number>[] = Array.from({ length: mdp.stateCount }, () => new Set());
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let k = mdp.rowPtr[mdp.choicePtr[s]!]!; k < mdp.rowPtr[mdp.choicePtr[s + 1]!]!; k++) {
      const t = mdp.successor[k]!;
      if (t === s) continue;
      sets[s]!.add(t);
      sets[t]!.add(s);
    }
  }
  const ptr = new Int32Array(mdp.stateCount + 1);
  for (let s = 0; s < mdp.stateCount; s++) ptr[s + 1] = ptr[s]! + sets[s]!.size;
  const neighbour = new Int32Array(ptr[mdp.stateCount]!);
  sets.forEach((set, s) => {
    neighbour.set(
      [...set].sort((a, b) => a - b),
      ptr[s]!,
    );
  });
  return { ptr, neighbour };
}
