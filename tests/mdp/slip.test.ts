// Oracles: gridworlds that are generated with slips (src/mdp/grid.ts), and the definition in fractions by hand.
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import { families } from '../../src/mdp/families/registry.js';
import type { Mdp } from '../../src/mdp/model.js';
import { withSlip } from '../../src/mdp/slip.js';
import { rational } from '../../src/number/rational.js';

const rowsOf = (mdp: Mdp): string[][] =>
  Array.from({ length: mdp.choiceCount }, (_, c) =>
    Array.from({ length: mdp.rowPtr[c + 1]! - mdp.rowPtr[c]! }, (_, i) => {
      const k = mdp.rowPtr[c]! + i;
      return `${mdp.successor[k]}: ${mdp.exact.values[mdp.exact.index[k]!]!.toFraction()}`;
    }),
  );

describe('slips', () => {
  it.each(['0', '1/10', '0.5', '1'])('of %s in a room are those of mdpower generate grid', (slip) => {
    const grid = families.get('grid')!;
    const made = buildModel(grid.build({ width: '3', height: '2', slip }));
    const [num, den = '1'] = slip === '0.5' ? ['1', '2'] : slip.split('/');
    const slipped = withSlip(
      buildModel(grid.build({ width: '3', height: '2' })),
      rational(BigInt(num!), BigInt(den)),
    );
    expect(rowsOf(slipped)).toEqual(rowsOf(made));
    expect([slipped.states, slipped.actions, slipped.start]).toEqual([made.states, made.actions, made.start]);
  });

  it('mix the actions of a state by their written fractions', () => {
    const mdp = buildModel({
      states: ['a', 'b', 'c'],
      transitions: { a: { x: { a: '1/3', b: '2/3' }, y: 'c' }, b: { only: { a: '1/7', b: '6/7' } } },
      terminal: ['c'],
    });
    // x: 3/4 of its own row, and a quarter of the mean (1/6, 1/3, 1/2) of both.
    expect(rowsOf(withSlip(mdp, rational(1n, 4n)))).toEqual([
      ['0: 7/24', '1: 7/12', '2: 1/8'],
      ['0: 1/24', '1: 1/12', '2: 7/8'],
      ['0: 1/7', '1: 6/7'],
      ['2: 1'],
    ]);
    expect(() => withSlip(mdp, rational(5n, 4n))).toThrow(RangeError);
  });
});
