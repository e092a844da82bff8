// A real compiler reads what the LaTeX writer writes: every model of the fixtures, and names that try to be commands.
// Needs pdflatex with siunitx and pdftotext (Debian: texlive-latex-recommended, texlive-science, poppler-utils).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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
  const argv = ['analyze', model, '--samples', '100', '--gamma', '0.5,0.9', '--format', 'latex', ...options];
  const { code, stdout, stderr } = await run(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const models = readdirSync('fixtures/mdp').filter((name) => name.endsWith('.json'));
const hostile = readFileSync('fixtures/bad/MANIFEST.tsv', 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([file, expected]) => file?.startsWith('either/') && expected === 'accepted')
  .map(([file]) => file!);

describe.skipIf(!canCompile)('LaTeX, where pdflatex, siunitx and pdftotext are installed', () => {
  it.each(models)('compiles for %s, and prints every POWER', async (file) => {
    const latex = await latexOf(`fixtures/mdp/${file}`, '--standalone');
    const page = compiled(file.replace('.json', ''), latex);
    // Alignment puts blanks into the output; numbers are compared without them.
    const printed = page.replaceAll(' ', '');
    const numbers = [...latex.matchAll(/& (\d\.\d+\(\d+\))/g)].map(([, number]) => number!);
    for (const number of numbers) expect(printed).toContain(number);
    expect(printed).toContain('POWER');
  });

  it.each(hostile)('compiles with the names of %s', async (file) => {
    const page = compiled(file.replace(/\W/g, '-'), await latexOf(`fixtures/bad/${file}`, '--standalone'));
    const { states } = JSON.parse(readFileSync(`fixtures/bad/${file}`, 'utf8').replace('\uFEFF', '')) as {
      states: string[];
    };
    for (const state of states) {
      const words = state.match(/[A-Za-z]{3,}/g) ?? [];
      for (const word of words) expect(page.replaceAll(/\s/g, '')).toContain(word);
    }
  });

  it('prints ± and reads as a fragment in another document', async () => {
    const fragment = await latexOf('fixtures/mdp/fig1.json', '--uncertainty', 'pm');
    expect(fragment).not.toContain('documentclass');
    writeFileSync(join(folder, 'fragment.tex'), fragment);
    const packages = /^% Needs (.*)$/m.exec(fragment)![1]!;
    const page = compiled(
      'paper',
      `\\documentclass{article}${packages}\\begin{document}\\input{fragment}\\end{document}`,
    );
    expect(page).toMatch(/0\.\d{3,4} ?± ?0\.\d{3,4}/);
    expect(page).toContain('Table 1: POWER');
  });
});
