import { rational } from '../../src/number/rational.js';
import { certain, type ExactModel, type ExactRow, weighted } from '../oracles/exact-model.js';

/** A seeded stream of numbers in [0, 1): the minimal standard generator (Park & Miller 1988). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

const moves = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

function target(width: number, height: number, s: number, [dx, dy]: readonly [number, number]): number {
  const [x, y] = [s % width, Math.floor(s / width)];
  const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
  return inside ? s + dx + dy * width : s;
}

/** A grid with the five moves stay, right, left, down, up; a move against the rim stays. */
export function grid(width: number, height: number): ExactModel {
  return Array.from({ length: width * height }, (_, s) =>
    moves.map((move) => certain(target(width, height, s, move))),
  );
}

/** The same with a tenth of the probability spread over all five moves. */
export function slipperyGrid(width: number, height: number): ExactModel {
  return Array.from({ length: width * height }, (_, s) =>
    moves.map((_, a) =>
      weighted(
        moves.map((move) => target(width, height, s, move)),
        moves.map((_, other) => (other === a ? 46 : 1)),
      ),
    ),
  );
}

/** A random model: three actions in each state, each with four successors. */
export function sparseModel(size: number, seed: number): ExactModel {
  const next = numbers(seed);
  const row = (): ExactRow =>
    weighted(
      Array.from({ length: 4 }, () => Math.floor(next() * size)),
      Array.from({ length: 4 }, () => 1 + Math.floor(next() * 20)),
    );
  return Array.from({ length: size }, () => [row(), row(), row()]);
}

/** Layers of states that lead to three random states of the next layer; those of the last one, and every fifth, can stay. */
export function layers(width: number, depth: number, seed: number): ExactModel {
  const next = numbers(seed);
  return Array.from({ length: width * depth }, (_, s) => {
    const layer = Math.floor(s / width);
    if (layer === depth - 1) return [certain(s)];
    const onward = Array.from({ length: 3 }, () => certain((layer + 1) * width + Math.floor(next() * width)));
    return s % 5 === 0 ? [certain(s), ...onward] : onward;
  });
}

/** A cycle 0 → 1 → … → 0. */
export function cycle(size: number): ExactModel {
  return Array.from({ length: size }, (_, s) => [certain((s + 1) % size)]);
}

/** State 0 chooses among leaves 1 … k, each absorbing. */
export function starModel(leaves: number): ExactModel {
  const ends = Array.from({ length: leaves }, (_, i) => i + 1);
  return [ends.map(certain), ...ends.map((s) => [certain(s)])];
}

/** Every state leads to every state. */
export function completeModel(size: number): ExactModel {
  const all = Array.from({ length: size }, (_, s) => s);
  return all.map(() => all.map(certain));
}

/** The row that goes to `a` with probability n/d, else to `b`. */
export function either(a: number, b: number, n: number, d: number): ExactRow {
  return a < b
    ? [
        [a, rational(n, d)],
        [b, rational(d - n, d)],
      ]
    : [
        [b, rational(d - n, d)],
        [a, rational(n, d)],
      ];
}
