import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseModel } from '../../src/mdp/parse.js';
import { renderDiagnostic } from '../../src/report/diagnostic.js';
import { refusal } from './refusal.js';

const folder = 'fixtures/bad';
const prototypeKeys = Reflect.ownKeys(Object.prototype);

interface Case {
  readonly file: string;
  readonly outcome: string;
  readonly place: string;
  readonly pointer: string;
}

const cases: Case[] = readFileSync(`${folder}/MANIFEST.tsv`, 'utf8')
  .trim()
  .split('\n')
  .slice(2)
  .map((line) => {
    const [file, outcome, place, pointer] = line.split('\t');
    return { file: file!, outcome: outcome!, place: place!, pointer: pointer! };
  });

/** Files of more than 50 kB are made here. */
const base = readFileSync(`${folder}/accept/f01-base.json`, 'utf8');
const thousand = Array.from({ length: 1000 }, (_, i) => `"x${i}"`);
const generated = {
  'a26-deep-arrays-100k': `{"states":["s"],"transitions":{"s":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  'a27-deep-objects-100k': `{"states":["s"],"transitions":${'{"s":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  'b27-name-1mb': base.replaceAll('"x"', `"${'x'.repeat(1_000_000)}"`),
  'f07-million-part-row': `{"states":[${thousand}],"transitions":{${thousand
    .map(
      (name, i) =>
        `${name}:${i === 0 ? `{"a":{${thousand.map((x) => `${x}:0.001`)}}}` : `{"stay":{${name}:1}}`}`,
    )
    .join(',')}}}`,
};

/** What no message may hold: control characters but the newline, and characters that turn the direction of text. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

describe('the corpus of bad inputs', () => {
  it('is all in the manifest', () => {
    const files = ['reject', 'either', 'accept'].flatMap((part) =>
      readdirSync(`${folder}/${part}`).map((file) => `${part}/${file}`),
    );
    expect(files.sort()).toEqual(cases.map(({ file }) => file).sort());
  });

  it.each(cases.filter(({ outcome }) => outcome !== 'accepted'))(
    'refuses $file with $outcome at $place',
    (one) => {
      const bytes = readFileSync(`${folder}/${one.file}`);
      const diagnostic = refusal(() => parseModel(bytes, { source: one.file }));
      const { place } = diagnostic;
      expect(diagnostic.code).toBe(one.outcome);
      expect(`${place?.line}:${place?.column}`).toBe(one.place);
      if (one.pointer !== '-') expect(place?.pointer).toBe(JSON.parse(one.pointer));
      expect(diagnostic.found).toBeDefined();
      expect(diagnostic.wanted).toBeDefined();
      const shown = renderDiagnostic(diagnostic);
      expect(shown).toContain(`${one.file}:${one.place}`);
      expect(shown).not.toMatch(HARMFUL);
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(2000);
      expect(renderDiagnostic(refusal(() => parseModel(bytes, { source: one.file })))).toBe(shown);
    },
  );

  it.each(cases.filter(({ outcome }) => outcome === 'accepted'))(
    'accepts $file with the names as they are',
    ({ file }) => {
      const bytes = readFileSync(`${folder}/${file}`);
      const mdp = parseModel(bytes, { source: file });
      expect(mdp.states).toEqual(JSON.parse(bytes.toString().replace(/^\ufeff/, '')).states);
      for (let c = 0; c < mdp.choiceCount; c++) {
        const row = mdp.probability.subarray(mdp.rowPtr[c], mdp.rowPtr[c + 1]);
        expect(row.every((p) => p > 0 && p <= 1)).toBe(true);
      }
    },
  );

  it.each([
    ['a26-deep-arrays-100k', 'E_LIMIT_DEPTH', /^\/transitions\/s\/0\/0/],
    ['a27-deep-objects-100k', 'E_LIMIT_DEPTH', /^\/transitions\/s\/s/],
    ['b27-name-1mb', 'E_LIMIT_NAME', /^\/states\/1$/],
  ] as const)('refuses %s in time and with a short message', (name, code, pointer) => {
    const diagnostic = refusal(() => parseModel(generated[name], { source: `${name}.json` }));
    expect(diagnostic.code).toBe(code);
    expect(diagnostic.place?.pointer).toMatch(pointer);
    expect(Buffer.byteLength(renderDiagnostic(diagnostic))).toBeLessThanOrEqual(2000);
  });

  it('accepts a row of 1000 times 0.001, whose sum in doubles is not 1', () => {
    const mdp = parseModel(generated['f07-million-part-row']);
    expect(mdp.notes).toEqual([]);
    expect(mdp.exact.values[mdp.exact.index[0]!]!.equals('1/1000')).toBe(true);
  });

  it('leaves Object.prototype as it was', () => {
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('counts both actions of d06, of which one is named __proto__', () => {
    const mdp = parseModel(readFileSync(`${folder}/either/d06-action-proto.json`));
    expect(mdp.actions).toEqual(['__proto__', 'b', 'stay', 'stay']);
  });
});
