import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../src/mdp/build.js';
import { readGrid } from '../../../src/mdp/grid.js';
import { gammaNumber } from '../../../src/report/plot/chart.js';
import { gridMap, movesOf } from '../../../src/report/plot/grid-map.js';
import { choiceSeries } from '../../../src/report/plot/optimality-series.js';
import { bestKind, pictureOf } from '../../../src/report/plot/picture.js';
import { checkSeriesCount, MOST_SERIES, powerSeries } from '../../../src/report/plot/series.js';
import { optimalityRow, powerRow, resultWith, starOf } from './pictures.js';

describe('curves of POWER', () => {
  it('are shared by states that print the same digits at every gamma, and by no others', () => {
    const rows = ['0.1', '0.9'].flatMap((gamma) => [
      powerRow('a', gamma, 0.5),
      powerRow('b', gamma, 0.5 + 1e-14),
      powerRow('c', gamma, gamma === '0.1' ? 0.5 : 0.7),
    ]);
    expect(powerSeries(rows).map(({ label }) => label)).toEqual(['a, b', 'c']);
  });

  it('are as many as can be told apart', () => {
    expect(() => checkSeriesCount(MOST_SERIES)).not.toThrow();
    expect(() => checkSeriesCount(MOST_SERIES + 1)).toThrow(/cannot be told apart/);
  });

  it('stand at the number that a discount is', () => {
    expect(['0.9', '2/3', '1e-6'].map(gammaNumber)).toEqual([0.9, 2 / 3, 1e-6]);
  });
});

describe('shares of the actions of a state', () => {
  it('count equal choices once, so that they sum to 1', () => {
    const rows = [
      optimalityRow('s', 'up', '0.9', 0.6),
      optimalityRow('s', 'stay', '0.9', 0.4),
      optimalityRow('s', 'wall', '0.9', 0.4),
      optimalityRow('t', 'up', '0.9', 1),
    ];
    expect(choiceSeries(rows, 's').map(({ label }) => label)).toEqual(['up', 'stay, wall']);
  });

  it('keep apart different choices that have the same share', () => {
    const rows = ['a', 'b', 'c'].map((action) => optimalityRow('s', action, '0.9', 1 / 3));
    expect(choiceSeries(rows, 's').map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  });
});

describe('a gridworld', () => {
  const room = buildModel(readGrid('S.#\n..T\n'));
  const map = gridMap(room)!;
  it('is told by its layout, walls included', () => {
    expect([map.columns, map.rows]).toEqual([3, 2]);
    expect(map.walls).toEqual([{ column: 2, row: 0 }]);
    expect(gridMap(starOf(['a', 'b']))).toBeNull();
  });

  it('has its moves by where they lead; what runs into a wall is staying, once', () => {
    const moves = movesOf(room, map, room.states.indexOf('r1c1'));
    const names = moves.map(({ choice, right, down }) => [room.actions[choice], right, down]);
    expect(names).toEqual([
      ['up', 0, 0],
      ['down', 0, 1],
      ['right', 1, 0],
    ]);
    expect(movesOf(room, map, room.states.indexOf('r2c3'))).toEqual([]);
  });

  it('is coloured over the cells with a choice, and has the numbers of the result', () => {
    const power = room.states.map((state, s) =>
      powerRow(state, '0.9', state === 'r2c3' ? 0.1 : 0.5 + s / 10),
    );
    const picture = pictureOf('grid', { document: resultWith({ power }), mdp: room, state: 'r1c1' });
    const text = JSON.stringify(picture);
    expect(text).toContain('"domain":[0.5,0.8]');
    expect(text).toContain('"text":"0.100"');
  });
});

describe('the kind of a picture', () => {
  it('is what shows the result or model best', () => {
    const room = buildModel(readGrid('S.#\n..T\n'));
    const star = starOf(['a', 'b']);
    const one = resultWith({ power: [powerRow('a', '0.9', 0.5)] });
    const two = resultWith({ power: [powerRow('a', '0.1', 0.5), powerRow('a', '0.9', 0.5)] });
    expect(bestKind(null, room, true)).toBe('grid');
    expect(bestKind(null, star, true)).toBe('graph');
    expect(bestKind(null, star, false)).toBe('forest');
    expect(bestKind(one, null, true)).toBe('forest');
    expect(bestKind(two, null, true)).toBe('power');
    expect(bestKind(resultWith({ optimality: [] }), null, true)).toBe('optimality');
    expect(bestKind(resultWith({ orbit: [] }), null, true)).toBe('orbit');
  });

  it('is refused where the result does not have it', () => {
    const source = { document: resultWith({}), mdp: null, state: 's' };
    for (const kind of ['power', 'forest', 'optimality', 'orbit', 'grid', 'graph'] as const)
      expect(() => pictureOf(kind, source)).toThrow(/nothing for/);
    const power = [powerRow('a', '0.9', 0.5)];
    for (const kind of ['grid', 'graph'] as const)
      expect(() => pictureOf(kind, { ...source, document: resultWith({ power }) })).toThrow(
        /needs the model/,
      );
  });
});
