import type { Budget } from './copy-search.js';
import { type Distribution, searchEndCopy, shapeOf } from './end-search.js';
import { distributionText } from './ends.js';

type Partial = ReadonlyMap<number, number>;

/** All involutions are gone through of at most so many states. */
const MOST_STATES = 8;

/**
 * [P22] Def. A.7: copies φ_i·A = B_i ⊆ B of all sources A among the targets B, different from A and from each other, such
 * that no φ_i changes another B_j.
 *
 * @returns the involutions, and whether there can be no more of them
 */
export function copiesOfEnds(
  sources: readonly Distribution[],
  targets: readonly Distribution[],
  budget: Budget,
): { readonly copies: readonly Partial[]; readonly isMost: boolean } {
  const apart = copiesApart(sources, targets, budget);
  const own = new Set(sources.map(distributionText));
  const [first] = sources;
  const bound = targets.filter(
    (target) => shapeOf(target) === shapeOf(first!) && !own.has(distributionText(target)),
  ).length;
  if (sources.length === 1 && apart.length === bound) return { copies: apart, isMost: true };
  const states = [...new Set([...sources, ...targets].flatMap((end) => [...end.keys()]))];
  if (states.length > MOST_STATES) return { copies: apart, isMost: targets.length < 2 };
  const all = copiesTogether(sources, targets, states, budget);
  return all.copies.length > apart.length ? all : { copies: apart, isMost: all.isMost };
}

/** Copies that share no state with the sources or each other, one after the other. */
function copiesApart(
  sources: readonly Distribution[],
  targets: readonly Distribution[],
  budget: Budget,
): Partial[] {
  const copies: Partial[] = [];
  const blocked = new Set(sources.flatMap((end) => [...end.keys()]));
  for (;;) {
    const { found } = searchEndCopy(sources, targets, budget, undefined, blocked);
    if (found === null) return copies;
    copies.push(found);
    for (const x of found.keys()) blocked.add(x);
  }
}

/** The largest set of copies that can stand together, by all involutions of the states. */
function copiesTogether(
  sources: readonly Distribution[],
  targets: readonly Distribution[],
  states: readonly number[],
  budget: Budget,
): { copies: readonly Partial[]; isMost: boolean } {
  const move = (phi: Partial, text: string): string =>
    distributionText(new Map([...shares.get(text)!].map(([x, share]) => [phi.get(x)!, share])));
  const shares = new Map([...sources, ...targets].map((end) => [distributionText(end), end]));
  const isTarget = new Set(targets.map(distributionText));
  const own = sources.map(distributionText).sort();
  const byImage = new Map<string, { readonly phi: Partial; readonly copy: readonly string[] }[]>();
  for (const phi of involutionsOf(states)) {
    budget.nodes--;
    const copy = own.map((text) => move(phi, text)).sort();
    if (copy.join(';') === own.join(';') || !copy.every((text) => isTarget.has(text))) continue;
    byImage.set(copy.join(';'), [...(byImage.get(copy.join(';')) ?? []), { phi, copy }]);
  }
  const images = [...byImage.values()];
  const keeps = (phi: Partial, copy: readonly string[]): boolean =>
    copy.every((text) => copy.includes(move(phi, text)));
  let best: Partial[] = [];
  let isMost = true;
  type Chosen = (typeof images)[number];
  const extend = (chosen: Chosen, from: number): void => {
    if (chosen.length > best.length) best = chosen.map(({ phi }) => phi);
    for (let i = from; i < images.length && chosen.length + images.length - i > best.length; i++) {
      for (const next of images[i]!) {
        if (budget.nodes-- <= 0) isMost = false;
        if (!isMost) return;
        const fits = chosen.every(({ phi, copy }) => keeps(phi, next.copy) && keeps(next.phi, copy));
        if (fits) extend([...chosen, next], i + 1);
      }
    }
  };
  extend([], 0);
  return { copies: best, isMost };
}

function* involutionsOf(states: readonly number[]): Generator<Partial> {
  const [first, ...rest] = states;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const phi of involutionsOf(rest)) yield new Map([...phi, [first, first]]);
  for (const other of rest) {
    const left = rest.filter((x) => x !== other);
    for (const phi of involutionsOf(left)) yield new Map([...phi, [first, other], [other, first]]);
  }
}
