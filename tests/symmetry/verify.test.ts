import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { parseDocument } from '../../src/mdp/document.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { type Certificate, certificateText } from '../../src/symmetry/certificate.js';
import { modelHash } from '../../src/symmetry/model-hash.js';
import { parseCertificate } from '../../src/symmetry/parse-certificate.js';
import { verifyCertificate } from '../../src/symmetry/verify.js';
import { sized } from '../full-size.js';
import { isTrue } from './certificate-truth.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');
const folder = join(fixtures, 'certificates');

function modelOf(file: string): Mdp {
  const name = file.split('-')[0]!;
  const path = name === 'fig1' ? join(fixtures, 'mdp/fig1.json') : join(folder, 'models', `${name}.json`);
  return parseModel(readFileSync(path), { source: path });
}

function read(text: string): Certificate {
  return parseCertificate(parseDocument(text, 'test.json', 'json'));
}

function textOf(kind: string, file: string): string {
  return readFileSync(join(folder, kind, file), 'utf8');
}

describe('valid certificates', () => {
  it.each(readdirSync(join(folder, 'valid')))('%s is accepted, and true by definition', (file) => {
    const certificate = read(textOf('valid', file));
    const mdp = modelOf(file);
    const { valid, steps } = verifyCertificate(mdp, certificate);
    expect(steps.filter(({ holds }) => !holds)).toEqual([]);
    expect(valid).toBe(true);
    expect(isTrue(mdp, certificate)).toBe(true);
    expect(certificateText(certificate)).toBe(textOf('valid', file));
  });
});

describe('broken certificates', () => {
  const failing: Readonly<Record<string, RegExp>> = {
    'dice-6.9-other-probabilities.json': /has its copy/,
    'fig1-6.14-no-one-cycle.json': /1-cycles to avoid/,
    'fig1-6.6-not-strict.json': /only optimum/,
    'fig1-6.6-wrong-values.json': /only optimum/,
    'fig1-6.9-no-copy.json': /has its copy/,
    'fig1-6.9-no-involution.json': /its own inverse/,
    'fig1-6.9-wrong-way.json': /has its copy/,
    'fig1-D.12-too-many.json': /4 times as many/,
    'fig1-other-model.json': /about this model/,
    'hallway-E.47-moves-others.json': /fixes all that cannot follow/,
    'loops-6.6-without-exception.json': /has its copy/,
    'loops-6.6-wrong-mixture.json': /never the only optimum/,
    'lottery-6.12-wrong-mixture.json': /never the only optimum/,
  };

  it.each(readdirSync(join(folder, 'broken')))('%s is refused at the hypothesis that fails', (file) => {
    const certificate = read(textOf('broken', file));
    const { valid, steps } = verifyCertificate(modelOf(file), certificate);
    expect(valid).toBe(false);
    expect(steps.at(-1)!.hypothesis).toMatch(failing[file]!);
    expect(steps.slice(0, -1).every(({ holds }) => holds)).toBe(true);
    expect(isTrue(modelOf(file), certificate)).toBe(false);
  });
});

describe('certificates with one entry changed', () => {
  it.each(readdirSync(join(folder, 'valid')))('of %s are accepted if and only if they are true', (file) => {
    const mdp = modelOf(file);
    const original = JSON.parse(textOf('valid', file)) as Json;
    const wrong: string[] = [];
    const all = [...new Set(mutations(original, mdp).map((changed) => JSON.stringify(changed)))];
    // Changes are listed entry by entry, several of each: every third one still reaches every entry.
    const texts = all.filter((_, i) => i % sized(3, 1) === 0);
    let refused = 0;
    for (const text of texts) {
      const certificate = readable(text);
      if (certificate === null) continue;
      const { valid } = verifyCertificate(mdp, certificate);
      if (!valid) refused++;
      if (valid !== isTrue(mdp, certificate)) wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(3);
  });
});

describe('the hash of a model', () => {
  const text = (transitions: string): Mdp =>
    parseModel(`{"states": ["a", "b"], "transitions": ${transitions}, "terminal": ["b"]}`, {
      source: 'test.json',
    });

  it('does not depend on order, notation or comments', () => {
    const hash = modelHash(text('{"a": {"x": {"a": 0.5, "b": 0.5}, "y": "b"}}'));
    const other = `{"name": "other", "states": ["b", "a"], "start": "a", "terminal": ["b"],
      "transitions": {"a": {"y": {"b": 1}, "x": {"b": "1/2", "a": "2/4"}}}}`;
    expect(modelHash(parseModel(other, { source: 'test.json' }))).toBe(hash);
  });

  it('depends on every name and probability', () => {
    const hashes = [
      '{"a": {"x": {"a": 0.5, "b": 0.5}}}',
      '{"a": {"z": {"a": 0.5, "b": 0.5}}}',
      '{"a": {"x": {"a": "1/3", "b": "2/3"}}}',
      '{"a": {"x": "b"}}',
      '{"a": {"x": "b", "y": "b"}}',
    ].map((transitions) => modelHash(text(transitions)));
    expect(new Set(hashes).size).toBe(5);
  });
});

describe('a certificate file', () => {
  it.each([
    ['{"certificate": 2}', 'E_CERTIFICATE'],
    ['{"certificate": 1, "theorem": "6.7", "model": "", "state": "a"}', 'E_CERTIFICATE'],
    ['{"certificate": 1, "theorem": "6.14", "model": "", "state": "a", "avoid": ["b"]}', 'E_CERTIFICATE'],
    [
      '{"certificate": 1, "theorem": "6.14", "model": "", "state": "a", "avoid": "b", "copies": 1}',
      'E_SCHEMA',
    ],
    [
      '{"certificate": 1, "theorem": "6.14", "model": "", "state": "a", "avoid": [], "copies": 1.5}',
      'E_SCHEMA',
    ],
    [
      '{"certificate": 1, "theorem": "6.14", "model": "", "state": "a", "avoid": [], "copies": 1, "cop": 1}',
      'E_CERTIFICATE',
    ],
    ['[]', 'E_SCHEMA'],
  ])('%s is refused with its place', (text, code) => {
    let diagnostic: unknown;
    try {
      read(text);
    } catch (error) {
      if (error instanceof UserError) diagnostic = error.diagnostic;
    }
    expect(diagnostic).toMatchObject({ code, place: { source: 'test.json', line: 1 } });
  });
});

type Json = string | number | Json[] | { [key: string]: Json };

/** Every way to change, drop or rename one entry. Texts become names of the model, numbers others nearby. */
function mutations(value: Json, mdp: Mdp): Json[] {
  if (typeof value === 'number') return [value - 1, value + 1, 0].filter((other) => other >= 0);
  if (typeof value === 'string') {
    const isNumber = /^-?\d+(\/\d+)?$/.test(value);
    const others = isNumber
      ? ['0', '1', '1/2', `${value.replace(/\d+$/, (d) => String(Number(d) + 1))}`]
      : [];
    const names = isNumber
      ? []
      : [...mdp.states, ...new Set(mdp.actions), '6.9(1)', '6.9(2)', '6.6', '6.12', 'nobody'];
    return [...others, ...names].filter((other) => other !== value);
  }
  if (Array.isArray(value)) {
    return [
      ...value.flatMap((item, i) => mutations(item, mdp).map((changed) => value.with(i, changed))),
      ...value.map((_, i) => value.toSpliced(i, 1)),
      ...value.map((item, i) => value.toSpliced(i, 0, item)),
    ];
  }
  const entries = Object.entries(value);
  const rebuilt = (list: readonly (readonly [string, Json])[]): Json => Object.fromEntries(list);
  return [
    ...entries.flatMap(([key, item], i) =>
      mutations(item, mdp).map((changed) => rebuilt(entries.with(i, [key, changed]))),
    ),
    ...entries.map((_, i) => rebuilt(entries.toSpliced(i, 1))),
    ...entries.flatMap(([key, item], i) =>
      mdp.states.includes(key) ? mdp.states.map((other) => rebuilt(entries.with(i, [other, item]))) : [],
    ),
  ];
}

/** Null where the file itself is refused. */
function readable(text: string): Certificate | null {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
