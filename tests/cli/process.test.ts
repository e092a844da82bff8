// The real program in a process of its own, as built: streams that fail, pipes that close, the time of --help.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDevice } from '../../src/cli/device.js';

const program = resolve('bin/mdpower.js');
const model = resolve('fixtures/mdp/fig1.json');

/** Runs a shell line in which `mdpower` is the program; the exit code is that of the line's first `mdpower`. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  const script = `mdpower() { "${process.execPath}" "${program}" "$@"; }\n${line}\nexit "\${PIPESTATUS[0]}"`;
  return spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
  });
}

describe('standard output', () => {
  it('that is full: exit code 6', () => {
    const { status, stderr } = shell(`mdpower check ${model} > /dev/full`);
    expect(status).toBe(6);
    expect(stderr).toContain('no space is left on the device');
  });

  it('that is closed: exit code 6', () => {
    const { status, stderr } = shell(`mdpower check ${model} >&-`);
    expect(status).toBe(6);
    expect(stderr).toContain('it is closed');
  });

  it('that is thrown away on purpose: exit code 0', () => {
    expect(shell(`mdpower check ${model} > /dev/null`).status).toBe(0);
    expect(shell(`mdpower check ${model} --quiet -o /dev/null -f json >&-`).status).toBe(0);
  });

  it('whose reader leaves early: no word on standard error', () => {
    const { status, stdout, stderr } = shell('mdpower generate random --states 5000 | head -n 1');
    expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' });
    expect(status).toBe(6);
  });

  it('gets long results whole through a pipe', () => {
    const { stdout } = shell('mdpower generate random --states 5000 | cat');
    expect(JSON.parse(stdout).states).toHaveLength(5000);
  });
});

describe('a named pipe as output', () => {
  let pipe: string;
  beforeEach(() => {
    pipe = join(mkdtempSync(join(tmpdir(), 'mdpower-pipe-')), 'p.json');
    execFileSync('bash', ['-c', `mkfifo '${pipe}'`]);
  });
  afterEach(() => rmSync(dirname(pipe), { recursive: true }));

  it('gives a reader that comes later, and is slow, the whole text', () => {
    // Standard output is not shared: Node would make it one that does not wait, for the reader too.
    const write = `mdpower generate random --states 5000 -o ${pipe} > /dev/null & sleep 0.7`;
    const { stdout } = shell(`${write}; timeout 20 bash -c '(sleep 0.2; cat) < ${pipe}'; wait`);
    expect(JSON.parse(stdout).states).toHaveLength(5000);
  });

  it('that nobody reads is not waited for without end', async () => {
    const error = await openDevice(pipe, 100).catch((error: unknown) => error);
    expect(error).toMatchObject({ exitCode: 6, diagnostic: { found: 'no reader within 0.1 s' } });
  });

  it.each([
    ['check', []],
    ['power', ['--gamma', '1', '--samples', '10']],
  ])('that nobody reads yet sees an interrupt: %s', async (command, options) => {
    const argv = [program, command, model, ...options, '--quiet', '-f', 'json', '-o', pipe];
    const child = spawn(process.execPath, argv, { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('close', (code, signal) => done(code ?? signal)));
    await passed(1500);
    expect(child.exitCode).toBeNull();
    const sent = performance.now();
    child.kill('SIGINT');
    expect([130, 'SIGINT']).toContain(await ended);
    expect(performance.now() - sent).toBeLessThan(2000);
  });
});

describe('standard input', () => {
  it('that is closed: exit code 6, at once', () => {
    const { status, stderr } = shell('mdpower check - <&-');
    expect(status).toBe(6);
    expect(stderr).toContain('cannot read standard input');
  });

  it('carries a model from one command to the next', () => {
    const { stdout } = shell(
      'mdpower generate star --leaves 4 | mdpower power - --gamma 0.5 --samples 10 -f csv',
    );
    expect(stdout.split('\n')[1]).toMatch(/^hub,0\.5,/);
  });
});

describe('the built program', () => {
  it('prints the same digits with one thread and with three', () => {
    const run = (threads: number): string =>
      execFileSync(
        process.execPath,
        [program, 'power', model, '--samples', '3000', '-f', 'json', '--threads', String(threads)],
        { encoding: 'utf8' },
      );
    expect(run(3)).toBe(run(1));
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'can be interrupted by %s: it prints what was finished and ends with %i',
    async (signal, code) => {
      const argv = [
        'power',
        model,
        '--samples',
        '1e9',
        '--sampler',
        'random',
        '--gamma',
        '0.5',
        '-f',
        'json',
      ];
      const run = spawn(process.execPath, [program, ...argv, '--progress', 'always']);
      const written = { stdout: '', stderr: '' };
      run.stdout.setEncoding('utf8').on('data', (text: string) => {
        written.stdout += text;
      });
      // Progress is shown as soon as a block of samples is done: then there is something to print.
      run.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (written.stderr === '') run.kill(signal);
        written.stderr += text;
      });
      const status = await new Promise((resolve) => run.on('close', resolve));
      expect(status, written.stderr).toBe(code);
      expect(written.stderr).toContain('note: the run was interrupted');
      const { parameters, power, notes } = JSON.parse(written.stdout);
      expect(parameters.samples).toBeGreaterThan(0);
      expect(parameters.samples).toBeLessThan(1e9);
      expect(power[0].samples).toBe(parameters.samples);
      expect(notes).toMatchObject([{ code: 'W_INTERRUPTED' }]);
    },
    180_000,
  );
});

/** Packages that `file` and its local imports bring in when they are loaded, `import()` aside. */
function packagesAtStart(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)'/gm);
  for (const [, target] of imports) {
    if (!target!.startsWith('.')) packages.add(target!);
    else
      for (const name of packagesAtStart(join(dirname(file), target!.replace(/\.js$/, '.ts')), seen))
        packages.add(name);
  }
  return packages;
}

describe('help', () => {
  it('loads nothing heavy', () => {
    const packages = [...packagesAtStart('src/cli/main.ts')].filter((name) => !name.startsWith('node:'));
    expect(packages.sort()).toEqual(['commander']);
  });

  it('takes less than 150 ms of processor time beyond that of Node itself, at the best of five', () => {
    const seconds = (...argv: string[]): number => {
      const line = `TIMEFORMAT='%U %S'; time "${process.execPath}" ${argv.join(' ')} > /dev/null`;
      const { stderr } = spawnSync('bash', ['-c', line], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      return stderr.split(' ').reduce((sum, part) => sum + Number(part), 0);
    };
    const best = (...argv: string[]): number =>
      Math.min(...Array.from({ length: 5 }, () => seconds(...argv)));
    expect(best(`"${program}"`, '--help') - best('-e', '0')).toBeLessThan(0.15);
  });
});
