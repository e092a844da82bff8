import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { resultSchema } from '../../src/report/schema.js';
import { run } from './fake-io.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');
const model = join(fixtures, 'mdp/fig1.json');
const folder = mkdtempSync(join(tmpdir(), 'mdpower-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('mdpower symmetry and verify', () => {
  it('save certificates that verify, the rows of the result being the same', async () => {
    const proofs = join(folder, 'new', 'proofs');
    const arguments_ = ['symmetry', model, '--state', '★', '--save-certificates', proofs, '--format', 'json'];
    const { code, stdout, stderr } = await run(arguments_);
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    const validate = new Ajv2020({ strict: false }).compile(resultSchema());
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    const files = readdirSync(proofs).sort();
    expect(stderr).toContain(`wrote ${files.length} certificates to ${proofs}`);
    expect(document.symmetry).toHaveLength(files.length);
    for (const [index, file] of files.entries()) {
      expect(JSON.parse(readFileSync(join(proofs, file), 'utf8'))).toEqual(
        document.symmetry[index].certificate,
      );
      expect((await run(['verify', join(proofs, file), model])).code).toBe(0);
    }
  });

  it('end with 1 where a certificate is wrong, and say where', async () => {
    const broken = join(fixtures, 'certificates/broken/fig1-6.9-wrong-way.json');
    const { code, stdout } = await run(['verify', broken, model]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILS: everything that can happen after right has its copy after left/);
    expect(stdout).toMatch(/not valid/);
  });

  it('end with 3 where a file is no certificate', async () => {
    expect((await run(['verify', model, model])).code).toBe(3);
  });

  it('look at two actions alone, and refuse what is no action', async () => {
    const { stdout } = await run(['symmetry', model, '--actions', 'left,right', '--format', 'csv']);
    expect(stdout).toMatch(/★,6\.9\(2\),right,left/);
    expect((await run(['symmetry', model, '--actions', 'left'])).code).toBe(2);
    expect((await run(['symmetry', model, '--actions', 'left,lift'])).code).toBe(2);
  });

  it('say when the search was cut short', async () => {
    const { stdout } = await run(['symmetry', model, '--budget', '3']);
    expect(stdout).toMatch(/Not searched to the end/);
  });
});

describe('findings and evidence for a paper', () => {
  const asked = ['symmetry', model, '--actions', 'right,left', '--evidence', '-g', '0.5', '--quiet'];

  // Counts of the orbit of 0, 1, …, 7 by brute force over all permutations (cases/fig1-orbit-enumeration).
  it('are LaTeX tables with the counts of the whole orbit', async () => {
    const { code, stdout } = await run([...asked, '--format', 'latex']);
    expect(code).toBe(0);
    const caption = stdout.indexOf('\\caption{Beside the proofs: orbits counted}');
    expect(caption).toBeGreaterThan(0);
    const table = stdout.slice(caption, stdout.indexOf('\\end{table}', caption));
    const row = table.split('\n').find((line) => line.includes('6.9(2)') && line.includes('0, 1, \\dots'));
    expect(
      row!
        .replace(/\s*\\\\$/, '')
        .split(' & ')
        .slice(2),
    ).toEqual(['exact', '{0.5}', '{14{,}796}', '{13{,}814}', '{11{,}710}']);
    // A row has as many cells as the table has columns.
    const columns = [...table.matchAll(/>\{[^}]*\}p\{[^}]*\}| [lr](?= )/g)].length;
    expect(row!.split(' & ')).toHaveLength(columns);
    expect(stdout).toContain('\\caption{Certified for most reward functions}');
    expect(stdout).toContain('6.9(2) & in $\\bigstar$, P(right optimal) $\\geq$ P(left optimal) & yes & ');
  });

  it('are the same numbers as Markdown', async () => {
    const { stdout } = await run([...asked, '--format', 'markdown']);
    const cells = stdout
      .split('\n')
      .filter((line) => line.startsWith('|') && line.includes('6.9(2): in ★'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.some((row) => row.includes('14,796') && row.includes('11,710'))).toBe(true);
    expect(cells.some((row) => row.includes('75469/204120'))).toBe(true);
  });
});
