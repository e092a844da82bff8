import { harmless, usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { ResultDocument } from '../document.js';
import { displayWidth, pad, wrap } from '../layout.js';
import { type AtGamma, atGamma, shortPower } from './at-gamma.js';
import { type GridMap, gridMap, movesOf } from './grid-map.js';
import { subtitle } from './subtitle.js';

/** From the least to the largest POWER. */
const SHADES = ['·', '░', '▒', '▓', '█'];
const WALL = '#';
/** Columns of a cell that holds its number, and of one that is a patch of shade. */
const WIDE = 9;
const NARROW = 2;

/**
 * A gridworld as lines of characters: in every cell its POWER and the moves that are optimal most often, above its shade; only
 * shades where the map is too wide for that.
 * @throws {UserError} usage: no gridworld, or wider than the terminal
 */
export function terminalMap(document: ResultDocument, mdp: Mdp, width: number): string {
  const map = gridMap(mdp);
  if (map === null) throw usageError('the model is no gridworld', { hint: 'draw it with --kind forest' });
  const numbers = atGamma(document, mdp, 'choosing');
  const cell = [WIDE, NARROW, 1].find((columns) => (map.columns + 2) * columns <= width);
  if (cell === undefined) {
    throw usageError(`a map of ${map.columns} columns does not fit into ${width} columns`, {
      hint: 'write it to a file: --output map.svg',
    });
  }
  const arrows = cell === WIDE && numbers.optimality !== null;
  const shade = SHADES.map((character, index) => {
    const bound = numbers.low + (index / (SHADES.length - 1)) * (numbers.high - numbers.low);
    return `${character} ${bound.toFixed(3)}`;
  }).join('  ');
  return [
    ...wrap(harmless(`POWER of ${mdp.name} at γ = ${numbers.gamma}`), width),
    ...subtitle(document).flatMap((line) => wrap(harmless(line), width)),
    '',
    ...(cell === WIDE ? wideLines(mdp, map, numbers) : narrowLines(map, numbers, cell)),
    '',
    ...wrap(`${shade}  ${WALL} wall`, width),
    ...(arrows
      ? wrap('→ the move that is optimal most often, ∘ staying; several cannot be told apart', width)
      : []),
    '',
  ].join('\n');
}

function shadeOf(share: number): string {
  return SHADES[Math.round(share * (SHADES.length - 1))]!;
}

/** The state at each place of the map with a frame of walls around it; −1 for a wall. */
function framed({ columns, rows, cells }: GridMap): number[][] {
  const places = Array.from({ length: rows + 2 }, () => new Array<number>(columns + 2).fill(-1));
  cells.forEach(({ column, row }, s) => {
    places[row + 1]![column + 1] = s;
  });
  return places;
}

function narrowLines(map: GridMap, numbers: AtGamma, cell: number): string[] {
  return framed(map).map((line) =>
    line.map((s) => (s < 0 ? WALL : shadeOf(numbers.share(s))).repeat(cell)).join(''),
  );
}

function wideLines(mdp: Mdp, map: GridMap, numbers: AtGamma): string[] {
  return framed(map).flatMap((line) => {
    const text = line.map((s) => (s < 0 ? WALL.repeat(WIDE) : cellText(mdp, map, numbers, s)));
    const shades = line.map((s) =>
      s < 0 ? WALL.repeat(WIDE) : ` ${shadeOf(numbers.share(s)).repeat(WIDE - 2)} `,
    );
    const isWall = line.every((s) => s < 0);
    return isWall ? [text.join('')] : [text.join(''), shades.join('')];
  });
}

/** ` 0.746→↓ `: POWER, and the moves that are optimal most often. */
function cellText(mdp: Mdp, map: GridMap, numbers: AtGamma, s: number): string {
  const { optimality } = numbers;
  const moves = optimality === null ? [] : movesOf(mdp, map, s);
  const shares = moves.map(({ choice }) => optimality![choice]!.probability);
  const best = shares.reduce((most, share) => Math.max(most, share), 0);
  // Moves whose intervals overlap that of the best cannot be told from it.
  const low = Math.max(
    0,
    ...moves.filter((_, i) => shares[i] === best).map(({ choice }) => optimality![choice]!.low),
  );
  const arrows = moves
    .filter(({ choice }) => optimality![choice]!.high >= low)
    .map(({ right, down }) => (right > 0 ? '→' : right < 0 ? '←' : down > 0 ? '↓' : down < 0 ? '↑' : '∘'))
    .join('');
  const power = shortPower(numbers.power[s]!);
  const text = ` ${power}${displayWidth(power) + arrows.length < WIDE ? arrows : '+'}`;
  return pad(text, WIDE, 'left');
}
