import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { ResultDocument } from '../document.js';
import { type AtGamma, atGamma, shortPower } from './at-gamma.js';
import { type Chart, chart } from './chart.js';
import { type GridMap, gridMap, type Move, movesOf } from './grid-map.js';
import { inkOnScale, SCALE_RANGE, WALL } from './palette.js';
import { shownName, subtitle } from './subtitle.js';

/** Side of a cell in pixels, and what a map should not be wider than. */
const LARGEST_CELL = 64;
const SMALLEST_CELL = 8;
const WIDEST = 720;
/** Below these sizes of a cell its number, or its arrows, are left out. */
const ROOM_FOR_TEXT = 44;
const ROOM_FOR_ARROWS = 36;
/** Smaller cells have the best move alone, in their middle; below this size none. */
const ROOM_FOR_BEST = 12;

/**
 * A gridworld as a map: cells coloured by POWER, walls grey, in each cell a triangle for every direction and a dot for
 * staying, whose area is the probability that this is optimal.
 * @throws {UserError} usage: the model is no gridworld
 */
export function gridChart(document: ResultDocument, mdp: Mdp): Chart {
  const map = gridMap(mdp);
  if (map === null) {
    throw usageError('the model is no gridworld', {
      wanted: 'a layout with whole coordinates, where every transition leads to a neighbouring cell',
      hint: 'draw it with --kind graph',
    });
  }
  const numbers = atGamma(document, mdp, 'choosing');
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WIDEST / map.columns)));
  const everyMove = cell >= ROOM_FOR_ARROWS;
  const arrows = everyMove
    ? arrowValues(mdp, map, numbers)
    : cell >= ROOM_FOR_BEST
      ? bestValues(mdp, map, numbers)
      : [];
  const x = { type: 'quantitative', axis: null, scale: { domain: [0, map.columns], nice: false } } as const;
  const y = { ...x, scale: { domain: [map.rows, 0], nice: false } };
  const square = {
    x: { field: 'column', ...x },
    y: { field: 'row', ...y },
    x2: { field: 'right' },
    y2: { field: 'bottom' },
  };
  return chart({
    title: `POWER of ${shownName(mdp.name)} at γ = ${numbers.gamma}`,
    subtitle: subtitle(
      document,
      `${cell >= ROOM_FOR_BEST ? 'S: start; ' : ''}grey: walls; colours range over cells with a choice`,
      arrows.length === 0
        ? ''
        : everyMove
          ? 'a triangle for each direction, a dot for staying'
          : 'a triangle, or a dot for staying: the move that is optimal most often, where one is',
    ),
    description: `Gridworld ${mdp.name} with cells coloured by POWER at gamma ${numbers.gamma}.`,
    width: cell * map.columns,
    height: cell * map.rows,
    view: { stroke: WALL, strokeWidth: 5 },
    layer: [
      {
        data: { values: cellValues(mdp, map, numbers) },
        mark: { type: 'rect', strokeWidth: 1, stroke: '#ffffff', strokeOpacity: 0.35 },
        encoding: {
          ...square,
          color: {
            field: 'power',
            type: 'quantitative',
            title: ['POWER (units of', 'reward per step)'],
            scale: { domain: [numbers.low, numbers.high], range: SCALE_RANGE, clamp: true },
            legend: { gradientLength: 120, format: '.3f', tickCount: 4 },
          },
        },
      },
      {
        data: { values: map.walls.map(corners) },
        mark: { type: 'rect', color: WALL },
        encoding: square,
      },
      ...(cell < ROOM_FOR_TEXT ? [] : [textLayer(mdp, map, numbers, x, y)]),
      ...(cell < ROOM_FOR_BEST ? [] : markLayer(mdp, map, numbers, Math.min(12, cell / 2), x, y)),
      ...(arrows.length === 0 ? [] : [arrowLayer(arrows, everyMove ? 0.21 * cell : 0.5 * cell, x, y)]),
    ],
  });
}

type Axis = Readonly<Record<string, unknown>>;

function corners({ column, row }: { column: number; row: number }): Record<string, number> {
  return { column, row, right: column + 1, bottom: row + 1 };
}

function cellValues(mdp: Mdp, { cells }: GridMap, { power }: AtGamma): object[] {
  return cells.map((cell, s) => ({ ...corners(cell), state: mdp.states[s], power: power[s]!.power }));
}

function textLayer(mdp: Mdp, { cells }: GridMap, numbers: AtGamma, x: Axis, y: Axis): object {
  const values = cells.map(({ column, row }, s) => ({
    state: mdp.states[s],
    x: column + 0.5,
    y: row + 0.5,
    text: shortPower(numbers.power[s]!),
    ink: inkOnScale(numbers.share(s)),
  }));
  return {
    data: { values },
    mark: { type: 'text', fontSize: 11 },
    encoding: {
      x: { field: 'x', ...x },
      y: { field: 'y', ...y },
      text: { field: 'text' },
      color: { field: 'ink', type: 'nominal', scale: null },
    },
  };
}

/** S in the start, and short labels such as the T of a terminal cell, in the upper left corner. */
function markLayer(
  mdp: Mdp,
  { cells }: GridMap,
  numbers: AtGamma,
  fontSize: number,
  x: Axis,
  y: Axis,
): object[] {
  const marks = new Map<number, string>();
  for (const [label, states] of mdp.labels) {
    if ([...label].length <= 2) for (const state of states) marks.set(state, label);
  }
  marks.set(mdp.start, 'S');
  const values = [...marks].map(([s, text]) => ({
    x: cells[s]!.column + (fontSize < 12 ? 0.25 : 0.16),
    y: cells[s]!.row + (fontSize < 12 ? 0.3 : 0.18),
    text,
    ink: inkOnScale(numbers.share(s)),
  }));
  return [
    {
      data: { values },
      mark: { type: 'text', fontSize, fontWeight: 'bold' },
      encoding: {
        x: { field: 'x', ...x },
        y: { field: 'y', ...y },
        text: { field: 'text' },
        color: { field: 'ink', type: 'nominal', scale: null },
      },
    },
  ];
}

interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly share: number;
  readonly shape: string;
  readonly ink: string;
}

/** A triangle near the side that a choice leads to, a dot in the corner for staying. */
function arrowValues(mdp: Mdp, map: GridMap, numbers: AtGamma): Arrow[] {
  const { optimality } = numbers;
  if (optimality === null) return [];
  return map.cells.flatMap(({ column, row }, s) =>
    movesOf(mdp, map, s).map(({ choice, right, down }) => {
      const staying = right === 0 && down === 0;
      return {
        x: column + 0.5 + (staying ? 0.37 : 0.4 * right),
        y: row + 0.5 + (staying ? 0.37 : 0.4 * down),
        share: optimality[choice]!.probability,
        shape: shapeOf({ right, down }),
        ink: inkOnScale(numbers.share(s)),
      };
    }),
  );
}

/** In the middle of a cell the one move that is optimal most often; none where the limits of another reach it. */
function bestValues(mdp: Mdp, map: GridMap, numbers: AtGamma): Arrow[] {
  const { optimality } = numbers;
  if (optimality === null) return [];
  return map.cells.flatMap(({ column, row }, s) => {
    const moves = movesOf(mdp, map, s).sort(
      (a, b) => optimality[b.choice]!.probability - optimality[a.choice]!.probability,
    );
    const [best, second] = moves;
    if (best === undefined || second === undefined) return [];
    if (moves.slice(1).some(({ choice }) => optimality[choice]!.high >= optimality[best.choice]!.low))
      return [];
    return [
      {
        x: column + 0.5,
        y: row + 0.5,
        share: optimality[best.choice]!.probability,
        shape: shapeOf(best),
        ink: inkOnScale(numbers.share(s)),
      },
    ];
  });
}

function shapeOf({ right, down }: Pick<Move, 'right' | 'down'>): string {
  if (right === 0 && down === 0) return 'circle';
  return `triangle-${right > 0 ? 'right' : right < 0 ? 'left' : down > 0 ? 'down' : 'up'}`;
}

/** @param side of the triangle of a certain move, in pixels */
function arrowLayer(values: readonly Arrow[], side: number, x: Axis, y: Axis): object {
  return {
    data: { values },
    mark: { type: 'point', filled: true, opacity: 1, strokeWidth: 0 },
    encoding: {
      x: { field: 'x', ...x },
      y: { field: 'y', ...y },
      shape: { field: 'shape', type: 'nominal', scale: null },
      color: { field: 'ink', type: 'nominal', scale: null },
      size: {
        field: 'share',
        type: 'quantitative',
        title: ['probability that', 'the move is optimal'],
        scale: { domain: [0, 1], range: [0, side ** 2] },
        legend: {
          values: [0.25, 0.5, 1],
          symbolType: 'triangle-up',
          symbolFillColor: '#7d8590',
          symbolStrokeWidth: 0,
          format: '.2~f',
        },
      },
    },
  };
}
