// A real compiler reads what the LaTeX writer writes: every model of the fixtures, and names that try to be commands.
// Needs pdflatex with siunitx and pdftotext (Debian: texlive-latex-recommended, texlive-science, poppler-utils).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-latex-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasPackage = (file: string): boolean => spawnSync('kpsewhich', [file]).status === 0;
const canCompile = hasPackage('siunitx.sty') && spawnSync('pdftotext', ['-v']).status === 0;

/** Compiles a document and returns the text of its pages. A failure shows what the compiler says. */
function compiled(name: string, text: string): string {
  writeFileSync(join(folder, `${name}.tex`), text);
  const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', `${name}.tex`];
  const { status, stdout } = spawnSync('pdflatex', options, { cwd: folder, encoding: 'latin1' });
  expect(status, stdout.slice(-1500)).toBe(0);
  expect(stdout).not.toContain('Missing character');
  return execFileSync('pdftotext', ['-layout', `${name}.pdf`, '-'], { cwd: folder, encoding: 'utf8' });
}

async function latexOf(model: string, ...options: readonly string[]): Promise<string> {
  // The symmetries of a gridworld are many, and searched for elsewhere.
  const command = model.includes('gridworld') ? 'power' : 'analyze';
  const argv = [command, model, '--gamma', '0.5,0.9', '--format', 'latex', ...options];
  const { code, stdout, stderr } = await run(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const models = readdirSync('fixtures/mdp')
  .filter((name) => name.endsWith('.json'))
  .map((name) => `fixtures/mdp/${name}`);
const hostile = readFileSync('fixtures/bad/MANIFEST.tsv', 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([file, expected]) => file?.startsWith('either/') && expected === 'accepted')
  .map(([file]) => `fixtures/bad/${file}`);

describe.skipIf(!canCompile)('LaTeX, where pdflatex, siunitx and pdftotext are installed', () => {
  const fragments = new Map<string, string>();
  const pages = new Map<string, string>();

  // One document with all fragments, each after a heading of its own: a compilation takes seconds.
  beforeAll(async () => {
    const sampled = ['--samples', '100'];
    for (const file of [...models, ...hostile]) fragments.set(file, await latexOf(file, ...sampled));
    fragments.set('exact', await latexOf('fixtures/mdp/fig1.json'));
    fragments.set('plus-minus', await latexOf('fixtures/mdp/fig1.json', ...sampled, '--uncertainty', 'pm'));
    const names = [...fragments.keys()];
    const packages = new Set(
      [...fragments.values()].flatMap((text) => /^% Needs (.*)$/m.exec(text)![1]!.split(' ')),
    );
    names.forEach((name, i) => {
      writeFileSync(join(folder, `part${i}.tex`), fragments.get(name)!);
    });
    const parts = names.map((_, i) => `\\clearpage BEGIN${i}PART\\par\\input{part${i}}`);
    const page = compiled(
      'all',
      `\\documentclass{article}${[...packages].join('')}\\extrafloats{200}\\begin{document}${parts.join('\n')}\\end{document}`,
    );
    names.forEach((name, i) => {
      const [, rest = ''] = page.split(`BEGIN${i}PART`);
      pages.set(name, rest.split(/BEGIN\d+PART/)[0]!);
    });
  });

  it.each(models)('compiles for %s, and prints every POWER', (file) => {
    // Alignment puts blanks into the output; numbers are compared without them.
    const printed = pages.get(file)!.replaceAll(' ', '');
    const numbers = [...fragments.get(file)!.matchAll(/& (\d\.\d+\(\d+\))/g)].map(([, number]) => number!);
    for (const number of numbers) expect(printed).toContain(number);
    expect(printed).toContain('POWER');
  });

  it.each(hostile)('compiles with the names of %s', (file) => {
    const { states } = JSON.parse(readFileSync(file, 'utf8').replace('\uFEFF', '')) as { states: string[] };
    for (const state of states) {
      const words = state.match(/[A-Za-z]{3,}/g) ?? [];
      for (const word of words) expect(pages.get(file)!.replaceAll(/\s/g, '')).toContain(word);
    }
  });

  it('prints fractions, arrows and script letters', () => {
    const printed = pages.get('exact')!;
    for (const fraction of ['43/66', '2/3', '187459/612360'].filter((text) =>
      fragments.get('exact')!.includes(text),
    ))
      expect(printed).toContain(fraction);
    expect(printed).toMatch(/2\/3/);
    expect(printed).toMatch(/ℓ/);
  });

  it('prints ± where it is asked for', () => {
    expect(fragments.get('plus-minus')).not.toContain('documentclass');
    expect(pages.get('plus-minus')).toMatch(/0\.\d{3,4} ?± ?0\.\d{3,4}/);
    expect(pages.get('plus-minus')).toMatch(/Table \d+: POWER/);
  });

  it('compiles as a document of its own', async () => {
    const page = compiled('alone', await latexOf('fixtures/mdp/fig1.json', '--standalone'));
    expect(page).toContain('Table 1: POWER');
    expect(page).toContain('2/3');
  });
});
