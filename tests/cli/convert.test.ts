import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModel } from '../../src/mdp/parse.js';
import { writeModel } from '../../src/mdp/write-model.js';
import { yamlOfJson } from '../../src/mdp/write-yaml.js';
import { run } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-convert-'));
const fixture = (name: string): string => resolve(import.meta.dirname, '../../fixtures/mdp', name);
const at = (name: string): string => join(folder, name);

describe('mdpower convert', () => {
  it.each(['fig1.json', 'gamble.json', 'gridworld-5x5.json', 'machine-repair.json', 'wait.json'])(
    'leads %s through every format and back to the same text',
    async (name) => {
      for (const [from, to] of [
        [fixture(name), at('a.mdpb')],
        [at('a.mdpb'), at('b.yaml')],
        [at('b.yaml'), at('c.mdpb')],
        [at('c.mdpb'), at('d.json')],
      ]) {
        expect(await run(['convert', from!, to!])).toEqual({ code: 0, stdout: '', stderr: '' });
      }
      expect(readFileSync(at('d.json'), 'utf8')).toBe(readFileSync(fixture(name), 'utf8'));
      expect(readFileSync(at('c.mdpb'))).toEqual(readFileSync(at('a.mdpb')));
    },
  );

  it('gives results that differ in the hash of the file only', async () => {
    await run(['convert', fixture('gamble.json'), at('gamble.mdpb')]);
    const options = ['--samples', '500', '--gamma', '0.9', '--format', 'json'];
    const text = JSON.parse((await run(['analyze', fixture('gamble.json'), ...options])).stdout);
    const binary = JSON.parse((await run(['analyze', at('gamble.mdpb'), ...options])).stdout);
    expect(binary.model.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(binary.model.sha256).not.toBe(text.model.sha256);
    binary.model.sha256 = text.model.sha256;
    expect(binary).toEqual(text);
  });

  it('reads a binary model from standard input, and says where a damaged one is wrong', async () => {
    await run(['generate', 'star', '--output', at('star.mdpb')]);
    const bytes = readFileSync(at('star.mdpb'));
    expect((await run(['check', '-'], { stdin: bytes })).stdout).toContain('star-3');
    writeFileSync(at('short.mdpb'), bytes.subarray(0, 200));
    const { code, stderr } = await run(['check', at('short.mdpb')]);
    expect(code).toBe(3);
    expect(stderr).toContain('short.mdpb at byte 200: the file ends early');
    writeFileSync(at('text.mdpb'), '{}');
    expect(await run(['check', at('text.mdpb')])).toMatchObject({ code: 3 });
    writeFileSync(at('empty.mdpb'), '');
    expect(await run(['check', at('empty.mdpb')])).toMatchObject({ code: 3 });
  });

  it.each([
    ['random', '--states', '30'],
    ['complete'],
    ['graph7'],
    ['grid', '--map', fixture('gridworld-5x5.txt')],
  ])('generates binary and text files of the same model at once: %s', async (...kind) => {
    const args = ['generate', ...kind, '-o', at('r.mdpb'), '-o', at('r.json')];
    expect(await run(args)).toMatchObject({ code: 0 });
    const text = parseModel(readFileSync(at('r.json')), { source: 'r.json' });
    const binary = parseModel(readFileSync(at('r.mdpb')), { source: 'r.mdpb' });
    expect(writeModel(binary)).toBe(writeModel(text));
  });

  it('says that rows were divided, and refuses to write what it reads or a format it does not know', async () => {
    writeFileSync(
      at('rough.json'),
      '{"states":["a","b"],"transitions":{"a":{"x":{"a":0.3,"b":0.6}}},"terminal":["b"]}',
    );
    const rough = await run(['convert', at('rough.json'), at('rough.mdpb'), '--normalize-rows']);
    expect(rough).toMatchObject({ code: 0, stderr: expect.stringContaining('1 row was divided') });
    expect(writeModel(parseModel(readFileSync(at('rough.mdpb')), { source: 'x' }))).toContain('"1/3"');
    expect(await run(['convert', at('rough.json'), at('rough.json')])).toMatchObject({ code: 6 });
    expect(await run(['convert', at('rough.json'), at('rough.txt')])).toMatchObject({ code: 2 });
  });
});

describe('a model as YAML', () => {
  it('keeps names that YAML could take for something else', () => {
    const names = [
      '10',
      'no',
      'null',
      '~',
      '1.0',
      '010',
      '- a',
      'a: b',
      '#',
      '"',
      "'",
      '{',
      '日本',
      '__proto__',
      'true',
      '*a',
    ];
    const list = JSON.stringify(names);
    const rows = names.map(
      (name, s) =>
        `${JSON.stringify(name)}: {${JSON.stringify(name)}: ${JSON.stringify(names[(s + 1) % names.length])}}`,
    );
    const json = `{"states": ${list}, "transitions": {${rows.join(', ')}}, "labels": {"no": ["10"]}, "description": "two\\nlines: # here"}`;
    const mdp = parseModel(json);
    const yaml = yamlOfJson(writeModel(mdp));
    expect(writeModel(parseModel(yaml, { format: 'yaml' }))).toBe(writeModel(mdp));
  });

  it('is set for people', () => {
    const json = writeModel(
      parseModel(
        '{"name":"m","states":["a","b"],"transitions":{"a":{"go":{"a":"1/3","b":"2/3"}}},"terminal":["b"]}',
      ),
    );
    expect(yamlOfJson(json)).toBe(`mdpower: 1
name: m
states: [ a, b ]
start: a
transitions:
  a: { go: { a: 1/3, b: 2/3 } }
terminal: [ b ]
`);
  });
});
