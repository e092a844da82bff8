import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import { describeModel, type ModelDescription } from '../../src/mdp/describe.js';
import { parseModel } from '../../src/mdp/parse.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/mdp');
const described = (name: string): ModelDescription =>
  describeModel(parseModel(readFileSync(join(fixtures, `${name}.json`)), { source: name }));
const codes = (model: ModelDescription): string[] => model.warnings.map(({ code }) => code);

describe('describeModel', () => {
  it('tells of Fig. 1 what the figure shows', () => {
    expect(described('fig1')).toMatchObject({
      name: 'turner-2021-figure-1',
      states: 8,
      choices: 15,
      distinctChoices: 15,
      transitions: 15,
      deterministic: true,
      acyclic: false,
      onePolicy: false,
      start: '★',
      reachable: 8,
      unreachable: [],
      components: { count: 6, largest: 2, closed: [['∅'], ['ℓ_↖', 'ℓ_↙'], ['r_↗', 'r_↘']] },
      endComponents: [['∅'], ['ℓ_↖', 'ℓ_↙'], ['r_↗', 'r_↘']],
      oneCycles: ['∅', 'ℓ_↙', 'r_↗', 'r_↘'],
      terminalStates: ['∅'],
      selfLoops: 4,
      equalActions: [],
      labels: [{ label: 'shutdown', states: 1 }],
      warnings: [],
    });
  });

  it('groups equal actions, and says that they count once', () => {
    const model = described('fig11-suboptimal-power');
    expect(model.equalActions).toEqual([
      { state: 's0', actions: ['a1', 'a2'] },
      { state: 's0', actions: ['a3', 'a4'] },
      { state: 'sl', actions: ['a1', 'a2'] },
      { state: 'sl', actions: ['a3', 'a4'] },
      { state: 'sr', actions: ['a3', 'a4'] },
    ]);
    expect(model.distinctChoices).toBe(12);
    expect(codes(model)).toEqual(['W_EQUAL_ACTIONS']);
    expect(model.warnings[0]!.found).toBe('s0: a1 = a2, s0: a3 = a4, sl: a1 = a2, sl: a3 = a4, sr: a3 = a4');
  });

  it('warns of unreachable states once', () => {
    expect(codes(described('fig9bc-empowerment'))).toEqual(['W_UNREACHABLE']);
  });

  it('calls the end components of a stochastic model', () => {
    const model = described('machine-repair');
    expect(model.deterministic).toBe(false);
    expect(model.endComponents).toEqual([['new', 'worn', 'broken']]);
    expect(model.selfLoops).toBe(4);
  });

  it('notices that there is nothing to choose', () => {
    const one = describeModel(
      buildModel({
        states: ['a', 'b'],
        transitions: { a: { x: { a: '1/2', b: '1/2' }, y: { b: 0.5, a: 0.5 } } },
        terminal: ['b'],
      }),
    );
    expect([one.onePolicy, one.acyclic, one.distinctChoices]).toEqual([true, true, 2]);
    expect(one.endComponents).toEqual([['b']]);
    expect(codes(one)).toEqual(['W_ONE_POLICY', 'W_EQUAL_ACTIONS']);
    const start = describeModel(
      buildModel({
        states: ['a', 'b', 'c'],
        transitions: { a: { go: 'b' }, b: { stay: 'b', on: 'c' } },
        terminal: ['c'],
      }),
    );
    expect(codes(start)).toEqual(['W_START_NO_CHOICE']);
  });

  it('notices labels without states', () => {
    const mdp = buildModel({ states: ['a'], transitions: { a: { x: 'a' } }, labels: { goal: [] } });
    expect(codes(describeModel(mdp))).toEqual(['W_ONE_POLICY', 'W_EMPTY_LABEL']);
  });

  it('lists only a few of many', () => {
    const names = Array.from({ length: 9 }, (_, i) => `s${i}`);
    const mdp = buildModel({
      states: ['start', ...names],
      transitions: {
        start: Object.fromEntries(names.map((name) => [name, name])),
        ...Object.fromEntries(names.map((name) => [name, { on: name, off: name }])),
      },
    });
    expect(describeModel(mdp).warnings[0]!.found).toMatch(/s4: on = off, … \(9\)$/);
  });
});
