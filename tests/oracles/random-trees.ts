import fc from 'fast-check';
import { certain, type ExactModel, type ExactRow, weighted } from './exact-model.js';

/**
 * Random trees: state k > 0 has one parent before it; a state may have an action to stay, deterministic actions to some
 * children, gambles between children, and gambles that may stay; leaves stay. Not every child need be reachable.
 */
export function randomTree(minStates: number, maxStates: number): fc.Arbitrary<ExactModel> {
  return fc.integer({ min: minStates, max: maxStates }).chain((size) =>
    fc
      .tuple(
        fc.tuple(...Array.from({ length: size - 1 }, (_, k) => fc.nat({ max: k }))),
        fc.tuple(...Array.from({ length: size }, () => fc.nat({ max: 5 }))),
      )
      .map(([parents, kinds]) => {
        const children = kinds.map((_, s) => parents.flatMap((parent, k) => (parent === s ? [k + 1] : [])));
        return kinds.map((kind, s) => actionsOf(s, children[s]!, kind));
      }),
  );
}

function actionsOf(s: number, children: readonly number[], kind: number): readonly ExactRow[] {
  if (children.length === 0) return [certain(s)];
  const [first, second, ...rest] = children;
  const moves = children.map(certain);
  if (kind === 0) return [certain(s), ...moves];
  if (kind === 1 && second !== undefined) return [weighted([first!, second], [1, 2]), ...rest.map(certain)];
  if (kind === 2 && second !== undefined)
    return [weighted([s, first!], [1, 1]), ...[second, ...rest].map(certain)];
  if (kind === 3) return [weighted([s, first!], [1, 2]), certain(s), ...rest.map(certain)];
  return moves;
}
