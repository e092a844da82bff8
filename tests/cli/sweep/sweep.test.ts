// Sweeps as users meet them: every cell is the result of the single command, whatever happened on the way.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ioError, UserError } from '../../../src/errors.js';
import { sized } from '../../full-size.js';
import { run } from '../fake-io.js';

const fixture = resolve('fixtures/experiments/room.yaml');

let folder: string;
let results: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-sweep-'));
  results = join(folder, 'results');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes an experiment on `wait`, two slips and two laws, with what is given besides. */
function experiment(more: object = {}, name = 'e.json'): string {
  const path = join(folder, name);
  const whole = {
    experiment: 1,
    models: { wait: resolve('fixtures/mdp/wait.json'), hub: { generate: 'star', leaves: 3 } },
    rewards: { uniform: 'uniform(0, 1)', point: { default: 'uniform(0, 1)', states: {} } },
    slip: [0, '1/3'],
    gamma: [0.5, '0.9'],
    samples: 700,
    ...more,
  };
  writeFileSync(path, JSON.stringify(whole));
  return path;
}

/** Every file below a folder with its bytes. */
function contents(path: string): Record<string, string> {
  const files = (readdirSync(path, { recursive: true }) as string[]).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

const cellsOf = (path: string): string[] => readdirSync(join(path, 'cells')).sort();

describe('a sweep', () => {
  it('has a cell for every model, slip and law, each the result of the single command', async () => {
    const outcome = await run(['run', fixture, '--folder', results, '--quiet']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const { plan, complete } = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8'));
    expect(complete).toBe(true);
    expect(plan.cells).toHaveLength(2 * 3 * 2);
    for (const cell of [plan.cells[0], plan.cells[5], plan.cells[11]]) {
      const argv = ['power', join(results, cell.modelFile), '--reward', cell.reward, '--gamma', '0.5,0.9'];
      const single = await run([...argv, '--samples', '2000', '-f', 'json']);
      expect(readFileSync(join(results, cell.file), 'utf8')).toBe(single.stdout);
    }
    expect(readFileSync(join(results, 'power.csv'), 'utf8').split('\n')).toHaveLength(
      1 + 2 * 2 * 3 * (9 + 8) + 1,
    );
    expect(readFileSync(join(results, 'power.md'), 'utf8')).toContain('| room, slip 0, uniform: r1c1 |');
  });

  it('uses the same random numbers in all cells', async () => {
    const wait = resolve('fixtures/mdp/wait.json');
    const path = experiment({
      models: { a: wait, b: wait },
      rewards: { u: 'uniform(0, 1)' },
      slip: 0,
      command: 'analyze',
    });
    expect((await run(['run', path, '--folder', results])).code).toBe(0);
    const [a, b] = cellsOf(results).map((name) => readFileSync(join(results, 'cells', name), 'utf8'));
    expect(a).toBe(b);
    expect(JSON.parse(a!)).toMatchObject({ command: 'analyze', complete: true });
    expect(JSON.parse(a!).optimality.length).toBeGreaterThan(0);
  });

  it('of models without laws uses their own, and tells people what was done', async () => {
    const path = experiment({
      rewards: undefined,
      slip: undefined,
      outputs: { 'all.jsonl': 'power', 'all.txt': 'power' },
    });
    const { code, stdout, stderr } = await run(['run', path, '--folder', results]);
    expect(code).toBe(0);
    expect(stdout).toContain('4 of 4 done'.replace(/4/g, '2'));
    expect(stderr).toBe(`wrote ${results}: cells, all.jsonl, all.txt\n`);
    const rows = readFileSync(join(results, 'all.jsonl'), 'utf8').trim().split('\n');
    expect(
      rows.map((line) => JSON.parse(line)).every(({ slip, law }) => slip === null && law === 'default'),
    ).toBe(true);
  });

  it('tells what it would do, and writes nothing', async () => {
    const { code, stdout } = await run(['run', experiment(), '--dry-run', '--folder', results]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/cells +8, 700 reward functions each/);
    expect(stdout).toMatch(/memory +about \d+ MB/);
    expect(stdout).toMatch(/002-wait-slip-0-point +5 /);
    expect(readdirSync(folder)).toEqual(['e.json']);
  });

  it('can be drawn and compared', async () => {
    const other = join(folder, 'other');
    await run(['run', experiment(), '--folder', results]);
    await run(['run', experiment({ samples: 900 }), '--folder', other]);
    const svg = join(folder, 'power.svg');
    expect((await run(['plot', results, '--kind', 'power', '-o', svg])).code).toBe(0);
    const picture = readFileSync(svg, 'utf8');
    expect(picture).toContain('wait, slip 1/3, uniform');
    expect(picture).toContain('>cell<');
    const { code, stdout } = await run(['compare', results, other, '-f', 'json']);
    expect(code).toBe(0);
    const { comparison } = JSON.parse(stdout);
    expect(comparison.rows).toHaveLength(2 * 2 * 2 * (5 + 4));
    expect(comparison.rows[0]).toMatchObject({
      state: 'wait, slip 0, uniform: start',
      method: 'any dependence',
    });
    const same = JSON.parse((await run(['compare', results, results, '-f', 'json'])).stdout);
    expect(same.comparison.rows[0]).toMatchObject({ difference: 0, method: 'same samples' });
  });
});

describe('a sweep that was interrupted', () => {
  it('goes on to the same folder, byte by byte, on any number of threads', async () => {
    const path = experiment({ samples: 8000, outputs: { 'all.csv': 'power' } });
    const whole = join(folder, 'whole');
    await run(['run', path, '--folder', whole]);
    const controller = new AbortController();
    const look = setInterval(() => {
      if (!existsSync(join(results, 'cells')) || cellsOf(results).length < 3) return;
      controller.abort(new UserError(130, { code: 'E_INTERRUPTED', message: 'interrupted' }));
    }, 1);
    const part = await run(['run', path, '--folder', results], { signal: controller.signal });
    clearInterval(look);
    expect(part.code).toBe(130);
    expect(part.stderr).toMatch(/\d of 8 cells are done; mdpower resume .* goes on/);
    expect(existsSync(join(results, 'run.lock'))).toBe(false);
    for (const [i, argv] of [
      ['resume', join(folder, '0'), '--threads', '1'],
      ['resume', join(folder, '1'), '--threads', '3'],
      ['run', path, '--folder', join(folder, '2'), '--resume'],
    ].entries()) {
      cpSync(results, join(folder, String(i)), { recursive: true });
      expect((await run(argv)).code).toBe(0);
      expect(contents(join(folder, String(i)))).toEqual(contents(whole));
    }
  });

  it('by kill -9 at any moment goes on to the same folder', async () => {
    const path = experiment({ samples: 200_000, slip: [0], gamma: [0.9] });
    const whole = join(folder, 'whole');
    await run(['run', path, '--folder', whole]);
    const program = resolve('bin/mdpower.js');
    const ended = (words: readonly string[], milliseconds: number): Promise<number | null> =>
      new Promise((done) => {
        const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
        const kill = setTimeout(() => child.kill('SIGKILL'), milliseconds);
        child.stdout.resume();
        child.on('close', (code) => {
          clearTimeout(kill);
          done(code);
        });
      });
    const moments = sized([500, 900, 60_000], [300, 400, 500, 700, 900, 1100, 1500, 60_000]);
    for (const milliseconds of moments) {
      const begun = existsSync(join(results, 'manifest.json'));
      // A folder without a manifest has nothing to go on from, and is no sweep.
      if (!begun) rmSync(results, { recursive: true, force: true });
      const argv = begun ? ['resume', results] : ['run', path, '--folder', results];
      const code = await ended(argv, milliseconds);
      expect([0, null]).toContain(code);
      if (milliseconds === 60_000) expect(code).toBe(0);
    }
    expect(contents(results)).toEqual(contents(whole));
  }, 120_000);

  it('by a full disk at any of its files is told of, and goes on to the same folder', async () => {
    const path = experiment({ samples: 20, slip: 0, outputs: { 'all.csv': 'power' } });
    const whole = join(folder, 'whole');
    let files = 0;
    await run(['run', path, '--folder', whole], { beforeWrite: (file) => (files = file + 1) });
    expect(files).toBeGreaterThan(10);
    for (let full = 0; full < files; full += sized(3, 1)) {
      const beforeWrite = (file: number): void => {
        if (file >= full) throw ioError('cannot write: no space is left on the device', { found: 'ENOSPC' });
      };
      const { code, stdout } = await run(['run', path, '--folder', results], { beforeWrite });
      expect({ full, code, stdout }).toEqual({ full, code: 6, stdout: '' });
      if (!existsSync(join(results, 'manifest.json'))) rmSync(results, { recursive: true });
      const again = existsSync(results) ? ['resume', results] : ['run', path, '--folder', results];
      expect((await run(again)).code).toBe(0);
      expect(contents(results)).toEqual(contents(whole));
      rmSync(results, { recursive: true });
    }
  }, 60_000);

  it('by a limit ends with exit code 4, and goes on later', async () => {
    const path = experiment({ samples: 1e9, slip: [0] });
    const { code, stderr, stdout } = await run([
      'run',
      path,
      '--folder',
      results,
      '--timeout',
      '300ms',
      '-f',
      'json',
    ]);
    expect(code, stderr).toBe(4);
    expect(stderr).toContain('0 of 4 cells are done');
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, sweep: { cells: 4, done: 0 } });
    expect(cellsOf(results).every((name) => name.endsWith('.ckpt'))).toBe(true);
  });
});

describe('a result folder', () => {
  beforeEach(async () => {
    expect((await run(['run', experiment(), '--folder', results])).code).toBe(0);
  });

  it('is not written over, nor is any other folder', async () => {
    expect(await run(['run', experiment(), '--folder', results])).toMatchObject({ code: 2, stdout: '' });
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'thesis.tex'), '');
    const { code, stderr } = await run(['run', experiment(), '--folder', join(folder, 'full')]);
    expect(code).toBe(3);
    expect(stderr).toContain('is not empty');
    expect(readdirSync(join(folder, 'full'))).toEqual(['thesis.tex']);
  });

  it('computes damaged and missing cells again, to the same bytes, and nothing else', async () => {
    const before = contents(results);
    const [first, second, third] = cellsOf(results);
    const cell = (name: string | undefined): string => join(results, 'cells', name!);
    writeFileSync(cell(first), before[join('cells', first!)]!.replace('"power"', '"Power"'));
    rmSync(cell(second));
    const untouched = statSync(cell(third)).ino;
    expect((await run(['compare', results, results])).stderr).toContain(
      'its hash is not that of the manifest',
    );
    const { code, stderr } = await run(['resume', results]);
    expect(code).toBe(0);
    expect(stderr).toContain(`note: the cell cells/${first} is damaged and is computed again`);
    expect(stderr).toContain(`note: the cell cells/${second} is missing and is computed again`);
    expect(contents(results)).toEqual(before);
    expect(statSync(cell(third)).ino).toBe(untouched);
  });

  it('with a damaged manifest or model is refused with the reason', async () => {
    const manifest = join(results, 'manifest.json');
    const bytes = readFileSync(manifest);
    for (let at = 0; at < bytes.length; at += sized(41, 1)) {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= 1;
      if (/^\s$/.test(String.fromCharCode(bytes[at]!, changed[at]!).trim() || ' ')) continue;
      writeFileSync(manifest, changed);
      const { code, stdout } = await run(['resume', results]);
      expect({ at, code, stdout }).toEqual({ at, code: 3, stdout: '' });
    }
    writeFileSync(manifest, bytes);
    const [model] = readdirSync(join(results, 'models'));
    const [cell] = cellsOf(results);
    writeFileSync(join(results, 'models', model!), '{}');
    rmSync(join(results, 'cells', cell!));
    const refused = await run(['resume', results]);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('this model of the sweep is damaged');
    expect((await run(['run', experiment(), '--folder', results, '--resume'])).code).toBe(0);
  });

  it('of another experiment is refused', async () => {
    for (const more of [{ samples: 701 }, { gamma: [0.5] }, { slip: [0] }, { command: 'analyze' }]) {
      const { code, stderr } = await run(['run', experiment(more), '--folder', results, '--resume']);
      expect(code).toBe(3);
      expect(stderr).toContain('of another experiment');
    }
  });

  it('that another run works on is refused', async () => {
    const lock = { pid: process.pid, host: (await import('node:os')).hostname(), started: '', token: 'x' };
    writeFileSync(join(results, 'run.lock'), JSON.stringify(lock));
    const { code, stderr } = await run(['resume', results]);
    expect(code).toBe(6);
    expect(stderr).toContain('another run works on the result folder');
  });
});
