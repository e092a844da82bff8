// Experiment files that mean nothing are refused with their place; names in them never act.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readExperiment } from '../../../src/cli/sweep/read-experiment.js';
import { UserError } from '../../../src/errors.js';
import { run } from '../fake-io.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-experiment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = 'experiment: 1\n';
const models = 'models: { a: { generate: star } }\n';

describe('an experiment is refused at its place', () => {
  const refused: readonly (readonly [string, string, RegExp, string])[] = [
    ['unknown keys', `${head}${models}sampels: 10\n`, /no key "sampels"[\s\S]*did you mean "samples"/, '3:1'],
    ['no models', `${head}gamma: 0.5\n`, /models/, '1:1'],
    ['an empty list of models', `${head}models: {}\n`, /there is no model/, '2:9'],
    ['another version', `experiment: 2\n${models}`, /experiment: /, '1:13'],
    ['no version', models, /experiment: /, '1:1'],
    ['an unknown kind of model', `${head}models: { a: { generate: grit } }\n`, /did you mean "grid"/, '2:26'],
    [
      'an unknown option of a kind',
      `${head}models: { a: { generate: star, leavs: 3 } }\n`,
      /did you mean "leaves"/,
      '2:32',
    ],
    [
      'a value that the kind refuses',
      `${head}models:\n  a: { generate: star, leaves: -1 }\n`,
      /--leaves takes an integer/,
      '3:3',
    ],
    ['a slip above 1', `${head}${models}slip: [0.1, 1.5]\n`, /a slip is a probability/, '3:13'],
    ['a slip twice', `${head}${models}slip: [0.1, 1/10]\n`, /stands twice/, '3:13'],
    ['a gamma above 1', `${head}${models}gamma: [0.5, 2]\n`, /outside the interval/, '3:8'],
    ['half a sample', `${head}${models}samples: 1.5\n`, /whole number/, '3:10'],
    ['an unknown command', `${head}${models}command: pwoer\n`, /command/, '3:10'],
    [
      'an unknown law',
      `${head}${models}rewards: { a: 'unifrom(0, 1)' }\n`,
      /no reward law|no distribution|unifrom/,
      '3:12',
    ],
    [
      'a state that the law names and the model has not',
      `${head}${models}rewards: { a: { default: 'uniform(0,1)', states: { z: 'point(0)' } } }\n`,
      /"z"/,
      '3:',
    ],
    ['a model that is not there', `${head}models: { a: none.json }\n`, /no such file/, '2:11'],
    [
      'an output elsewhere',
      `${head}${models}outputs: { ../x.csv: power }\n`,
      /cannot be the name of an output/,
      '3:12',
    ],
    [
      'an output over the manifest',
      `${head}${models}outputs: { manifest.json: power }\n`,
      /cannot be the name/,
      '3:12',
    ],
    ['an output without a format', `${head}${models}outputs: { x: power }\n`, /cannot be the name/, '3:12'],
    ['an output that hides', `${head}${models}outputs: { .x.csv: power }\n`, /cannot be the name/, '3:12'],
    ['rows that are not there', `${head}${models}outputs: { x.csv: powers }\n`, /outputs/, '3:19'],
    [
      'a name twice',
      `${head}models: { a: { generate: star }, a: { generate: star } }\n`,
      /stands twice/,
      '2:',
    ],
    [
      'a name that acts on a terminal',
      `${head}models: { "a\\e[31m": { generate: star } }\n`,
      /control/,
      '2:11',
    ],
    ['a list', '- a\n', /an experiment is an object/, '1:1'],
    ['no YAML', 'models: [\n', /YAML/i, ''],
  ];

  it.each(refused)('%s', async (_name, text, message, place) => {
    const path = join(folder, 'e.yaml');
    writeFileSync(path, text);
    const { code, stdout, stderr } = await run(['run', path, '--folder', join(folder, 'out')]);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`${path}:${place}`);
    expect([3, 6]).toContain(code);
    expect(stdout).toBe('');
    expect(readdirSync(folder)).toEqual(['e.yaml']);
  });

  it('whatever it holds, without a crash', () => {
    const keys = fc.constantFrom(
      'experiment',
      'models',
      'rewards',
      'gamma',
      'slip',
      'samples',
      'outputs',
      'command',
      '__proto__',
    );
    const document = fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
    fc.assert(
      fc.property(document, (value) => {
        try {
          readExperiment(
            Buffer.from(JSON.stringify({ experiment: 1, models: { a: 'x' }, ...value })),
            'e.json',
            'json',
          );
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('names', () => {
  it('in an experiment make no file outside the folder, and none that acts', async () => {
    const names = [
      '../../up',
      '/etc/passwd',
      '-rf',
      'CON',
      '.',
      '..',
      '__proto__',
      'a b;rm',
      '$(x)',
      '★',
      '%2e%2e',
      'x'.repeat(150),
    ];
    const text = JSON.stringify({ experiment: 1, models: { list: 0 }, samples: 5, gamma: 0.5 }).replace(
      '{"list":0}',
      `{${names.map((name) => `${JSON.stringify(name)}: {"generate": "star"}`).join(',')}}`,
    );
    const path = join(folder, 'e.json');
    writeFileSync(path, text);
    const { code } = await run(['run', path, '--folder', join(folder, 'out'), '--quiet']);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['e.json', 'out']);
    const cells = readdirSync(join(folder, 'out', 'cells'));
    expect(cells).toHaveLength(names.length);
    for (const name of cells) expect(name).toMatch(/^\d{3}[A-Za-z0-9.-]{0,80}\.json$/);
    const rows = JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')).plan.cells;
    expect(rows.map(({ model }: { model: string }) => model)).toEqual(names);
  });
});

describe('the schema of experiments', () => {
  it('is printed, and accepts the fixture and refuses what the reader refuses', async () => {
    const { code, stdout } = await run(['schema', 'experiment']);
    expect(code).toBe(0);
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(stdout));
    expect(validate(parse(readFileSync('fixtures/experiments/room.yaml', 'utf8')))).toBe(true);
    for (const text of [
      'models: {}',
      'experiment: 1\nmodels: { a: x }\nsampels: 1',
      'experiment: 2\nmodels: { a: x }',
    ]) {
      expect(validate(parse(text)), text).toBe(false);
    }
  });
});
