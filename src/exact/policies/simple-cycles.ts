import type { Rows } from './rows.js';

/**
 * The simple cycles of a deterministic model within some states that are closed under its actions, each as its states in
 * order from the least one. A path is only extended by states greater than its first from which that one can be reached
 * back, so that every step leads to a cycle sooner or later (Tiernan 1970, with this pruning).
 *
 * @returns undefined if there are more than `limit`, or more than 100 dead ends for each of these
 */
export function simpleCycles(rows: Rows, states: readonly number[], limit: number): number[][] | undefined {
  const cycles: number[][] = [];
  let steps = 0;
  for (const first of states) {
    const back = statesThatReach(rows, states, first);
    const path = [first];
    const onPath = new Set(path);
    const next = [0];
    const successors = (t: number): number[] =>
      rows[t]!.map((row) => row.successors[0]!).filter((u) => u >= first && back.has(u));
    while (path.length > 0) {
      if (++steps > 100 * (limit + states.length)) return undefined;
      const at = path.at(-1)!;
      const index = next[path.length - 1]!++;
      const options = successors(at);
      if (index >= options.length) {
        onPath.delete(at);
        path.pop();
        next.pop();
        continue;
      }
      const to = options[index]!;
      if (to === first) {
        cycles.push([...path]);
        if (cycles.length > limit) return undefined;
      } else if (!onPath.has(to)) {
        path.push(to);
        onPath.add(to);
        next.push(0);
      }
    }
  }
  return cycles;
}

/** The states ≥ first from which `first` can be reached through states ≥ first. */
function statesThatReach(rows: Rows, states: readonly number[], first: number): Set<number> {
  const before = new Map<number, number[]>();
  for (const t of states)
    if (t >= first)
      for (const row of rows[t]!) {
        const u = row.successors[0]!;
        if (u < first) continue;
        const list = before.get(u);
        if (list === undefined) before.set(u, [t]);
        else list.push(t);
      }
  const seen = new Set([first]);
  for (const t of seen) for (const u of before.get(t) ?? []) seen.add(u);
  return seen;
}
