// One result in all formats: the rows agree, the document fits its schema, no line is too long, nothing acts.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/layout.js';
import { resultSchema } from '../../src/report/schema.js';
import { parseDelimited } from '../report/parse-delimited.js';
import { run } from './fake-io.js';

type Row = Readonly<Record<string, unknown>>;

const sampling = ['--samples', '200', '--gamma', '0.5,2/3'];
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['analyze', ['analyze', 'fixtures/mdp/fig1.json', ...sampling]],
  ['power', ['power', 'fixtures/mdp/fig1.json', ...sampling]],
  ['optimality', ['optimality', 'fixtures/mdp/bernoulli-ties.json', ...sampling]],
  ['symmetry', ['symmetry', 'fixtures/mdp/complete-3.json', '--gamma', '0.5']],
  [
    'orbit',
    [
      'orbit',
      'fixtures/mdp/wait.json',
      '--states',
      'start,wait',
      '--gamma',
      '0.5',
      '--reward',
      '{"orbit": {"hug": 1}}',
    ],
  ],
  [
    'orbit of actions',
    [
      'orbit',
      'fixtures/mdp/wait.json',
      '--action',
      'wait',
      '--other',
      'candy',
      '--average',
      '--reward',
      '{"orbit": {"hug": 1}}',
    ],
  ],
  ['check', ['check', 'fixtures/mdp/fig1.json']],
];

const validate = new Ajv2020({ strict: false }).compile(resultSchema());

/** Cells are texts: what a JSON value is written as in CSV. */
const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

describe.each(commands)('%s', (_name, argv) => {
  let document: Record<string, Row[]>;
  const output = async (format: string): Promise<string> => {
    const { code, stdout, stderr } = await run([...argv, '--format', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  beforeAll(async () => {
    document = JSON.parse(await output('json'));
  });

  it('prints a document that fits the schema', () => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it('prints the same rows as CSV, TSV and JSON lines', async () => {
    const lines = (await output('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(lines[0]).toMatchObject({ row: 'header', parameters: document.parameters });
    for (const kind of ['power', 'optimality', 'orbit']) {
      const rows = lines.filter(({ row }) => row === kind).map(({ row: _, ...fields }) => fields);
      expect(rows).toEqual(document[kind] ?? []);
    }
    for (const [format, delimiter] of [
      ['csv', ','],
      ['tsv', '\t'],
    ] as const) {
      const [header, ...cells] = parseDelimited(await output(format), delimiter);
      expect(cells.map((texts) => Object.fromEntries(header!.map((name, i) => [name, texts[i]])))).toEqual(
        lines.slice(1).map((fields) => Object.fromEntries(header!.map((name) => [name, cell(fields[name])]))),
      );
    }
  });

  it('fits 80 columns on the terminal, without colours or control characters', async () => {
    const text = await output('terminal');
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/NaN|Infinity|undefined|-0\.0+\b/);
  });

  it('prints Markdown tables of even lines', async () => {
    const text = await output('markdown');
    for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
      const bars = block
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/\\./g, '').split('|').length);
      expect(new Set(bars).size).toBe(1);
    }
  });

  it('prints the same text again', async () => {
    for (const format of ['terminal', 'json']) expect(await output(format)).toBe(await output(format));
  });
});

describe('analyze', () => {
  it('narrows to the terminal it has', async () => {
    for (const columns of [40, 60, 120]) {
      const { stdout } = await run(['analyze', 'fixtures/mdp/fig1.json', ...sampling], {
        columns,
        isTTY: true,
        env: { NO_COLOR: '1' },
      });
      for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('tells names exactly in JSON and harmlessly elsewhere', async () => {
    const file = 'fixtures/bad/either/e01-csv-equals.json';
    const name = (JSON.parse(readFileSync(file, 'utf8')) as { states: string[] }).states[1]!;
    const argv = ['power', file, '--samples', '10', '--gamma', '0.5', '--format'];
    expect(JSON.parse((await run([...argv, 'json'])).stdout).power[1].state).toBe(name);
    expect(parseDelimited((await run([...argv, 'csv'])).stdout, ',')[2]![0]).toBe(`'${name}`);
  });

  it('says what the numbers do not', async () => {
    const { stdout } = await run(['analyze', 'fixtures/mdp/fig1.json', ...sampling]);
    const order = [
      '8 states',
      'POWER',
      'Optimality probability',
      'Symmetry',
      '(r_↗ r_↘)',
      'Caveats',
      'not about trained systems',
    ];
    const places = order.map((part) => stdout.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('the schema command', () => {
  it('prints the schemas', async () => {
    expect(JSON.parse((await run(['schema', 'result'])).stdout)).toEqual(resultSchema());
    expect(JSON.parse((await run(['schema'])).stdout)).toHaveProperty('properties.transitions');
    expect((await run(['schema', 'nothing'])).code).toBe(2);
  });
});
