import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { MODEL_KEYS, parseModel } from '../../src/mdp/parse.js';
import { modelSchema } from '../../src/mdp/schema.js';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
  modelSchema(),
);

/** The code with which the parser refuses a text; undefined if it accepts it. */
function refusalOf(text: Buffer | string): string | undefined {
  try {
    parseModel(text);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.diagnostic.code;
    throw error;
  }
}

/** Refusals that are about meaning, characters or syntax: a JSON Schema cannot or does not express them. */
const UNSEEN =
  /^E_(JSON_SYNTAX|ENCODING|DUP_KEY|UNKNOWN_STATE|TERMINAL|ROW_SUM|PROB_PRECISION|LIMIT_DEPTH|LIMIT_NUMBER)$/;

/** The same, for these files: a state without row; control characters in a name; a name's bytes. */
const UNSEEN_FILES = /b12-state-without-row|a17-nul|e20-bidi|e21-zero|e23-osc52|e24-osc8/;

const files = ['bad/reject', 'bad/accept', 'bad/either', 'mdp'].flatMap((folder) =>
  readdirSync(`fixtures/${folder}`)
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`),
);

describe('the JSON Schema of models', () => {
  it('is the one in fixtures/schema', () => {
    const checkedIn = readFileSync('fixtures/schema/model.schema.json', 'utf8');
    expect(checkedIn, 'run: npm run schema').toBe(`${JSON.stringify(modelSchema(), null, 2)}\n`);
  });

  it('has the keys that the parser has', () => {
    expect(Object.keys((modelSchema() as { properties: object }).properties).sort()).toEqual(
      [...MODEL_KEYS].sort(),
    );
  });

  it.each(files)('agrees with the parser on %s', (file) => {
    const bytes = readFileSync(`fixtures/${file}`);
    const refused = refusalOf(bytes);
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      expect(refused).toMatch(/^E_(JSON_SYNTAX|ENCODING)$/);
      return;
    }
    if (refused === undefined) {
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    } else if (!UNSEEN.test(refused) && !UNSEEN_FILES.test(file)) {
      expect(validate(value)).toBe(false);
    }
  });

  const valid = { states: ['a', 'b'], transitions: { a: { go: 'b' } }, terminal: ['b'] };
  const changed: [string, object, boolean][] = [
    [
      'everything',
      {
        ...valid,
        $schema: 'x',
        mdpower: 1,
        name: 'n',
        description: '',
        source: 's',
        start: 'a',
        labels: { l: [] },
        layout: { a: [0, -1.5] },
        reward: { default: 'point(1)' },
      },
      true,
    ],
    ['a fraction', { ...valid, transitions: { a: { go: { a: '1/3', b: '2/3' } } } }, true],
    ['a decimal text', { ...valid, transitions: { a: { go: { a: '0.25', b: '7.5e-1' } } } }, true],
    ['version 2', { ...valid, mdpower: 2 }, false],
    ['a version as text', { ...valid, mdpower: '1' }, false],
    ['a negative text', { ...valid, transitions: { a: { go: { a: '-0', b: 1 } } } }, false],
    ['a percentage', { ...valid, transitions: { a: { go: { b: '100%' } } } }, false],
    ['an empty distribution', { ...valid, transitions: { a: { go: {} } } }, false],
    ['a label that is no list', { ...valid, labels: { l: 'a' } }, false],
    ['a label with a state twice', { ...valid, labels: { l: ['a', 'a'] } }, false],
    ['three coordinates', { ...valid, layout: { a: [0, 1, 2] } }, false],
    ['a coordinate as text', { ...valid, layout: { a: ['0', 1] } }, false],
    ['a reward that is a number', { ...valid, reward: 1 }, false],
    ['a reward that is a list', { ...valid, reward: [] }, false],
    ['no states', { ...valid, states: [] }, false],
    ['a long name', { ...valid, name: 'x'.repeat(201) }, false],
    ['a long text', { ...valid, description: 'x'.repeat(10_001) }, false],
    ['white space at an end', { ...valid, name: ' n' }, false],
    ['a name with a line break', { ...valid, name: 'a\nb' }, false],
    ['terminal twice', { ...valid, terminal: ['b', 'b'] }, false],
    ['a start that is no text', { ...valid, start: 0 }, false],
  ];

  it.each(changed)('and the parser judge %s alike', (_, model, accepted) => {
    expect(validate(model)).toBe(accepted);
    expect(refusalOf(JSON.stringify(model)) === undefined).toBe(accepted);
  });
});
