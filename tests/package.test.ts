// The package as npm would publish it, unpacked into an empty folder with its production dependencies only.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mdpower-package-'));
const installed = join(folder, 'node_modules/mdpower');

beforeAll(() => {
  // `npm test` has built dist/ just now; building again while other tests run it would pull it from under them.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  const production = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of production.split('\n').filter((line) => line.includes('node_modules'))) {
    const place = join(folder, relative(root, path));
    if (relative(join(root, 'node_modules'), path).includes('node_modules')) continue;
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(path, place);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the packed package', () => {
  it('holds the program, its types and the models, and nothing else', () => {
    const top = execFileSync('ls', ['-A', installed], { encoding: 'utf8' }).trim().split('\n').sort();
    expect(top).toEqual(
      [
        'CHANGELOG.md',
        'CITATION.cff',
        'LICENSE',
        'README.md',
        'bin',
        'dist',
        'fixtures',
        'package.json',
      ].sort(),
    );
  });

  it('is in order for those who import it', async () => {
    const { messages } = await publint({ pkgDir: installed });
    expect(messages.map(({ code, path }) => `${code} at ${path.join('.')}`)).toEqual([]);
  });

  it('runs as a command', () => {
    const args = [join(installed, 'bin/mdpower.js'), 'power', join(installed, 'fixtures/mdp/star-3.json')];
    const result = spawnSync('node', [...args, '--samples', '1000', '--threads', '2', '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    const { power } = JSON.parse(result.stdout) as { power: { state: string; low: number; high: number }[] };
    expect(power.length).toBe(4 * 4);
  });

  it('runs the README’s library example, and its types are right', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const example = readme.match(/```ts\n(import \{ estimatePower[\s\S]*?)```/)?.[1];
    if (example === undefined) throw new Error('the README has no library example');
    writeFileSync(join(folder, 'example.ts'), example);
    const options = [
      '--strict',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--skipLibCheck',
    ];
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
    cpSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'), {
      recursive: true,
    });
    cpSync(join(root, 'node_modules/undici-types'), join(folder, 'node_modules/undici-types'), {
      recursive: true,
    });
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const compiled = spawnSync('node', [tsc, ...options, 'example.ts'], { cwd: folder, encoding: 'utf8' });
    expect(compiled.stdout + compiled.stderr).toBe('');
    const run = spawnSync('node', ['example.js'], { cwd: folder, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(Number(run.stdout.match(/power: ([0-9.]+)/)?.[1])).toBeGreaterThan(0.65);
    expect(Number(run.stdout.match(/power: ([0-9.]+)/)?.[1])).toBeLessThan(0.69);
  });
});
