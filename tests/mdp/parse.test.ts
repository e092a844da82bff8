import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildModel, type ModelFile, modelText } from '../../src/mdp/build.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { ONE, rational, rationalText } from '../../src/number/rational.js';
import { refusal } from './refusal.js';

const base: ModelFile = { states: ['a', 'b'], transitions: { a: { go: 'b' } }, terminal: ['b'] };

/** A model of one action with this distribution over a, b and c. */
function withRow(row: string): string {
  return `{"states":["a","b","c"],"transitions":{"a":{"go":${row}}},"terminal":["b","c"]}`;
}

/** The exact probabilities of the first choice, as text. */
function firstRow(mdp: Mdp): string[] {
  return [...mdp.exact.index.slice(0, mdp.rowPtr[1])].map((k) => rationalText(mdp.exact.values[k]!));
}

describe('parseModel', () => {
  it('reads every key of the format', () => {
    const mdp = parseModel(
      `{"mdpower": 1, "$schema": "x", "name": "demo", "description": "d", "source": "s",
        "states": ["start", "hub", "left", "off"], "start": "hub",
        "transitions": {
          "hub": { "left": "left", "back": "start" },
          "start": { "go": "hub", "gamble": { "off": "2/3", "hub": "1/3" } }
        },
        "terminal": ["off", "left"],
        "labels": { "shutdown": ["off"], "end": ["off", "left"] },
        "layout": { "hub": [1, -0.5] },
        "reward": {"default": "uniform(0, 1)"} }`,
      { source: 'demo.json' },
    );
    expect(mdp).toMatchObject({
      name: 'demo',
      description: 'd',
      source: 's',
      start: 1,
      stateCount: 4,
      choiceCount: 6,
    });
    expect(mdp.states).toEqual(['start', 'hub', 'left', 'off']);
    expect(mdp.actions).toEqual(['go', 'gamble', 'left', 'back', 'stay', 'stay']);
    expect([...mdp.choicePtr]).toEqual([0, 2, 4, 5, 6]);
    expect([...mdp.rowPtr]).toEqual([0, 1, 3, 4, 5, 6, 7]);
    expect([...mdp.successor]).toEqual([1, 1, 3, 2, 0, 2, 3]);
    expect([...mdp.probability]).toEqual([1, 1 / 3, 2 / 3, 1, 1, 1, 1]);
    expect([...mdp.choiceClass]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...mdp.labels]).toEqual([
      ['shutdown', [3]],
      ['end', [2, 3]],
    ]);
    expect(mdp.layout).toEqual([null, [1, -0.5], null, null]);
    expect(mdp.reward).toMatchObject({ source: 'demo.json', pointer: '/reward', root: { kind: 'object' } });
    expect(mdp.notes).toEqual([]);
  });

  it('keeps its arrays on one shared buffer, each aligned', () => {
    const mdp = parseModel(modelText(base));
    const arrays = [
      mdp.choicePtr,
      mdp.rowPtr,
      mdp.successor,
      mdp.probability,
      mdp.exact.index,
      mdp.choiceClass,
    ];
    expect(mdp.probability.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(1);
    expect(arrays.reduce((bytes, array) => bytes + array.byteLength, 0)).toBe(
      mdp.probability.buffer.byteLength,
    );
  });

  it('takes the name from the file where the model has none', () => {
    expect(parseModel(modelText(base), { source: 'a/b\\grid.v2.json' }).name).toBe('grid.v2');
    expect(parseModel(modelText(base)).name).toBe('model');
  });

  it('hashes the bytes as they were read', () => {
    const bytes = Buffer.from(`\ufeff${modelText(base)}\n`);
    expect(parseModel(bytes).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(parseModel(bytes.toString()).sha256).toBe(parseModel(bytes).sha256);
  });

  it.each([
    ['{"a":0.1,"b":0.9}', ['1/10', '9/10']],
    ['{"c":"1/3","a":"1/3","b":"1/3"}', ['1/3', '1/3', '1/3']],
    ['{"a":0.5,"b":5e-1}', ['1/2', '1/2']],
    ['{"a":"2/4","b":"0.50"}', ['1/2', '1/2']],
    ['{"a":1,"b":0,"c":0.0e5}', ['1']],
    ['{"a":1,"b":-0}', ['1']],
    [
      '{"a":0.12345678901234567890,"b":0.87654321098765432110}',
      ['1234567890123456789/10000000000000000000', '8765432109876543211/10000000000000000000'],
    ],
  ])('reads %s exactly', (row, exact) => {
    const mdp = parseModel(withRow(row));
    expect(firstRow(mdp)).toEqual(exact);
    expect(mdp.notes.filter(({ code }) => code.startsWith('W_ROWS'))).toEqual([]);
  });

  it('knows equal values by one index, however they are written', () => {
    const mdp = parseModel(withRow('{"a":0.25,"b":"1/4","c":"5e-1"}'));
    expect(mdp.exact.index[0]).toBe(mdp.exact.index[1]);
    expect(new Set(mdp.exact.values.map(rationalText)).size).toBe(mdp.exact.values.length);
  });

  it('normalises rows within 1e-12 of 1 exactly, and notes it', () => {
    const mdp = parseModel(withRow('{"a":0.3333333333333333,"b":0.3333333333333333,"c":0.3333333333333333}'));
    expect(firstRow(mdp)).toEqual(['1/3', '1/3', '1/3']);
    expect([...mdp.probability.slice(0, 3)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(mdp.notes).toMatchObject([
      {
        code: 'W_ROWS_ROUNDED',
        place: { pointer: '/transitions/a/go' },
        found: 'a sum of 0.9999999999999999',
      },
    ]);
    expect(firstRow(parseModel(withRow('{"a":0.5,"b":0.500000000001}')))).toEqual([
      '500000000000/1000000000001',
      '500000000001/1000000000001',
    ]);
    expect(refusal(() => parseModel(withRow('{"a":0.5,"b":0.5000000000011}'))).code).toBe('E_ROW_SUM');
  });

  it('says how far a long sum is from 1', () => {
    const { notes } = parseModel(withRow('{"a":0.9999999999990905,"b":9.094947017729282e-13}'));
    // 1 - 9095e-16 + 9094.947017729282e-16 = 1 - 0.052982270718e-16
    expect(notes[0]!.found).toBe('a sum of 1 - 5.3e-18');
  });

  it('normalises other rows only where asked to', () => {
    const text = withRow('{"a":0.333,"b":0.333,"c":0.333}');
    expect(refusal(() => parseModel(text))).toMatchObject({
      code: 'E_ROW_SUM',
      found: '0.999',
      wanted: 'exactly 1 (within 1e-12)',
    });
    const mdp = parseModel(text, { normalizeRows: true });
    expect(firstRow(mdp)).toEqual(['1/3', '1/3', '1/3']);
    expect(mdp.notes).toMatchObject([{ code: 'W_ROWS_NORMALIZED', found: 'a sum of 0.999' }]);
    expect(refusal(() => parseModel(withRow('{"a":0}'), { normalizeRows: true })).code).toBe('E_ROW_SUM');
    expect(refusal(() => parseModel(withRow('{"a":3e-324,"b":1,"c":1}'), { normalizeRows: true })).code).toBe(
      'E_PROB_PRECISION',
    );
  });

  it('makes choices with exactly equal rows one class, within a state only', () => {
    const text = `{"states":["a","b"],"transitions":{
      "a":{"p":{"a":"1/2","b":0.5},"q":"b","r":{"b":"0.5","a":0.5},"s":{"b":1,"a":0},"t":{"a":0.25,"b":0.75}},
      "b":{"p":{"a":0.5,"b":0.5}}}}`;
    expect([...parseModel(text).choiceClass]).toEqual([0, 1, 0, 1, 4, 5]);
  });

  it('notes states that cannot be reached from the start', () => {
    const notes = parseModel(modelText({ ...base, start: 'b' })).notes;
    expect(notes).toMatchObject([{ code: 'W_UNREACHABLE', message: expect.stringContaining('"a"') }]);
  });
});

describe('refusals', () => {
  it.each<[string, object, string, string]>([
    ['a misspelt key', { ...base, terminals: [] }, 'E_UNKNOWN_KEY', '/terminals'],
    [
      'a state in terminal and transitions',
      { ...base, terminal: ['a', 'b'] },
      'E_TERMINAL',
      '/transitions/a',
    ],
    ['an unknown start', { ...base, start: 'c' }, 'E_UNKNOWN_STATE', '/start'],
    ['an unknown terminal state', { ...base, terminal: ['b', 'c'] }, 'E_UNKNOWN_STATE', '/terminal/1'],
    ['a terminal state twice', { ...base, terminal: ['b', 'b'] }, 'E_DUP_STATE', '/terminal/1'],
    ['an unknown state in a label', { ...base, labels: { l: ['c'] } }, 'E_UNKNOWN_STATE', '/labels/l/0'],
    ['a label with an escape', { ...base, labels: { 'l\u001b': [] } }, 'E_LABEL_NAME', '/labels/l\u001b'],
    ['an unknown state in the layout', { ...base, layout: { c: [0, 0] } }, 'E_UNKNOWN_STATE', '/layout/c'],
    ['a version to come', { ...base, mdpower: 2 }, 'E_VERSION', '/mdpower'],
    [
      'an action without a name',
      { ...base, transitions: { a: { '': 'b' } } },
      'E_ACTION_NAME',
      '/transitions/a/',
    ],
    ['an empty distribution', { ...base, transitions: { a: { go: {} } } }, 'E_SCHEMA', '/transitions/a/go'],
    [
      'a fraction over 0',
      { ...base, transitions: { a: { go: { b: '1/0' } } } },
      'E_SCHEMA',
      '/transitions/a/go/b',
    ],
    [
      'a fraction over 1',
      { ...base, transitions: { a: { go: { b: '3/2' } } } },
      'E_PROB_RANGE',
      '/transitions/a/go/b',
    ],
    [
      'a tiny fraction',
      { ...base, transitions: { a: { go: { a: 1, b: `1/1${'0'.repeat(400)}` } } } },
      'E_PROB_PRECISION',
      '/transitions/a/go/b',
    ],
    [
      'a long number',
      { ...base, transitions: { a: { go: { b: `0.${'1'.repeat(3000)}` } } } },
      'E_LIMIT_NUMBER',
      '/transitions/a/go/b',
    ],
    ['a description that is a list', { ...base, description: [] }, 'E_SCHEMA', '/description'],
    [
      'names that are equal after NFC',
      { ...base, states: ['a', 'b', '\u00e9', 'e\u0301'] },
      'E_DUP_STATE',
      '/states/3',
    ],
    ['a name of 201 bytes', { ...base, name: `${'é'.repeat(100)}x` }, 'E_LIMIT_NAME', '/name'],
    [
      'a pointer with / and ~',
      { ...base, transitions: { a: { 'x/y~z': { c: 1 } } } },
      'E_UNKNOWN_STATE',
      '/transitions/a/x~1y~0z/c',
    ],
  ])('%s: %#', (_, model, code, pointer) => {
    const diagnostic = refusal(() => parseModel(JSON.stringify(model), { source: 'm.json' }));
    expect(diagnostic.code).toBe(code);
    expect(diagnostic.place?.pointer).toBe(pointer);
    expect(diagnostic.place?.source).toBe('m.json');
  });

  it.each([
    ['terminals', 'did you mean "terminal"?'],
    ['Labels', 'did you mean "labels"?'],
    ['trasnitions', 'did you mean "transitions"?'],
    ['comment', 'remarks go into "description"'],
  ])('answer the key %s with: %s', (key, hint) => {
    expect(refusal(() => parseModel(JSON.stringify({ ...base, [key]: [] }))).hint).toBe(hint);
  });

  it('suggest the nearest state', () => {
    const hint = (name: string): string | undefined =>
      refusal(() =>
        buildModel({
          states: ['kitchen', 'hall', 'x'],
          transitions: { x: { go: name } },
          terminal: ['kitchen', 'hall'],
        }),
      ).hint;
    expect(hint('kitchne')).toBe('did you mean "kitchen"?');
    expect(hint('HALL')).toBe('did you mean "hall"?');
    expect(hint('garden')).toBe('add "garden" to "states", or correct the name');
    expect(hint('y')).toBe('add "y" to "states", or correct the name');
  });

  it('end in time for rows whose denominators have nothing in common', () => {
    const odd = Array.from({ length: 20_000 }, (_, i) => 10n ** 30n + BigInt(2 * i + 1));
    const names = odd.map((_, i) => `s${i}`);
    const text = JSON.stringify({
      states: names,
      transitions: { s0: { go: Object.fromEntries(names.map((name, i) => [name, `1/${odd[i]}`])) } },
      terminal: names.slice(1),
    });
    expect(refusal(() => parseModel(text)).code).toBe('E_LIMIT_NUMBER');
  });
});

describe('buildModel', () => {
  it('reads doubles by their shortest text, and rationals as they are', () => {
    const mdp = buildModel({
      states: ['a', 'b', 'c'],
      transitions: { a: { go: { a: 0.1, b: rational(1n, 3n), c: '17/30' } } },
      terminal: ['b', 'c'],
    });
    expect(firstRow(mdp)).toEqual(['1/10', '1/3', '17/30']);
  });

  it('reads rationals as they are, whatever other packages make of their class', () => {
    const fraction = Object.getPrototypeOf(ONE) as { toJSON?: () => unknown };
    const before = fraction.toJSON;
    fraction.toJSON = () => ({ mathjs: 'Fraction', n: '9', d: '9' });
    try {
      const transitions = { a: { go: { a: rational(1n, 3n), b: rational(2n, 3n) } } };
      expect(firstRow(buildModel({ ...base, transitions }))).toEqual(['1/3', '2/3']);
    } finally {
      if (before === undefined) delete fraction.toJSON;
      else fraction.toJSON = before;
    }
  });

  it('refuses what is no number', () => {
    const build = (p: number): unknown => buildModel({ ...base, transitions: { a: { go: { b: p } } } });
    expect(refusal(() => build(Number.NaN)).code).toBe('E_SCHEMA');
    expect(refusal(() => build(Number.POSITIVE_INFINITY)).code).toBe('E_SCHEMA');
    expect(refusal(() => build(-1)).code).toBe('E_PROB_RANGE');
  });

  it('hashes the canonical text, whatever the order of the keys', () => {
    const text = '{"mdpower":1,"states":["a","b"],"transitions":{"a":{"go":"b"}},"terminal":["b"]}';
    expect(modelText(base)).toBe(text);
    const { terminal, transitions, states } = base;
    const shuffled = { terminal: terminal!, transitions, states };
    expect(buildModel(shuffled).sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('keeps __proto__ and integer-like names', () => {
    const mdp = buildModel({
      states: ['__proto__', '10', '2'],
      transitions: Object.fromEntries([['__proto__', Object.fromEntries([['__proto__', { 10: ONE }]])]]),
      terminal: ['10', '2'],
    });
    expect(mdp.states).toEqual(['__proto__', '10', '2']);
    expect(mdp.actions[0]).toBe('__proto__');
    expect(mdp.successor[0]).toBe(1);
  });
});
