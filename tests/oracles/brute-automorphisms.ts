import { rationalText } from '../../src/number/rational.js';
import type { ExactModel, ExactRow } from './exact-model.js';

/** All permutations of 0 … n−1, the identity first. n! of them: for n up to 8. */
export function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, place) => shorter.toSpliced(n - 1 - place, 0, n - 1)),
  );
}

/**
 * Oracle: the automorphisms of the environment, by trying every permutation of the states. φ is one iff for every state s
 * the set of distributions {φ·T(s,a)} is the set of distributions at φ(s); actions may be relabelled and equal rows count
 * once. Given as φ[s], the identity first. For models of up to 7 states.
 */
export function bruteAutomorphisms(model: ExactModel): number[][] {
  const available = model.map((actions) => new Set(actions.map((row) => rowText(row))));
  return permutations(model.length).filter((phi) =>
    model.every((actions, s) => {
      const images = new Set(actions.map((row) => rowText(row.map(([t, p]) => [phi[t]!, p]))));
      const wanted = available[phi[s]!]!;
      return images.size === wanted.size && [...images].every((image) => wanted.has(image));
    }),
  );
}

function rowText(row: ExactRow): string {
  return [...row]
    .sort(([a], [b]) => a - b)
    .map(([t, p]) => `${t}:${rationalText(p)}`)
    .join();
}
