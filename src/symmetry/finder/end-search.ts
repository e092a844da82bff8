import type { Budget } from './copy-search.js';

/** A recurrent state distribution: state to its share, as a text that is the same for equal numbers. */
export type Distribution = ReadonlyMap<number, string>;

/** The search goes as deep as there are sources and states in them; deeper ones are not begun. */
const DEEPEST = 1000;

/**
 * An involution φ that takes every source to one of the targets: backtracking over targets with the same shares and over
 * where the states go.
 *
 * @param blocked states that must not be used as images
 * @param accept  goes on if it says no to a solution
 * @returns φ on the states that matter, or null; `complete` is false if the budget ended the search
 */
export function searchEndCopy(
  sources: readonly Distribution[],
  targets: readonly Distribution[],
  budget: Budget,
  accept: (phi: ReadonlyMap<number, number>) => boolean = () => true,
  blocked: ReadonlySet<number> = new Set(),
): { readonly found: ReadonlyMap<number, number> | null; readonly complete: boolean } {
  if (sources.reduce((depth, source) => depth + 1 + source.size, 0) > DEEPEST)
    return { found: null, complete: false };
  const phi = new Map<number, number>();
  let found: ReadonlyMap<number, number> | null = null;
  let complete = true;
  const byShape = new Map<string, Distribution[]>();
  for (const target of targets) {
    if ([...target.keys()].some((x) => blocked.has(x))) continue;
    byShape.set(shapeOf(target), [...(byShape.get(shapeOf(target)) ?? []), target]);
  }
  const place = (index: number): boolean => {
    const source = sources[index];
    if (source === undefined) {
      const solution = new Map(phi);
      if (accept(solution)) found = solution;
      return found !== null;
    }
    const similar = byShape.get(shapeOf(source)) ?? [];
    return similar.some((target) => send(source, target, () => place(index + 1)));
  };
  const send = (source: Distribution, target: Distribution, then: () => boolean): boolean => {
    if (budget.nodes-- <= 0) complete = false;
    if (!complete) return false;
    const isKept = (x: number, to: number): boolean => source.get(x) === target.get(to);
    for (const x of [...source.keys(), ...target.keys()]) {
      const to = phi.get(x);
      if (to !== undefined && !(isKept(x, to) && isKept(to, x))) return false;
    }
    const open = [...source.keys()].find((x) => !phi.has(x));
    if (open === undefined) return then();
    for (const to of target.keys()) {
      if (phi.has(to) || !isKept(open, to)) continue;
      phi.set(open, to).set(to, open);
      if (send(source, target, then)) return true;
      phi.delete(open);
      phi.delete(to);
    }
    return false;
  };
  place(0);
  return { found, complete };
}

/** The same for distributions that some permutation takes to each other, and for no others. */
export function shapeOf(distribution: Distribution): string {
  return [...distribution.values()].sort().join();
}
