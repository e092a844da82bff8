import { type Diagnostic, inputError, quoted, type UserError } from '../errors.js';
import type { ModelFile } from './build.js';
import { cellName, type GridCell, type GridOptions, gridModel } from './grid-model.js';

/**
 * Reads a gridworld drawn with one character a cell:
 *
 *     #        wall
 *     . or a space   floor
 *     S        floor, and the start (at most one; otherwise the first floor cell)
 *     a … z    floor; the letter becomes a label of all cells that show it
 *     A … Z    terminal cell (but S); the letter becomes a label of all cells that show it
 *
 *     #####
 *     #S..#
 *     #.#T#
 *     #####
 *
 * All lines are equally long; empty lines before and after the map do not count. Outside the map is wall. The cell in the
 * second line and third column of the map is the state `r2c3`, with layout [2, 1]. Every cell has the actions up, down, left, right and, unless
 * `stay` is false, stay; an action that runs into a wall stays in place, and keeps its name though its row equals that of
 * `stay`. With `slip` the intended action is replaced, with that probability, by one drawn uniformly from all of them
 * (the intended one included).
 *
 * @param source  the name of the map in error messages; without folder and extension it names the model
 * @throws {UserError} bad input, with line and column: an unknown character, a line of another length, a second start, no
 *   floor at all
 */
export function readGrid(text: string, source = 'grid', options: GridOptions = {}): ModelFile {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = Math.max(
    all.findIndex((line) => line !== ''),
    0,
  );
  const lines = all.slice(first, all.findLastIndex((line) => line !== '') + 1);
  const refuse: Refuse = (row, column, parts) => {
    const line = first + row;
    return inputError({
      ...parts,
      place: { source, line: line + 1, column: column + 1, sourceLine: all[line] ?? '' },
    });
  };
  lines.forEach((line, row) => {
    checkCharacters(line, row, refuse);
    if (line.length !== lines[0]!.length) {
      throw refuse(row, Math.min(line.length, lines[0]!.length), {
        code: 'E_GRID_RAGGED',
        message: 'the lines of a map are equally long',
        found: `${line.length} cells`,
        wanted: `${lines[0]!.length} cells, as in the first line`,
        hint: 'write floor as . where an editor removes spaces at the end of a line',
      });
    }
  });
  const cells = lines.flatMap((line, row) =>
    [...line].flatMap((character, column) => (character === '#' ? [] : [cellOf(character, row, column)])),
  );
  const firstFloor = cells.find(({ terminal }) => !terminal);
  if (firstFloor === undefined) {
    throw refuse(0, 0, {
      code: 'E_GRID_EMPTY',
      message: 'the map has no floor',
      found: cells.length === 0 ? 'no cell but walls' : 'walls and terminal cells only',
      wanted: 'at least one cell that is . or S or a lower-case letter',
    });
  }
  const parts = {
    name: nameOfMap(source),
    description: `Gridworld of ${cells.length} cells.`,
    start: startCell(lines, refuse) ?? firstFloor.name,
  };
  return gridModel(parts, cells, options);
}

/** The file's name without folder and extension, if it is fit for a name. */
function nameOfMap(source: string): string {
  const name = source.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  return /^[\p{L}\p{N}][\p{L}\p{N}_.+-]{0,40}$/u.test(name) ? name : 'grid';
}

type Refuse = (row: number, column: number, parts: Omit<Diagnostic, 'place'>) => UserError;

function checkCharacters(line: string, row: number, refuse: Refuse): void {
  const column = line.search(/[^#. A-Za-z]/u);
  if (column < 0) return;
  throw refuse(row, column, {
    code: 'E_GRID_CHARACTER',
    message: 'this character is no cell of a map',
    found: quoted(String.fromCodePoint(line.codePointAt(column)!)),
    wanted: '# for a wall, . or a space for floor, S for the start, a letter for a labelled cell',
  });
}

/** The name of the cell that is marked S, if there is one. */
function startCell(lines: readonly string[], refuse: Refuse): string | undefined {
  let start: string | undefined;
  lines.forEach((line, row) => {
    for (let column = line.indexOf('S'); column >= 0; column = line.indexOf('S', column + 1)) {
      if (start !== undefined) {
        throw refuse(row, column, {
          code: 'E_GRID_START',
          message: 'a map has one start',
          found: `a second S; the first is ${start}`,
          wanted: 'a single S, or none',
        });
      }
      start = cellName(row, column);
    }
  });
  return start;
}

function cellOf(character: string, row: number, column: number): GridCell {
  const cell = { name: cellName(row, column), column, row, terminal: /[A-RT-Z]/.test(character) };
  return /[a-zA-RT-Z]/.test(character) ? { ...cell, label: character } : cell;
}
