import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { buildModel } from '../../src/mdp/build.js';
import { readGrid } from '../../src/mdp/grid.js';
import { parseModel } from '../../src/mdp/parse.js';
import { rational, rationalText } from '../../src/number/rational.js';
import { rowsOfMdp } from '../oracles/exact-model.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/mdp');
const map = ['#####', '#S.x#', '#.#T#', '#####'].join('\n');

describe('readGrid', () => {
  const mdp = buildModel(readGrid(map, 'maps/small.txt'));
  const next = (state: string, action: string): string => {
    const s = mdp.states.indexOf(state);
    const c = mdp.actions.indexOf(action, mdp.choicePtr[s]);
    return mdp.states[mdp.successor[mdp.rowPtr[c]!]!]!;
  };

  it('names, places, starts, labels and ends the cells as drawn', () => {
    expect(mdp.name).toBe('small');
    expect(mdp.states).toEqual(['r2c2', 'r2c3', 'r2c4', 'r3c2', 'r3c4']);
    expect(mdp.states[mdp.start]).toBe('r2c2');
    expect(mdp.layout[4]).toEqual([3, 2]);
    expect([...mdp.labels]).toEqual([
      ['x', [2]],
      ['T', [4]],
    ]);
    expect(mdp.choicePtr[5]! - mdp.choicePtr[4]!).toBe(1);
  });

  it('moves to the neighbour, or stays where a wall is', () => {
    expect(mdp.actions.slice(0, 5)).toEqual(['up', 'down', 'left', 'right', 'stay']);
    expect(['up', 'down', 'left', 'right', 'stay'].map((move) => next('r2c2', move))).toEqual([
      'r2c2',
      'r3c2',
      'r2c2',
      'r2c3',
      'r2c2',
    ]);
    expect(next('r2c4', 'down')).toBe('r3c4');
    expect([...mdp.choiceClass.slice(0, 5)]).toEqual([0, 1, 0, 3, 0]);
  });

  it('spreads slips over all actions, exactly', () => {
    const slipping = buildModel(readGrid('S.', 'g', { slip: rational(1, 10), stay: false }));
    const rows = rowsOfMdp(slipping)[0]!.map((row) => row.map(([t, p]) => `${t} ${rationalText(p)}`));
    // Of four actions three bump: right succeeds with 9/10 + 1/40, the others slip right with 1/40.
    expect(rows).toEqual([
      ['0 39/40', '1 1/40'],
      ['0 39/40', '1 1/40'],
      ['0 39/40', '1 1/40'],
      ['0 3/40', '1 37/40'],
    ]);
    const always = buildModel(readGrid('S.', 'g', { slip: rational(1) }));
    expect(new Set(always.choiceClass.slice(0, 5)).size).toBe(1);
  });

  it('accepts spaces as floor, a byte order mark, Windows line ends and empty lines around', () => {
    expect(readGrid('\uFEFF\r\n#S #\r\n# .#\r\n\r\n', 'g').states).toEqual(['r1c2', 'r1c3', 'r2c2', 'r2c3']);
  });

  it('starts in the first floor cell if there is no S', () => {
    expect(readGrid('T.', 'g').start).toBe('r1c2');
  });

  it.each([
    ['rooms/two rooms.v2.map', 'grid'],
    ['rooms\\\\hall.txt', 'hall'],
    ['-', 'grid'],
    ['a\u0007b.txt', 'grid'],
    ['Räume.txt', 'Räume'],
  ])('takes its name from %j if that is fit for one', (source, name) => {
    expect(readGrid('S.', source).name).toBe(name);
  });

  it.each([
    ['an unknown character', '##\n#S\n.?\n', 'E_GRID_CHARACTER', 3, 2, '"?"'],
    ['a tab', '.\t', 'E_GRID_CHARACTER', 1, 2, '"\\u{9}"'],
    ['an emoji', '..\n.🙂', 'E_GRID_CHARACTER', 2, 2, '"🙂"'],
    ['a digit', '.1', 'E_GRID_CHARACTER', 1, 2, '"1"'],
    ['a shorter line', '\n...\n..\n', 'E_GRID_RAGGED', 3, 3, '2 cells'],
    ['a longer line', '..\n...\n', 'E_GRID_RAGGED', 2, 3, '3 cells'],
    ['an empty line inside', '..\n\n..\n', 'E_GRID_RAGGED', 2, 1, '0 cells'],
    ['a second start', 'S.\n.S\n', 'E_GRID_START', 2, 2, 'a second S; the first is r1c1'],
    ['walls only', '##\n##\n', 'E_GRID_EMPTY', 1, 1, 'no cell but walls'],
    ['terminal cells only', '#T\n', 'E_GRID_EMPTY', 1, 1, 'walls and terminal cells only'],
    ['nothing', '', 'E_GRID_EMPTY', 1, 1, 'no cell but walls'],
  ])('refuses %s, and says where', (_, text, code, line, column, found) => {
    try {
      readGrid(text, 'bad.txt');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { exitCode, diagnostic } = error as UserError;
      expect(exitCode).toBe(3);
      expect(diagnostic).toMatchObject({ code, found, place: { source: 'bad.txt', line, column } });
    }
  });

  it.each(['gridworld-5x5', 'gridworld-7x7'])('makes the fixture %s of its map', (name) => {
    const drawn = buildModel(readGrid(readFileSync(join(fixtures, `${name}.txt`), 'utf8'), `${name}.txt`));
    const stored = parseModel(readFileSync(join(fixtures, `${name}.json`)), { source: name });
    const same = ({ states, actions, start, successor, rowPtr, layout, labels }: typeof drawn): unknown => ({
      states,
      actions,
      start,
      successor,
      rowPtr,
      layout,
      labels,
    });
    expect(same(drawn)).toEqual(same(stored));
  });
});
