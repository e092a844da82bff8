import { ONE, type Rational, rational, rationalText, ZERO } from '../number/rational.js';
import type { ModelFile } from './build.js';

/** The moves of a grid in the order of its actions: the step to the right and the step down. */
const moves = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
  stay: [0, 0],
} as const;

type Move = keyof typeof moves;

/** The actions of a grid with their steps to the right and down. */
export function gridMoves({ stay = true }: GridOptions): (readonly [Move, readonly [number, number]])[] {
  return (Object.keys(moves) as Move[])
    .filter((move) => stay || move !== 'stay')
    .map((move) => [move, moves[move]]);
}

/** One cell of a grid that is not a wall. Column and row count from 0, the first row is the uppermost. */
export interface GridCell {
  readonly name: string;
  readonly column: number;
  readonly row: number;
  readonly terminal: boolean;
  readonly label?: string;
}

export interface GridOptions {
  /**
   * Probability that the intended action is replaced by one drawn uniformly from all actions of the grid, the intended one
   * included: of n actions the intended one happens with 1 − slip + slip/n, each other one with slip/n. Default 0.
   */
  readonly slip?: Rational;
  /** Whether there is an action `stay`. Default true. */
  readonly stay?: boolean;
}

/**
 * The transitions of a grid: an action that would lead into a wall or off the grid stays where it is. Cells of several
 * outcomes have the sum of their probabilities.
 */
export function gridTransitions(
  cells: readonly GridCell[],
  options: GridOptions = {},
): ModelFile['transitions'] {
  const { slip = ZERO } = options;
  const actions = gridMoves(options).map(([move]) => move);
  const at = new Map(cells.map((cell) => [`${cell.column},${cell.row}`, cell.name]));
  const target = (cell: GridCell, move: Move): string => {
    const [right, down] = moves[move];
    return at.get(`${cell.column + right},${cell.row + down}`) ?? cell.name;
  };
  const slipped = slip.div(rational(actions.length));
  const intended = ONE.sub(slip);
  return Object.fromEntries(
    cells
      .filter((cell) => !cell.terminal)
      .map((cell) => {
        const targets = actions.map((move) => target(cell, move));
        return [cell.name, Object.fromEntries(actions.map((move, i) => [move, row(targets, targets[i]!)]))];
      }),
  );

  function row(targets: readonly string[], wanted: string): ModelFile['transitions'][string][string] {
    if (slip.equals(ZERO)) return wanted;
    const sums = new Map<string, Rational>([[wanted, intended]]);
    for (const name of targets) sums.set(name, (sums.get(name) ?? ZERO).add(slipped));
    return Object.fromEntries([...sums].map(([name, p]) => [name, rationalText(p)]));
  }
}

/** The model of a grid of cells, with their places as layout and a label for each letter. */
export function gridModel(
  parts: { name: string; description: string; start?: string },
  cells: readonly GridCell[],
  options: GridOptions = {},
): ModelFile {
  const letters = [...new Set(cells.flatMap(({ label }) => (label === undefined ? [] : [label])))];
  const terminal = cells.filter((cell) => cell.terminal).map(({ name }) => name);
  const named = (letter: string): string[] =>
    cells.filter(({ label }) => label === letter).map(({ name }) => name);
  return {
    mdpower: 1,
    ...parts,
    states: cells.map(({ name }) => name),
    transitions: gridTransitions(cells, options),
    ...(terminal.length > 0 && { terminal }),
    ...(letters.length > 0 && {
      labels: Object.fromEntries(letters.map((letter) => [letter, named(letter)])),
    }),
    layout: Object.fromEntries(cells.map(({ name, column, row }) => [name, [column, row]])),
  };
}

/** The name of a cell in row and column, counted from 1 as lines and columns of the map are. */
export function cellName(row: number, column: number): string {
  return `r${row + 1}c${column + 1}`;
}
