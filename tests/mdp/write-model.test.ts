import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import { families } from '../../src/mdp/families/registry.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { writeModel } from '../../src/mdp/write-model.js';
import { rational, rationalText } from '../../src/number/rational.js';
import { sized } from '../full-size.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/mdp');
const models = readdirSync(fixtures).filter((name) => name.endsWith('.json'));

/** Everything that makes a model but the hash of its text and the notes about it. */
function content({ sha256: _, notes: __, exact, reward, ...rest }: Mdp): unknown {
  return {
    ...rest,
    exact: Array.from(exact.index, (i) => rationalText(exact.values[i]!)),
    reward: reward?.root.kind,
  };
}

describe('writeModel', () => {
  it.each(models)('writes %s as it stands', (name) => {
    const text = readFileSync(join(fixtures, name), 'utf8');
    expect(writeModel(parseModel(text, { source: name }))).toBe(text);
  });

  it('is read back as the same model, whatever the names are', () => {
    const name = fc.constantFrom(
      '10',
      '2',
      '0',
      '__proto__',
      'constructor',
      '"',
      '\\',
      'é',
      '★',
      'a b',
      '-1',
      '1.5',
      '',
    );
    const names = (prefix: string, count: number): fc.Arbitrary<string[]> =>
      fc.uniqueArray(
        name.map((text) => (text === '' ? prefix : text)),
        { minLength: count, maxLength: count },
      );
    const property = fc.property(
      randomModel().chain((model) =>
        fc.tuple(
          fc.constant(model),
          names('s', model.length),
          ...model.map((actions) => names('a', actions.length)),
        ),
      ),
      ([model, states, ...actions]) => {
        const mdp: Mdp = {
          ...mdpOfRows(model),
          states,
          actions: actions.flat(),
          start: model.length - 1,
          description: 'two\nlines',
          labels: new Map([
            ['20', [0]],
            ['3', [model.length - 1]],
          ]),
          layout: model.map((_, s) => (s % 2 === 0 ? [s / 4, -1e21] : null)),
        };
        const text = writeModel(mdp);
        const again = parseModel(text, { source: 'test' });
        expect(content(again)).toEqual(content({ ...mdp, exact: mdp.exact }));
        expect(writeModel(again)).toBe(text);
      },
    );
    fc.assert(property, { seed: 21, numRuns: sized(100, 1000) });
  });

  // The largest ones only in full size: they are of the same kinds as the others.
  const written = [...families.keys()].filter((kind) => sized(!/^(sparse2000|slip30)$/.test(kind), true));
  it.each(written)('writes what the family %s makes', (kind) => {
    const file = families.get(kind)!.build({});
    const built = buildModel(file);
    expect(content(parseModel(writeModel(file)))).toEqual(content(built));
    expect(content(parseModel(writeModel(built)))).toEqual(content(built));
  });

  it('keeps numbers as written, and rewards of every form', () => {
    const reward =
      '{"default": "uniform(0,1)", "states": {"10": 0.1, "2": 0.12345678901234567890123}, "x": [null, true, -1e3]}';
    const mdp = parseModel(
      `{"states": ["10", "2"], "transitions": {}, "terminal": ["2", "10"], "reward": ${reward}}`,
    );
    expect(writeModel(mdp)).toContain(
      '"reward": { "default": "uniform(0,1)", "states": { "10": 0.1, "2": "0.12345678901234567890123" }, "x": [null, true, -1000] }',
    );
  });

  it('writes doubles, texts and rationals as exact values', () => {
    const text = writeModel({
      states: ['a', 'b', 'c'],
      transitions: { a: { x: { a: 0.25, b: '1/4', c: rational(1, 2) } }, b: {}, c: {} },
    });
    expect(text).toContain('{ "a": 0.25, "b": "1/4", "c": "1/2" }');
  });
});
