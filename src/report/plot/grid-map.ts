import type { Mdp } from '../../mdp/model.js';

/** A gridworld as it lies on the plane: columns to the right, rows down, both from 0. */
export interface GridMap {
  readonly columns: number;
  readonly rows: number;
  /** (S) */
  readonly cells: readonly { readonly column: number; readonly row: number }[];
  /** cells of the rectangle that no state stands on */
  readonly walls: readonly { readonly column: number; readonly row: number }[];
}

/**
 * The map of a model that is a gridworld: every state has a place of its own with whole coordinates, in at least two rows
 * and columns, and every transition leads to the same or a neighbouring place. Null for any other model.
 */
export function gridMap({ layout, stateCount, choicePtr, rowPtr, successor }: Mdp): GridMap | null {
  const places = layout.filter((place) => place !== null);
  if (places.length < stateCount || !places.every((place) => place.every(Number.isInteger))) return null;
  const [left, right] = extent(places.map(([x]) => x));
  const [top, bottom] = extent(places.map(([, y]) => y));
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  if (columns < 2 || rows < 2 || columns * rows > 100 * stateCount) return null;
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]!]!; k < rowPtr[choicePtr[s + 1]!]!; k++) {
      const [x, y] = places[successor[k]!]!;
      if (Math.abs(x - places[s]![0]) + Math.abs(y - places[s]![1]) > 1) return null;
    }
  }
  const cells = places.map(([x, y]) => ({ column: x - left, row: y - top }));
  const taken = new Set(cells.map(({ column, row }) => row * columns + column));
  if (taken.size < stateCount) return null;
  const all = Array.from({ length: columns * rows }, (_, index) => index);
  return {
    columns,
    rows,
    cells,
    walls: all
      .filter((index) => !taken.has(index))
      .map((index) => ({ column: index % columns, row: Math.floor(index / columns) })),
  };
}

function extent(numbers: readonly number[]): [number, number] {
  return numbers.reduce(
    ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Where a choice of a gridworld mostly leads. */
export interface Move {
  /** index of the choice in the model */
  readonly choice: number;
  /** −1, 0 or 1; both 0 for staying */
  readonly right: number;
  readonly down: number;
}

/** The distinct choices of a state with the direction of their most probable successor; none if nothing is to be chosen. */
export function movesOf(mdp: Mdp, { cells }: GridMap, state: number): Move[] {
  const moves: Move[] = [];
  for (let c = mdp.choicePtr[state]!; c < mdp.choicePtr[state + 1]!; c++) {
    if (mdp.choiceClass[c] !== c) continue;
    let likeliest = mdp.rowPtr[c]!;
    for (let k = likeliest; k < mdp.rowPtr[c + 1]!; k++) {
      if (mdp.probability[k]! > mdp.probability[likeliest]!) likeliest = k;
    }
    const to = cells[mdp.successor[likeliest]!]!;
    moves.push({
      choice: c,
      right: to.column - cells[state]!.column,
      down: to.row - cells[state]!.row,
    });
  }
  return moves.length > 1 ? moves : [];
}
