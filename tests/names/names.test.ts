// Every name of the corpus through every output: it is shown as it is, or in a harmless form, and it never acts.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';
import { sized } from '../full-size.js';
import { parseDelimited } from '../report/parse-delimited.js';
import { readMarkup } from './documents.js';
import { hostileNames as names } from './hostile-names.js';

const root = mkdtempSync(join(tmpdir(), 'mdpower-names-'));
const folder = join(root, 'work');
const path = join(folder, 'model.json');
afterAll(() => rmSync(root, { recursive: true }));

/** From every name two actions, named by it and its neighbour: every name is a state and an action, twice. */
const pair = (i: number): string => `${JSON.stringify(names[i]!)}`;
const model = `{"name": ${JSON.stringify('<b>=1+1|`x`\\input{x}"')}, "states": [${names.map((_, i) => pair(i))}], "transitions": {${names
  .map((_, i) => {
    const next = (i + 1) % names.length;
    return `${pair(i)}: {${pair(i)}: ${pair(i)}, ${pair(next)}: ${pair(next)}}`;
  })
  .join(', ')}}, "labels": {"<i>": [${pair(0)}]}}`;

/** Control characters but tab and newline, and characters that turn or hide text. */
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const compute = ['--gamma', '0.5', '--samples', '16', '--quiet'];

beforeAll(() => {
  mkdirSync(folder);
  writeFileSync(path, model);
});

async function shown(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(argv);
  expect(code, stderr).toBe(0);
  return stdout;
}

it('the corpus is long, and nothing in it is refused', async () => {
  expect(names.length).toBeGreaterThan(150);
  const { states } = JSON.parse(await shown('power', path, ...compute, '--format', 'json')).model;
  expect(states).toBe(names.length);
});

describe('names in', () => {
  it('JSON and JSON Lines are the same texts', async () => {
    const { optimality } = JSON.parse(await shown('optimality', path, ...compute, '--format', 'json'));
    const wanted = names.flatMap((state, i) => [
      [state, state],
      [state, names[(i + 1) % names.length]],
    ]);
    expect(optimality.map((row: { state: string; action: string }) => [row.state, row.action])).toEqual(
      wanted,
    );
    const lines = (await shown('optimality', path, ...compute, '--format', 'jsonl'))
      .trim()
      .split('\n')
      .slice(1);
    expect(lines.map((line) => JSON.parse(line)).map(({ state, action }) => [state, action])).toEqual(wanted);
  });

  it.each([
    ['CSV', 'csv', ','],
    ['TSV', 'tsv', '\t'],
  ])('%s are no formulas, in any locale, and can be read back', async (_name, format, delimiter) => {
    const text = await shown('power', path, ...compute, '--format', format);
    const [header, ...rows] = parseDelimited(text, delimiter);
    expect(header![0]).toBe('state');
    expect(rows.map(([state]) => state!.replace(/(^|;)'/g, '$1'))).toEqual(
      names.map((name) => name.replace(/(^|;)'/g, '$1')),
    );
    for (const [state] of rows) {
      for (const cell of state!.split(/[;\t]/)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
    // Where the other separator stands, the whole field is in quotes.
    for (const line of text.split('\n').filter((line) => line.includes(';'))) expect(line).toMatch(/^"/);
  });

  it.each(['auto', 'always'])('the terminal, with colour %s, send nothing to it', async (color) => {
    const text = await shown('analyze', path, ...compute, '--color', color);
    const plain = text.replace(/\u001b\[[\d;]*m/g, '');
    expect(plain).not.toMatch(HARMFUL);
    expect(plain).not.toContain('\t');
    if (color === 'auto') expect(text).toBe(plain);
    for (const name of names.filter((name) => name.length < 30)) expect(plain).toContain(name);
  });

  it('Markdown are text: no table is broken, nothing is a link, an image, code or HTML', async () => {
    const text = await shown('optimality', path, ...compute, '--format', 'markdown');
    const tables = text.split('\n').filter((line) => line.startsWith('|'));
    expect(tables.length).toBeGreaterThan(2 * names.length);
    const active = (line: string): string => line.replace(/\\[!-/:-@[-`{-~]/g, '');
    const columns = active(tables[0]!).split('|').length;
    for (const line of tables) expect(active(line).split('|'), line).toHaveLength(columns);
    for (const line of text.split('\n')) {
      expect(active(line).replace(/\*\*\w+\*\*/, ''), line).not.toMatch(
        /[<`*_[\]!~]|&(?!(amp|lt|gt);)|https?:\/\/|www\./,
      );
    }
    expect(text).not.toMatch(HARMFUL);
  });

  it('HTML are text: no script, no handler, nothing from outside', async () => {
    const page = await shown('analyze', path, ...compute, '--format', 'html');
    const { tags, text } = readMarkup(page);
    harmlessTags(tags);
    for (const name of names.filter((name) => name.length < 30)) expect(text).toContain(name);
  });

  it.each(['power', 'optimality', 'forest', 'graph'])('SVG of the kind %s are text', async (kind) => {
    const few = join(folder, 'few.json');
    for (const part of parts(24)) {
      writeFileSync(few, chain(part));
      const svg = await shown(
        'plot',
        few,
        '--kind',
        kind,
        '--gamma',
        '0.5',
        '--samples',
        '16',
        '--quiet',
        '--format',
        'svg',
      );
      const { tags, text } = readMarkup(svg);
      harmlessTags(tags);
      expect(text + [...tags].flatMap(({ attributes }) => [...attributes.values()]).join(' ')).not.toMatch(
        HARMFUL,
      );
      balanced(tags);
    }
  });

  it('DOT are labels of as many nodes as there are states, none with an address', async () => {
    const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
    const graphviz = await Graphviz.load();
    for (const part of parts(24)) {
      const few = join(folder, 'few.json');
      writeFileSync(few, chain(part));
      const dot = await shown(
        'plot',
        few,
        '--kind',
        'graph',
        '--gamma',
        '0.5',
        '--samples',
        '16',
        '--quiet',
        '--format',
        'dot',
      );
      const graph = JSON.parse(graphviz.layout(dot, 'dot_json', 'dot'));
      const nodes = (graph.objects as { label?: string; URL?: string; href?: string }[]).filter(
        (node) => !('nodes' in node),
      );
      expect(nodes.every(({ URL, href }) => URL === undefined && href === undefined)).toBe(true);
      expect(nodes.length).toBeGreaterThanOrEqual(part.length);
      expect(nodes.some((node) => /evil/.test(JSON.stringify(Object.keys(node))))).toBe(false);
    }
  });

  it('LaTeX are ASCII text, and no command of theirs is left', async () => {
    const text = await shown('optimality', path, ...compute, '--format', 'latex');
    expect(/[^\n -~]/.exec(text)).toBeNull();
    const uncommented = text.replace(/(?<!\\)%.*/g, '');
    expect(/\\(input|write18|end\{document\}).*/.exec(uncommented)).toBeNull();
    const body = text.split('\n').filter((line) => line.endsWith('\\\\') && line.includes('&'));
    const cells = (line: string): number => line.replace(/\\&/g, '').split('&').length;
    for (const line of body) expect(cells(line), line).toBe(cells(body[0]!));
  });

  it.runIf(hasLatex())('LaTeX compile, without a shell', async () => {
    const file = join(folder, 'names.tex');
    writeFileSync(file, await shown('power', path, ...compute, '--format', 'latex', '--standalone'));
    execFileSync(
      'pdflatex',
      ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'names.tex'],
      { cwd: folder },
    );
  });

  it('JUnit XML and the summary of a GitHub job are text', async () => {
    const summary = join(folder, 'summary.md');
    const junit = join(folder, 'junit.xml');
    const claims = names.map((name) => `POWER(${JSON.stringify(name)}) <= 1`);
    const { code, stderr } = await run(
      [
        'power',
        path,
        ...compute,
        ...claims.map((claim) => `--assert=${claim}`),
        '--junit',
        junit,
        '--github-summary',
      ],
      { env: { GITHUB_STEP_SUMMARY: summary } },
    );
    expect(code, stderr).toBe(0);
    const { tags } = readMarkup(readFileSync(junit, 'utf8'));
    expect(tags.map((tag) => tag.name)).toEqual([
      'testsuites',
      'testsuite',
      ...claims.map(() => 'testcase'),
      'testsuite',
      'testsuites',
    ]);
    claims.forEach((claim, i) => {
      expect(tags[2 + i]!.attributes.get('name')).toContain(claim);
    });
    const rows = readFileSync(summary, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(2 + names.length);
    const bars = (line: string): number => line.replace(/\\./g, '').split('|').length;
    for (const row of rows.slice(2)) {
      expect(bars(row), row).toBe(bars(rows[0]!));
      expect(row.replace(/\\./g, ''), row).not.toMatch(/[<`*_[\]]/);
    }
  }, 120_000);

  it('file names do not stand: certificates are numbered, and nothing lies outside the folder', async () => {
    const few = join(folder, 'few.json');
    // Names that are paths, and some others.
    const tried = parts(10).filter((part, i) => /[/\\]/.test(part.join('')) || i % sized(5, 1) === 0);
    for (const part of tried) {
      writeFileSync(few, chain(part));
      await shown(
        'symmetry',
        few,
        '--gamma',
        '0.5',
        `--state=${part[0]!}`,
        '--quiet',
        '--save-certificates',
        join(folder, 'proofs'),
      );
    }
    for (const file of readdirSync(join(folder, 'proofs')))
      expect(file).toMatch(/^\d+-[\dDE.]+(-[12])?\.json$/);
    expect(readdirSync(root)).toEqual(['work']);
    expect(existsSync('/pwned')).toBe(false);
  });

  it('assertions and --state are found as they are, and suggested harmlessly', async () => {
    const asked = names.map((name) => `--state=${name}`);
    const { power } = JSON.parse(await shown('power', path, ...compute, ...asked, '--format', 'json'));
    expect(power.map((row: { state: string }) => row.state)).toEqual(names);
    const { code, stderr } = await run(['power', path, ...compute, '--state', '\u001b]52;c;eA==\u0007']);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(HARMFUL);
  });
});

/** The names in groups small enough for a picture. */
function parts(size: number): string[][] {
  return Array.from({ length: Math.ceil(names.length / size) }, (_, k) =>
    names.slice(k * size, (k + 1) * size),
  );
}

/** A model of these states, each of which leads to itself and to the next one. */
function chain(states: readonly string[]): string {
  const rows = states.map((state, i) => {
    const next = states[(i + 1) % states.length]!;
    const [a, b, c] = [state, next, states.length === 1 ? `${next} ` : next].map((name) =>
      JSON.stringify(name),
    );
    return `${a}: {"stay here": ${a}, ${c}: ${b}}`;
  });
  return `{"name": "<&>", "states": ${JSON.stringify(states)}, "start": ${JSON.stringify(states[0])}, "transitions": {${rows}}}`;
}

function harmlessTags(tags: ReturnType<typeof readMarkup>['tags']): void {
  for (const { name, attributes } of tags) {
    expect([
      'script',
      'iframe',
      'object',
      'embed',
      'image',
      'img',
      'foreignobject',
      'base',
      'link',
      'form',
    ]).not.toContain(name);
    for (const [key, value] of attributes) {
      expect(key).not.toMatch(/^on/i);
      if (/^(xlink:)?href$|^src$/.test(key)) expect(value).toMatch(/^#/);
      if (key === 'style') expect(value).not.toMatch(/url\(|expression/i);
    }
  }
}

/** Every tag of an XML document is closed, in order. */
function balanced(tags: ReturnType<typeof readMarkup>['tags']): void {
  const open: string[] = [];
  for (const { name, closing, empty } of tags) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
  }
  expect(open).toEqual([]);
}

function hasLatex(): boolean {
  try {
    execFileSync('pdflatex', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
