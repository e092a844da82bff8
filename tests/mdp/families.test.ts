import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { buildModel } from '../../src/mdp/build.js';
import { integerGenerator, xoshiro128 } from '../../src/mdp/families/generator.js';
import { chain, complete, star } from '../../src/mdp/families/named.js';
import type { FamilyInput } from '../../src/mdp/families/options.js';
import { layered, randomDeterministic, randomFile, randomSparse } from '../../src/mdp/families/random.js';
import { families } from '../../src/mdp/families/registry.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { rationalText } from '../../src/number/rational.js';
import { rowsOfMdp } from '../oracles/exact-model.js';
import { zAt } from '../tolerance.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/mdp');
const fixture = (name: string): Mdp =>
  parseModel(readFileSync(join(fixtures, `${name}.json`)), { source: name });
const make = (kind: string, input: FamilyInput = {}): Mdp => buildModel(families.get(kind)!.build(input));

/** One line a choice: state, action, successors with exact probabilities. */
function lines(mdp: Mdp): string[] {
  const actions = [...mdp.actions];
  return rowsOfMdp(mdp).flatMap((rows, s) =>
    rows.map((row) => {
      const successors = row.map(([t, p]) => `${mdp.states[t]}:${p.n}/${p.d}`);
      return `${mdp.states[s]} ${actions.shift()} ${successors.join()}`;
    }),
  );
}

describe('xoshiro128**', () => {
  it('gives the published first outputs of the state 1, 2, 3, 4', () => {
    // The vector of the crate rand_xoshiro (src/xoshiro128starstar.rs), made with the authors' C program.
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('draws integers and subsets evenly', () => {
    const draws = 60_000;
    const z = zAt(1e-6 / 16);
    const generator = integerGenerator(5);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < draws; i++) counts[generator.below(6)]!++;
    for (const n of counts) {
      expect(Math.abs(n - draws / 6)).toBeLessThan(z * Math.sqrt((draws * 5) / 36));
    }
    const subsets = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const key = generator.distinctBelow(2, 5).join();
      subsets.set(key, (subsets.get(key) ?? 0) + 1);
    }
    expect(subsets.size).toBe(10);
    for (const n of subsets.values()) {
      expect(Math.abs(n - draws / 10)).toBeLessThan(z * Math.sqrt(draws * 0.09));
    }
  });
});

describe('the named families', () => {
  it('are the fixtures of the same names', () => {
    expect(lines(buildModel(star(3)))).toEqual(lines(fixture('star-3')));
    expect(lines(buildModel(chain(5)))).toEqual(lines(fixture('chain-5')));
    expect(rowsOfMdp(buildModel(complete(4)))).toEqual(rowsOfMdp(fixture('complete-4')));
  });

  it('may have one state', () => {
    for (const model of [chain(1), complete(1)]) expect(buildModel(model).stateCount).toBe(1);
  });
});

describe('random families', () => {
  it('have the sizes asked for, exact dyadic probabilities, and no repeated successor', () => {
    const mdp = buildModel(randomFile(randomSparse({ states: 50, actions: 3, successors: 4, seed: 9 })));
    expect([mdp.stateCount, mdp.choiceCount, mdp.transitionCount]).toEqual([50, 150, 600]);
    expect(mdp.exact.values.every(({ d }) => 65_536n % d === 0n)).toBe(true);
  });

  it('depend on the seed only', () => {
    const options = { states: 20, actions: 2, successors: 3 };
    expect(randomFile(randomSparse({ ...options, seed: 1 }))).toEqual(
      randomFile(randomSparse({ ...options, seed: 1 })),
    );
    expect(randomFile(randomSparse({ ...options, seed: 1 }))).not.toEqual(
      randomFile(randomSparse({ ...options, seed: 2 })),
    );
    expect(randomFile(randomDeterministic({ ...options, seed: 3 }))).toEqual(
      randomFile(randomDeterministic({ ...options, seed: 3 })),
    );
  });

  it('lead from layer to layer', () => {
    const mdp = buildModel(randomFile(layered({ layers: 4, width: 5, actions: 3, seed: 2 })));
    rowsOfMdp(mdp).forEach((rows, s) => {
      const layer = Math.floor(s / 5);
      for (const row of rows) expect(Math.floor(row[0]![0] / 5)).toBe(Math.min(layer + 1, 3));
      expect(new Set(rows.map((row) => row[0]![0])).size).toBe(layer === 3 ? 1 : 3);
    });
  });
});

describe('the workloads', () => {
  // SHA-256 of the lines of the reference files, taken from them by another program.
  it.each([
    ['graph7', 'df22947c8d85a40266791465fa91b62e459c67a102e143ab41f1ae5b4bfd5c9e'],
    ['grid10', 'dae31f672d22ed48025e875fd084551bddcb1f0d5ef0d9fde60803456792b77e'],
    ['grid30', '49e84ccde1f83cb89d83612c1a2004a2a62b2f43c187aa06b56143e45d72d264'],
    ['slip10', '8191dd077d62a89ecb0f9c33580ad29b3c4539c0e074ac59c39359aa4a4c2a5d'],
    ['slip30', 'd578b780f3c610fbfe0b6ede87af18c0b9e45618efc224aa6e4fba7b43482838'],
  ])('%s is the reference model', (kind, hash) => {
    expect(
      createHash('sha256')
        .update(lines(make(kind)).join('\n'))
        .digest('hex'),
    ).toBe(hash);
  });

  it('of random structure have the sizes of the reference models', () => {
    const sizes = ({ stateCount, choiceCount, transitionCount }: Mdp): number[] => [
      stateCount,
      choiceCount,
      transitionCount,
    ];
    expect(sizes(make('sparse2000'))).toEqual([2000, 8000, 40_000]);
    expect(sizes(make('layered2000'))).toEqual([2000, 7700, 7700]);
  });
});

describe('the registry', () => {
  it('makes every kind with its defaults', () => {
    for (const [name, family] of families) {
      expect(family.name).toBe(name);
      const mdp = buildModel(family.build({}));
      expect(mdp.stateCount, name).toBeGreaterThan(1);
      expect(mdp.notes.filter(({ code }) => code !== 'W_UNREACHABLE')).toEqual([]);
    }
  });

  it('reads the options', () => {
    expect(make('star', { leaves: '7' }).stateCount).toBe(8);
    expect(make('grid', { width: '4', height: '2', 'no-stay': true }).choiceCount).toBe(32);
    const map = { source: 'm.txt', text: 'S.\n' };
    const slipping = make('grid', { map, slip: '1/10' });
    const stay = rowsOfMdp(slipping)[0]![4]!.map(([t, p]) => `${t} ${rationalText(p)}`);
    expect(stay).toEqual(['0 49/50', '1 1/50']);
    expect(make('random', { states: '1', seed: '4294967295' }).stateCount).toBe(1);
  });

  it.each<[string, FamilyInput]>([
    ['star', { leaves: '0' }],
    ['star', { leaves: '-1' }],
    ['star', { leaves: '1.5' }],
    ['star', { leaves: 'three' }],
    ['chain', { length: '1000001' }],
    ['random', { states: '3', successors: '4' }],
    ['layered', { width: '3', actions: '4' }],
    ['random', { seed: '4294967296' }],
    ['grid', { width: '10000', height: '10000' }],
    ['random', { states: '1000000', actions: '10', successors: '2' }],
    ['random-deterministic', { states: '1000000', actions: '11' }],
    ['layered', { layers: '1000', width: '1001' }],
    ['grid', { slip: '1.5' }],
    ['grid', { slip: '-1/2' }],
    ['grid', { slip: '1e-999999' }],
    ['grid', { slip: 'p' }],
    ['grid', { map: { source: 'm', text: 'S' }, width: '3' }],
  ])('refuses %s with %j', (kind, input) => {
    try {
      families.get(kind)!.build(input);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).exitCode).toBe(2);
    }
  });
});
