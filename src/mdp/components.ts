import type { Mdp } from './model.js';

/** The strongly connected components of the union graph: s → t if some action of s leads to t with positive probability. */
export interface Components {
  readonly count: number;
  /** Int32 (S): the component of each state. Edges between components lead from greater to smaller numbers. */
  readonly component: Int32Array;
  /** Uint8 (count): 1 if no action leads out of the component, so that no policy can leave it. */
  readonly closed: Uint8Array;
}

/**
 * Strongly connected components in reverse topological order: 0 is a component that cannot be left, and each component
 * comes after all those which it can reach. O(S + K) time, no recursion, so depth does not matter.
 */
export function stronglyConnectedComponents(mdp: Mdp): Components {
  const { stateCount, choicePtr, rowPtr, successor } = mdp;
  const component = new Int32Array(stateCount);
  let count = 0;
  forEachComponent(
    mdp,
    Int32Array.from({ length: stateCount }, (_, s) => s),
    (members) => {
      for (const s of members) component[s] = count;
      count++;
    },
  );
  const closed = new Uint8Array(count).fill(1);
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]!]!; k < rowPtr[choicePtr[s + 1]!]!; k++) {
      if (component[successor[k]!] !== component[s]) closed[component[s]!] = 0;
    }
  }
  return { count, component, closed };
}

/** Scratch memory of `forEachComponent`, for callers that decompose parts of one model again and again. */
export interface ComponentScratch {
  /** 0 = not met, `finished` = its component is known, else the time it was met */
  readonly order: Int32Array;
  readonly low: Int32Array;
  readonly cursor: Int32Array;
  readonly path: Int32Array;
  readonly open: Int32Array;
}

export function componentScratch(stateCount: number): ComponentScratch {
  const array = (): Int32Array => new Int32Array(stateCount);
  return { order: array(), low: array(), cursor: array(), path: array(), open: array() };
}

const finished = 0x7fff_ffff;

/**
 * Calls `visit` with the states of each strongly connected component that is reachable from `roots`, in reverse topological
 * order (Tarjan 1972, with an explicit stack).
 *
 * @param roots    states from which the search starts
 * @param visit    gets a view that is overwritten after the call
 * @param enabled  Uint8 (K): edges with 0 are left out; all edges if it is not given
 * @param scratch  `order` must be 0 at every state that can be met
 */
export function forEachComponent(
  mdp: Mdp,
  roots: Int32Array,
  visit: (members: Int32Array) => void,
  enabled?: Uint8Array,
  scratch: ComponentScratch = componentScratch(mdp.stateCount),
): void {
  const { choicePtr, rowPtr, successor } = mdp;
  const { order, low, cursor, path, open } = scratch;
  let time = 0;
  let depth = 0;
  let openCount = 0;

  const enter = (s: number): void => {
    order[s] = low[s] = ++time;
    cursor[s] = rowPtr[choicePtr[s]!]!;
    path[depth++] = s;
    open[openCount++] = s;
  };

  for (const root of roots) {
    if (order[root] !== 0) continue;
    enter(root);
    while (depth > 0) {
      const s = path[depth - 1]!;
      if (cursor[s]! < rowPtr[choicePtr[s + 1]!]!) {
        const k = cursor[s]!++;
        if (enabled !== undefined && enabled[k] === 0) continue;
        const t = successor[k]!;
        if (order[t] === 0) enter(t);
        else if (order[t]! < low[s]!) low[s] = order[t]!;
        continue;
      }
      depth--;
      if (low[s] === order[s]) {
        let first = openCount;
        do first--;
        while (open[first] !== s);
        // A finished state is later than every other, so that edges to it lower nothing.
        for (let i = first; i < openCount; i++) order[open[i]!] = low[open[i]!] = finished;
        visit(open.subarray(first, openCount));
        openCount = first;
      }
      if (depth > 0) {
        const parent = path[depth - 1]!;
        if (low[s]! < low[parent]!) low[parent] = low[s]!;
      }
    }
  }
}
