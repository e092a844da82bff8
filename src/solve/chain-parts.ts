import type { Structure } from './structure.js';

/** The strongly connected parts of the chain of a policy, sinks first. Arrays are reused from policy to policy. */
export interface ChainParts {
  count: number;
  /** Int32 (S+1): part i holds member[ptr[i]] … member[ptr[i+1]−1] */
  readonly ptr: Int32Array;
  /** Int32 (S) */
  readonly member: Int32Array;
  /** Int32 (S): the part of a state */
  readonly part: Int32Array;
  /** scratch of the search */
  readonly index: Int32Array;
  readonly low: Int32Array;
  readonly stack: Int32Array;
  readonly path: Int32Array;
  readonly edge: Int32Array;
}

/** Room for the parts of chains on S states. */
export function emptyChainParts(stateCount: number): ChainParts {
  const room = (): Int32Array => new Int32Array(stateCount);
  return {
    count: 0,
    ptr: new Int32Array(stateCount + 1),
    member: room(),
    part: room(),
    index: room(),
    low: room(),
    stack: room(),
    path: room(),
    edge: room(),
  };
}

/**
 * Finds the parts by Tarjan's search (1972), without recursion; a part is found after all parts it leads to.
 *
 * @param policy Int32 (S), the row chosen in each state
 */
export function findChainParts(structure: Structure, policy: Int32Array, parts: ChainParts): void {
  const { stateCount, rowPtr, successor } = structure;
  const { ptr, member, part, index, low, stack, path, edge } = parts;
  index.fill(-1);
  part.fill(-1);
  let counter = 0;
  let stacked = 0;
  let filled = 0;
  parts.count = 0;
  for (let root = 0; root < stateCount; root++) {
    if (index[root] !== -1) continue;
    let depth = 0;
    path[0] = root;
    edge[0] = rowPtr[policy[root]!]!;
    index[root] = low[root] = counter++;
    stack[stacked++] = root;
    while (depth >= 0) {
      const s = path[depth]!;
      const k = edge[depth]!;
      if (k < rowPtr[policy[s]! + 1]!) {
        edge[depth] = k + 1;
        const t = successor[k]!;
        if (index[t] === -1) {
          index[t] = low[t] = counter++;
          stack[stacked++] = t;
          depth++;
          path[depth] = t;
          edge[depth] = rowPtr[policy[t]!]!;
        } else if (part[t] === -1 && index[t]! < low[s]!) {
          low[s] = index[t]!;
        }
        continue;
      }
      if (low[s] === index[s]) {
        let t: number;
        do {
          t = stack[--stacked]!;
          part[t] = parts.count;
          member[filled++] = t;
        } while (t !== s);
        parts.count++;
        ptr[parts.count] = filled;
      }
      depth--;
      if (depth >= 0 && low[s]! < low[path[depth]!]!) low[path[depth]!] = low[s]!;
    }
  }
}
