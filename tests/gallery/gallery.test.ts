// The gallery is what the program gives now, byte by byte, and agrees with what the paper prints: the numbers and sets in
// case-study.ts and appendix.ts are those of arXiv:1912.01683v10. `npm run gallery` makes it anew; look at the difference.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultDocument } from '../../src/report/document.js';
import { run } from '../cli/fake-io.js';
import { appendix } from './appendix.js';
import { caseStudy } from './case-study.js';
import type { Figure } from './figure.js';
import { galleryPage, type MadeFigure } from './page.js';

const GALLERY = 'fixtures/gallery';
const figures = [...caseStudy, ...appendix];
const folder = mkdtempSync(join(tmpdir(), 'mdpower-gallery-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command whose outputs go to the folder of this test instead. */
async function succeed(argv: readonly string[], outputs: readonly string[]): Promise<void> {
  const to = outputs.flatMap((name) => ['--output', join(folder, name)]);
  expect(await run([...argv, ...to, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
}

async function make(figure: Figure): Promise<MadeFigure> {
  const results: Record<string, ResultDocument> = {};
  const tables: Record<string, string> = {};
  const commands: (readonly string[])[] = [];
  for (const [name, argv] of Object.entries(figure.runs)) {
    await succeed(argv, [`${name}.json`, `${name}.md`]);
    results[name] = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    tables[name] = tablesOf(readFileSync(join(folder, `${name}.md`), 'utf8'));
    const isDrawn = figure.pictures.some(({ of }) => of === name);
    commands.push(isDrawn ? [...argv, '--output', `${name}.json`] : argv);
  }
  for (const { file, of, model, options } of figure.pictures) {
    const source = of === null ? [model] : [join(folder, `${of}.json`), '--model', model];
    await succeed(['plot', ...source, ...options], [`${file}.svg`]);
    const shown = of === null ? [model] : [`${of}.json`, '--model', model];
    commands.push(['plot', ...shown, ...options, '--output', `${GALLERY}/${file}.svg`]);
  }
  return { figure, tables, commands, findings: figure.findings(results) };
}

/** The tables of a page: what stands under its head, with smaller headings. */
function tablesOf(markdown: string): string {
  return markdown
    .slice(markdown.indexOf('\n## ') + 1)
    .replace(/^## (.*)$/gm, '**$1**')
    .trim();
}

describe('the gallery', () => {
  const made: MadeFigure[] = [];
  beforeAll(async () => {
    for (const figure of figures) made.push(await make(figure));
    writeFileSync(join(folder, 'README.md'), galleryPage(made));
    if (process.env.UPDATE_GALLERY === '1') {
      const written = [
        'README.md',
        ...figures.flatMap(({ pictures }) => pictures.map(({ file }) => `${file}.svg`)),
      ];
      for (const name of written) cpSync(join(folder, name), join(GALLERY, name));
    }
  });

  it.each(figures.map(({ number }, index) => [number, index] as const))(
    'agrees with what the paper says of figure %i',
    (_, index) => {
      const { findings } = made[index]!;
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.filter(({ agrees }) => !agrees)).toEqual([]);
    },
  );

  const pictures = figures.flatMap(({ pictures }) => pictures.map(({ file }) => `${file}.svg`));
  it.each(['README.md', ...pictures])('has %s as the program makes it', (name) => {
    const now = readFileSync(join(folder, name), 'utf8');
    expect(readFileSync(join(GALLERY, name), 'utf8') === now, 'npm run gallery writes it anew').toBe(true);
  });

  it('has no other files', () => {
    const models = readdirSync(GALLERY).filter((name) => name.endsWith('.json'));
    expect(readdirSync(GALLERY).sort()).toEqual([...models, ...pictures, 'README.md'].sort());
  });
});
