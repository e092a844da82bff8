import type { Budget } from './copy-search.js';

type Cycle = readonly number[];

/**
 * An involution φ that takes every source cycle, as a set of states, to one of the targets: backtracking over targets of
 * the same length and over where the states go.
 *
 * @param blocked states that must not be used as images
 * @param accept  goes on if it says no to a solution
 * @returns φ on the states that matter, or null; `complete` is false if the budget ended the search
 */
export function searchCycleCopy(
  sources: readonly Cycle[],
  targets: readonly Cycle[],
  budget: Budget,
  accept: (phi: ReadonlyMap<number, number>) => boolean = () => true,
  blocked: ReadonlySet<number> = new Set(),
): { readonly found: ReadonlyMap<number, number> | null; readonly complete: boolean } {
  const phi = new Map<number, number>();
  let found: ReadonlyMap<number, number> | null = null;
  let complete = true;
  const free = targets.filter((target) => !target.some((x) => blocked.has(x)));
  const place = (index: number): boolean => {
    const source = sources[index];
    if (source === undefined) {
      const solution = new Map(phi);
      if (accept(solution)) found = solution;
      return found !== null;
    }
    return free.some(
      (target) => target.length === source.length && send(source, target, () => place(index + 1)),
    );
  };
  const send = (source: Cycle, target: Cycle, then: () => boolean): boolean => {
    if (budget.nodes-- <= 0) complete = false;
    if (!complete) return false;
    const isKept = (x: number, to: number): boolean =>
      (!source.includes(x) || target.includes(to)) && (!target.includes(to) || source.includes(x));
    if (
      ![...source, ...target].every((x) => !phi.has(x) || (isKept(x, phi.get(x)!) && isKept(phi.get(x)!, x)))
    ) {
      return false;
    }
    const open = source.find((x) => !phi.has(x));
    if (open === undefined) return then();
    return target.some((to) => {
      if (phi.has(to)) return false;
      phi.set(open, to).set(to, open);
      if (send(source, target, then)) return true;
      phi.delete(open);
      phi.delete(to);
      return false;
    });
  };
  place(0);
  return { found, complete };
}
