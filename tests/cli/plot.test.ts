// Pictures from the command line: every kind in every format it has, from models and from saved results.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/layout.js';
import { run } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-plot-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const fig1 = 'fixtures/mdp/fig1.json';
const room = 'fixtures/mdp/gridworld-5x5.json';
const few = ['--samples', '100'];

async function succeed(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') });
  return stdout;
}

beforeAll(async () => {
  await succeed('analyze', fig1, ...few, '-o', at('fig1.json'));
  const reward = '{"orbit": {"hug": 1}}';
  await succeed(
    'orbit',
    'fixtures/mdp/wait.json',
    '--states',
    'start,wait',
    '--reward',
    reward,
    '-o',
    at('orbit.json'),
  );
});

describe('plot', () => {
  it.each([
    ['power', fig1],
    ['optimality', fig1],
    ['forest', fig1],
    ['grid', room],
    ['orbit', at('orbit.json')],
  ])('draws the kind %s as SVG, PNG, Vega-Lite and text, and says so', async (kind, file) => {
    const names = ['x.svg', 'x.png', 'x.vl.json', 'x.txt'].map((name) => at(`${kind}-${name}`));
    const { code, stderr } = await run([
      'plot',
      file,
      '--kind',
      kind,
      ...few,
      ...names.flatMap((n) => ['-o', n]),
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe(names.map((name) => `wrote ${name}\n`).join(''));
    const [svg, png, spec, text] = names.map((name) => readFileSync(name));
    expect(String(svg)).toMatch(/^<svg /);
    expect(png!.subarray(1, 4).toString()).toBe('PNG');
    expect(JSON.parse(String(spec)).$schema).toContain('vega-lite');
    for (const line of String(text).split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  });

  it('draws the kind graph as SVG, PNG and DOT', async () => {
    await succeed('plot', fig1, ...few, '-o', at('g.svg'), '-o', at('g.png'), '-o', at('g.dot'));
    expect(readFileSync(at('g.svg'), 'utf8')).toMatch(/^<svg /);
    expect(readFileSync(at('g.dot'), 'utf8')).toMatch(/^digraph /);
  });

  it('draws the same bytes again, on any number of threads', async () => {
    for (const [index, threads] of ['1', '2'].entries())
      await succeed(
        'plot',
        fig1,
        '--samples',
        '3000',
        '--threads',
        threads,
        '-o',
        at(`t${index}.svg`),
        '-o',
        at(`t${index}.png`),
      );
    expect(readFileSync(at('t0.svg')).equals(readFileSync(at('t1.svg')))).toBe(true);
    expect(readFileSync(at('t0.png')).equals(readFileSync(at('t1.png')))).toBe(true);
  });

  it('draws a saved result as it draws the model with the same parameters', async () => {
    await succeed('power', fig1, '--gamma', '0.9', ...few, '-o', at('power.json'));
    const saved = await succeed('plot', at('power.json'), '--model', fig1, '-k', 'graph', '-f', 'dot');
    expect(await succeed('plot', fig1, '-k', 'graph', '-f', 'dot', ...few)).toBe(saved);
  });

  it('shows the discounts and states that are asked for', async () => {
    const text = await succeed('plot', at('fig1.json'), '--gamma', '1/2', '--states', '★,∅', '-k', 'forest');
    expect(text).toContain('γ = 0.5');
    expect(text.split('\n').filter((line) => line.includes('│'))).toHaveLength(2);
    expect(await succeed('plot', at('fig1.json'), '-k', 'optimality', '-s', 'r_▷')).toContain('r_▷');
  });

  it('narrows to the terminal', async () => {
    for (const columns of [40, 200]) {
      for (const file of [fig1, room, at('fig1.json'), at('orbit.json')]) {
        const { code, stdout } = await run(['plot', file, ...few], { columns, isTTY: true });
        expect(code).toBe(0);
        for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
        expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }
    }
  });

  it.each([
    ['a graph on the terminal', ['plot', fig1, '-k', 'graph'], /cannot be written as terminal/],
    ['DOT of a chart', ['plot', fig1, '-k', 'power', '-f', 'dot'], /cannot be written as dot/],
    ['PNG on standard output', ['plot', fig1, '-f', 'png'], /does not go to standard output/],
    ['a file without a format', ['plot', fig1, '-o', at('x')], /does not say its format/],
    ['a grid of what is none', ['plot', fig1, '-k', 'grid', ...few], /no gridworld/],
    ['an orbit of a model', ['plot', fig1, '-k', 'orbit'], /needs a result/],
    ['a graph without the model', ['plot', at('fig1.json'), '-k', 'graph', '-f', 'svg'], /needs the model/],
    ['another model', ['plot', at('fig1.json'), '--model', room], /not the model of this result/],
    ['a discount it does not have', ['plot', at('fig1.json'), '-g', '0.3'], /no gamma 0\.3/],
    ['a state it does not have', ['plot', at('fig1.json'), '--states', 'nowhere'], /no state "nowhere"/],
  ])('refuses %s', async (_name, argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(at('x'))).toBe(false);
  });

  it('refuses a damaged result with exit code 3', async () => {
    for (const [text, message] of [
      ['{"mdpower": "0.1.0", "command": "power"', /damaged/],
      ['{"mdpower": "0.1.0", "command": "nothing"}', /no result of this version/],
    ] as const) {
      const { code, stderr } = await run(['plot', '-'], { stdin: text });
      expect(code).toBe(3);
      expect(stderr).toMatch(message);
    }
  });
});

describe('several outputs of one run', () => {
  it('hold the same result in all formats', async () => {
    const names = ['r.tex', 'r.html', 'r.csv', 'r.tsv', 'r.json', 'r.jsonl', 'r.md', 'r.txt'].map(at);
    const { code, stderr } = await run([
      'power',
      fig1,
      '-g',
      '0.5',
      ...few,
      ...names.flatMap((n) => ['-o', n]),
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe(names.map((name) => `wrote ${name}\n`).join(''));
    const document = JSON.parse(readFileSync(at('r.json'), 'utf8')) as { power: { power: number }[] };
    for (const { power } of document.power) {
      for (const name of ['r.csv', 'r.tsv', 'r.jsonl'])
        expect(readFileSync(at(name), 'utf8')).toContain(String(power));
      for (const name of ['r.tex', 'r.html', 'r.md', 'r.txt'])
        expect(readFileSync(at(name), 'utf8')).toContain(power.toFixed(3).slice(0, 4));
    }
    expect(readFileSync(at('r.tex'), 'utf8')).toContain('\\begin{tabular}');
  });

  it('are refused where an option of LaTeX would mean nothing', async () => {
    for (const option of [['--standalone'], ['--uncertainty', 'pm']]) {
      const { code, stderr } = await run(['power', fig1, ...few, ...option, '-o', at('n.csv')]);
      expect(code).toBe(2);
      expect(stderr).toContain('is for LaTeX');
      expect(existsSync(at('n.csv'))).toBe(false);
    }
  });
});
