import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/mdp/document.js';
import { parseModel } from '../../src/mdp/parse.js';
import type { SyntaxNode } from '../../src/mdp/syntax.js';
import { refusal } from './refusal.js';

const read = (text: string): SyntaxNode => parseDocument(text, 'x.yaml', 'yaml').root;

describe('YAML documents', () => {
  it('are models in another notation', () => {
    const yaml = `
# a comment
mdpower: 1
name: demo
description: |
  two
  lines
states: [start, hub, "left", 'off']
transitions:
  start:
    go: hub
    gamble: { hub: 1/3, off: 2/3 }
  hub:
    left: left
    back: { start: 0.25, hub: 7.5e-1 }
terminal:
  - left
  - off
layout: { hub: [1, -2.5] }
`;
    const json = `{"mdpower":1,"name":"demo","description":"two\\nlines\\n","states":["start","hub","left","off"],
      "transitions":{"start":{"go":"hub","gamble":{"hub":"1/3","off":"2/3"}},"hub":{"left":"left","back":{"start":0.25,"hub":0.75}}},
      "terminal":["left","off"],"layout":{"hub":[1,-2.5]}}`;
    const [a, b] = [parseModel(yaml, { source: 'demo.yaml' }), parseModel(json)];
    expect({ ...a, sha256: '' }).toEqual({ ...b, sha256: '' });
  });

  it('keep names as they are written', () => {
    const names = [
      'no',
      'yes',
      '010',
      '1.0',
      '0x10',
      '~',
      'null',
      'true',
      'False',
      '1_000',
      '.5',
      '-',
      '1e3',
      '12:30',
    ];
    const states = names.map((name) => (name === '-' ? '"-"' : name));
    const text = `states: [${states}]\ntransitions:\n  no: {${states[2]}: 1.0, null: ~}\nterminal: [${states.slice(1)}]\n`;
    const mdp = parseModel(text, { format: 'yaml' });
    expect(mdp.states).toEqual(names);
    expect(mdp.actions.slice(0, 2)).toEqual(['010', 'null']);
    expect([...mdp.successor.slice(0, 2)]).toEqual([3, 5]);
  });

  it('read as numbers what JSON does, and nothing else', () => {
    const kinds = (text: string): string[] => {
      const root = read(text);
      return root.kind === 'array' ? root.items.map(({ kind }) => kind) : [];
    };
    expect(kinds('[1, -0.5, 1e3, 0]')).toEqual(['number', 'number', 'number', 'number']);
    expect(kinds('[01, .5, 1., +1, 0x1, 1_0, .inf, .nan, "1"]')).toEqual(new Array(9).fill('string'));
    expect(kinds('[true, false, null, True, yes, ~]')).toEqual([
      'boolean',
      'boolean',
      'null',
      'string',
      'string',
      'string',
    ]);
  });

  it.each([
    ['', 'E_YAML_SYNTAX', '1:1'],
    ['# nothing\n', 'E_YAML_SYNTAX', '1:1'],
    ['a: &x 1\nb: *x', 'E_YAML_SYNTAX', '1:7'],
    ['a: *x', 'E_YAML_SYNTAX', '1:4'],
    ['a: !!str 1', 'E_YAML_SYNTAX', '1:10'],
    ['!foo\na: 1', 'E_YAML_SYNTAX', '2:1'],
    ['<<: {a: 1}', 'E_YAML_SYNTAX', '1:1'],
    ['? [a]\n: 1', 'E_YAML_SYNTAX', '1:3'],
    ['a: 1\n---\nb: 2', 'E_YAML_SYNTAX', '2:1'],
    ['%YAML 1.1\n---\na: 1', 'E_YAML_SYNTAX', '1:1'],
    ['%TAG ! x\n---\na: 1', 'E_YAML_SYNTAX', '1:1'],
    ['a: 1\nb: 2\n"a": 3', 'E_DUP_KEY', '3:1'],
    ['a: [1, 2', 'E_YAML_SYNTAX', '1:9'],
    ['\ta: 1', 'E_YAML_SYNTAX', '1:1'],
    ['a: "\\ud800"', 'E_ENCODING', '1:4'],
    ['a: "\u0007"', 'E_YAML_SYNTAX', '1:5'],
  ])('%j is refused with %s at %s', (text, code, place) => {
    const diagnostic = refusal(() => read(text));
    expect(diagnostic.code).toBe(code);
    expect(`${diagnostic.place?.line}:${diagnostic.place?.column}`).toBe(place);
  });

  it.each<[string, () => string]>([
    ['lists', () => '['.repeat(100_000)],
    ['closed lists', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['flow objects', () => `a: ${'{b: '.repeat(100_000)}`],
    ['block lists', () => '- '.repeat(100_000)],
    ['block keys', () => '? '.repeat(100_000)],
    ['indented objects', () => Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuse deeply nested %s without overflowing the stack', (_, text) => {
    expect(refusal(() => read(text())).code).toBe('E_LIMIT_DEPTH');
  });

  it('accept the directive of their own version', () => {
    expect(read('%YAML 1.2\n---\na: 1').kind).toBe('object');
  });

  it('may be nested 200 deep, however it is written', () => {
    expect(read(`${'['.repeat(200)}${']'.repeat(200)}`).kind).toBe('array');
    expect(read(Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')).kind).toBe('object');
    expect(refusal(() => read(`${'['.repeat(201)}${']'.repeat(201)}`)).code).toBe('E_LIMIT_DEPTH');
  });

  it('point at names and probabilities as JSON does', () => {
    const text = 'states: [a, b]\ntransitions:\n  a:\n    go:\n      c: 1\nterminal: [b]\n';
    const { code, place } = refusal(() => parseModel(text, { source: 'm.yml' }));
    expect(code).toBe('E_UNKNOWN_STATE');
    expect(place).toMatchObject({
      line: 5,
      column: 7,
      pointer: '/transitions/a/go/c',
      sourceLine: '      c: 1',
    });
  });
});
