import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExitCode, UserError } from '../../../src/errors.js';
import { writeBinaryModel } from '../../../src/mdp/binary/write-binary.js';
import type { Mdp } from '../../../src/mdp/model.js';
import { parseModel } from '../../../src/mdp/parse.js';
import { writeModel } from '../../../src/mdp/write-model.js';
import { rationalText } from '../../../src/number/rational.js';
import { renderDiagnostic } from '../../../src/report/diagnostic.js';
import { mdpOfRows } from '../../oracles/exact-model.js';
import { randomModel } from '../../oracles/random-models.js';
import { refusal } from '../refusal.js';
import { madeFile, type Parts, sealed, twoStates } from './made-file.js';

const fixtures = resolve(import.meta.dirname, '../../../fixtures/mdp');
const models = readdirSync(fixtures).filter((name) => name.endsWith('.json'));

/** Everything that makes a model but the hash of its file and the notes about it. */
function content({ sha256: _, notes: __, exact, reward, ...rest }: Mdp): unknown {
  return {
    ...rest,
    exact: [...exact.index],
    values: exact.values.map(rationalText),
    reward: reward?.root.kind,
  };
}

describe('the binary form of a model', () => {
  it.each(models)('holds all of %s', (name) => {
    const text = readFileSync(join(fixtures, name), 'utf8');
    const mdp = parseModel(text, { source: name });
    const bytes = writeBinaryModel(mdp);
    const read = parseModel(bytes, { source: 'model.mdpb' });
    expect(content(read)).toEqual(content(mdp));
    expect(writeModel(read)).toBe(text);
    expect(read.notes).toEqual(mdp.notes);
    expect(read.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(writeBinaryModel(read)).toEqual(bytes);
  });

  it('holds random models', () => {
    fc.assert(
      fc.property(randomModel({ maxStates: 6 }), (rows) => {
        const mdp = mdpOfRows(rows);
        const read = parseModel(writeBinaryModel(mdp), { source: 'model.mdpb' });
        expect(content(read)).toEqual(content(mdp));
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('holds names in any letters, keys like numbers, and fractions of more than 64 bits', () => {
    const den = 3n ** 60n;
    const text = `{
      "name": "日本",
      "states": ["10", "__proto__", "é", "\\""],
      "transitions": {
        "10": {"2": {"é": "1/${den}", "10": "${den - 1n}/${den}"}, "1": {"10": 0.1, "é": "9/10"}},
        "__proto__": {"constructor": "10"},
        "é": {"é": "\\""}
      },
      "terminal": ["\\""],
      "labels": {"5": ["é", "10"]},
      "reward": {"default": "uniform(0, 1)", "states": {"é": "point(0.1)"}}
    }`;
    const mdp = parseModel(text);
    const read = parseModel(writeBinaryModel(mdp), { source: 'x.mdpb' });
    expect(content(read)).toEqual(content(mdp));
    expect(writeModel(read)).toBe(writeModel(mdp));
    expect(read.actions).toEqual(mdp.actions);
  });

  it('can be written by others from its description', () => {
    const mdp = parseModel(madeFile(twoStates), { source: 'two.mdpb' });
    const text =
      '{"name": "two", "states": ["a", "bé"], "transitions": {"a": {"go": {"a": "2/3", "bé": "1/3"}, "rest": "a"}, "bé": {"rest": "bé"}}}';
    expect(writeModel(mdp)).toBe(writeModel(parseModel(text)));
    expect(mdp.probability).toEqual(new Float64Array([2 / 3, 1 / 3, 1, 1]));
  });

  it('is read in place from shared memory, and from any offset', () => {
    const bytes = madeFile(twoStates);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const mdp = parseModel(shared);
    expect(mdp.successor.buffer).toBe(shared.buffer);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    expect(content(parseModel(moved.subarray(3)))).toEqual(content(mdp));
  });
});

describe('a binary file that is damaged', () => {
  const whole = madeFile(twoStates);

  it('is refused at every length but its own', () => {
    for (let length = 8; length < whole.length; length++) {
      const diagnostic = refusal(() => parseModel(whole.subarray(0, length), { source: 'x.mdpb' }));
      expect(diagnostic).toMatchObject({ code: 'E_BINARY', place: { source: 'x.mdpb', byte: length } });
    }
    const longer = new Uint8Array(whole.length + 1);
    longer.set(whole);
    expect(refusal(() => parseModel(longer))).toMatchObject({ place: { byte: whole.length } });
  });

  it('is refused with any bit changed', () => {
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const damaged = Uint8Array.from(whole);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const { place } = refusal(() => parseModel(damaged, { source: 'x.mdpb' }));
      if (bit >= 64) expect(place?.byte, `bit ${bit}`).toBeTypeOf('number');
    }
  });

  it('with the right checksum is refused, or is another model that keeps every rule', () => {
    let accepted = 0;
    for (let bit = 64; bit < 8 * (whole.length - 32); bit++) {
      const damaged = Uint8Array.from(whole);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      let mdp: Mdp;
      try {
        mdp = parseModel(sealed(damaged), { source: 'x.mdpb' });
      } catch (error) {
        expect(error, `bit ${bit}`).toBeInstanceOf(UserError);
        expect((error as UserError).exitCode).toBe(ExitCode.badInput);
        expect((error as UserError).diagnostic.place, `bit ${bit}`).toBeDefined();
        continue;
      }
      accepted++;
      const text = writeModel(mdp);
      expect(content(parseModel(text, { source: 'x.json' })), `bit ${bit}`).toMatchObject({
        successor: mdp.successor,
        probability: mdp.probability,
        states: mdp.states,
        actions: mdp.actions,
        start: mdp.start,
      });
    }
    // Letters of names, the start, one action's name for another: there are some, but most bits matter.
    expect(accepted).toBeGreaterThan(10);
    expect(accepted).toBeLessThan(2 * whole.length);
  });
});

describe('a binary file that breaks a rule', () => {
  const cases: readonly (readonly [string, string, Partial<Parts>])[] = [
    ['a version that is not known', 'E_VERSION', { version: 2 }],
    ['a start that does not exist', 'E_UNKNOWN_STATE', { start: 2 }],
    [
      'no states',
      'E_SCHEMA',
      { choicePtr: [0], rowPtr: [0], successor: [], value: [], action: [], states: [] },
    ],
    ['a state without actions', 'E_NO_ACTIONS', { choicePtr: [0, 0, 3] }],
    ['pointers that do not begin with 0', 'E_BINARY', { choicePtr: [1, 2, 3] }],
    ['pointers that descend', 'E_BINARY', { rowPtr: [0, 3, 2, 4] }],
    ['pointers that end early', 'E_BINARY', { choicePtr: [0, 1, 2] }],
    ['a choice without successors', 'E_ROW_SUM', { rowPtr: [0, 2, 2, 4] }],
    ['a successor that does not exist', 'E_BINARY', { successor: [0, 2, 0, 1] }],
    ['a negative successor', 'E_BINARY', { successor: [0, -1, 0, 1] }],
    ['a successor twice', 'E_BINARY', { successor: [0, 0, 0, 1] }],
    ['a probability that does not exist', 'E_BINARY', { value: [1, 3, 2, 2] }],
    ['an action that does not exist', 'E_BINARY', { action: [0, 2, 1] }],
    ['an action twice', 'E_ACTION_NAME', { action: [0, 0, 1] }],
    ['actions that read the same', 'E_ACTION_NAME', { actions: ['\u00e9', 'e\u0301'] }],
    ['a state twice', 'E_DUP_STATE', { states: ['a', 'a'] }],
    ['states that read the same', 'E_DUP_STATE', { states: ['\u00e9', 'e\u0301'] }],
    ['an empty name', 'E_STATE_NAME', { states: ['', 'b'] }],
    ['a name with a control character', 'E_STATE_NAME', { states: ['a\u001b', 'b'] }],
    ['a name that is too long', 'E_LIMIT_NAME', { states: ['a'.repeat(201), 'b'] }],
    ['a row that does not sum to 1', 'E_ROW_SUM', { value: [0, 0, 2, 2] }],
    [
      'a row that misses 1 by less than a double shows',
      'E_ROW_SUM',
      {
        values: [
          [1n, 3n],
          [2n * 10n ** 18n - 1n, 3n * 10n ** 18n],
          [1n, 1n],
        ],
      },
    ],
    [
      'a probability above 1',
      'E_PROB_RANGE',
      {
        values: [
          [1n, 3n],
          [4n, 6n],
          [5n, 4n],
        ],
      },
    ],
    [
      'a probability of 0 that is used',
      'E_BINARY',
      {
        values: [
          [0n, 1n],
          [4n, 6n],
          [1n, 1n],
        ],
      },
    ],
    [
      'equal probabilities',
      'E_BINARY',
      {
        values: [
          [1n, 3n],
          [2n, 3n],
          [1n, 1n],
          [4n, 6n],
        ],
      },
    ],
    [
      'the denominator 0',
      'E_BINARY',
      {
        values: [
          [1n, 3n],
          [0n, 0n],
          [1n, 1n],
        ],
      },
    ],
    [
      'a long probability that is no fraction',
      'E_BINARY',
      {
        values: [
          [1n, 3n],
          [0n, 0n],
          [1n, 1n],
        ],
        long: ['0.5'],
      },
    ],
    ['a long probability that is not used', 'E_BINARY', { long: ['1/2'] }],
    ['a position that is half a number', 'E_SCHEMA', { layout: [0, 1, Number.NaN, 1] }],
    ['an unknown key in its head', 'E_UNKNOWN_KEY', { head: '{"states": []}' }],
    ['a head that is no JSON', 'E_JSON_SYNTAX', { head: '{' }],
    ['a label of a state that does not exist', 'E_UNKNOWN_STATE', { head: '{"labels": {"x": ["c"]}}' }],
  ];
  it.each(cases)('is refused: %s', (_, code, change) => {
    const diagnostic = refusal(() => parseModel(madeFile({ ...twoStates, ...change }), { source: 'x.mdpb' }));
    expect(diagnostic.code).toBe(code);
    expect(renderDiagnostic(diagnostic)).toMatch(/x\.mdpb (at byte \d+|\(head\))/);
  });

  it('is refused at the byte where it is broken', () => {
    const file = madeFile({ ...twoStates, successor: [0, 2, 0, 1] });
    // 8 bytes magic, 13 counts, 3 pointers padded to 16 bytes, 4 pointers: 144; then successor[1].
    expect(refusal(() => parseModel(file, { source: 'x.mdpb' }))).toMatchObject({ place: { byte: 148 } });
  });

  it('takes rows over different denominators, and long ones', () => {
    const values = [
      [1n, 3n],
      [0n, 0n],
      [1n, 1n],
    ] as const;
    const mdp = parseModel(madeFile({ ...twoStates, values, long: [`${2n * 3n ** 50n}/${3n ** 51n}`] }));
    expect(mdp.probability[0]).toBe(2 / 3);
    const mixed = [
      [1n, 6n],
      [5n, 6n],
      [1n, 1n],
    ] as const;
    expect(parseModel(madeFile({ ...twoStates, values: mixed })).probability[0]).toBe(5 / 6);
  });
});
