// What the command line says when something goes wrong, in what colours, and how it ends.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, loadCommands } from '../../src/cli/commands.js';
import { ioFailure } from '../../src/cli/io-failure.js';
import { internalError } from '../../src/errors.js';
import { run } from './fake-io.js';

const model = 'fixtures/mdp/wait.json';
/** A source file and all that it imports when it is loaded, packages left out. */
function linksFrom(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  for (const [, target] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)\.js';/gm)) {
    linksFrom(join(dirname(path), `${target}.ts`), seen);
  }
  return seen;
}

const ESCAPE = '\u001b[';

describe('the exit code', () => {
  it('is 0 when done', async () => expect((await run(['check', model])).code).toBe(0));

  it('is 5 for a bug, which is told without a stack trace', async () => {
    const { code, stdout, stderr } = await run(['check', model], {
      readError: new TypeError('x is not a function'),
    });
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain('this is a bug: TypeError: x is not a function');
    expect(stderr).not.toMatch(/ {4}at |node:internal/);
  });

  it('is 5 for a contradicted bound', async () => {
    const readError = internalError('a symmetry contradicts the solutions');
    expect(await run(['check', model], { readError })).toMatchObject({ code: 5, stdout: '' });
  });

  it('is 6 if the result cannot be written, and silent if its reader has gone', async () => {
    const full = await run(['check', model], {
      stdoutError: ioFailure('write to', 'standard output', 'ENOSPC'),
    });
    expect(full).toMatchObject({ code: 6, stderr: expect.stringContaining('no space is left') });
    const gone = await run(['check', model], {
      stdoutError: ioFailure('write to', 'standard output', 'EPIPE'),
    });
    expect(gone).toEqual({ code: 6, stdout: '', stderr: '' });
  });
});

describe('bad input', () => {
  const files = readdirSync('fixtures/bad/reject');

  it.each(['check', 'power', 'analyze', 'symmetry'])('never gives a number: %s', async (command) => {
    for (const file of files) {
      const argv = [command, `fixtures/bad/reject/${file}`];
      const { code, stdout, stderr } = await run(argv);
      expect({ file, code, stdout }).toEqual({ file, code: 3, stdout: '' });
      expect(stderr).toContain(file);
      expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(2001);
      expect(stderr).not.toMatch(/ {4}at |node:internal|this is a bug/);
      expect(await run(argv)).toEqual({ code, stdout, stderr });
    }
  });

  it('gives no number for an odd reward law either', async () => {
    for (const reward of [
      '',
      'uniform(1, 0)',
      'uniform(0)',
      'normal(0, -1)',
      'pareto(1, 1)',
      'quantile(1/0)',
      '{',
      '[]',
      'none.json',
    ]) {
      const { code, stdout } = await run(['power', model, '--reward', reward]);
      expect([2, 3, 6], reward).toContain(code);
      expect(stdout).toBe('');
    }
  });

  it('runs no code of an expression', async () => {
    for (const expression of [
      'constructor.constructor("return process")()',
      'import({a:1})',
      'f(x)=x',
      'random()',
      '__proto__',
      '9^9^9^9',
      '1/0',
      'sqrt(-1)',
    ]) {
      const { code, stdout } = await run(['power', model, '--reward', `quantile(${expression})`]);
      expect([2, 3], expression).toContain(code);
      expect(stdout).toBe('');
    }
  });
});

describe('colours', () => {
  const stdoutOf = async (argv: readonly string[], world: Parameters<typeof run>[1]): Promise<string> =>
    (await run(['check', model, ...argv], world)).stdout;

  it('are used on a terminal only', async () => {
    expect(await stdoutOf([], { isTTY: true })).toContain(ESCAPE);
    expect(await stdoutOf([], { isTTY: false })).not.toContain(ESCAPE);
  });

  it('obey NO_COLOR, FORCE_COLOR, TERM and --color, the option first', async () => {
    expect(await stdoutOf([], { isTTY: true, env: { NO_COLOR: '1' } })).not.toContain(ESCAPE);
    expect(await stdoutOf([], { isTTY: true, env: { NO_COLOR: '' } })).toContain(ESCAPE);
    expect(await stdoutOf([], { isTTY: true, env: { TERM: 'dumb' } })).not.toContain(ESCAPE);
    expect(await stdoutOf([], { env: { FORCE_COLOR: '1' } })).toContain(ESCAPE);
    expect(await stdoutOf([], { isTTY: true, env: { FORCE_COLOR: '0' } })).not.toContain(ESCAPE);
    expect(await stdoutOf(['--color', 'always'], { env: { NO_COLOR: '1' } })).toContain(ESCAPE);
    expect(await stdoutOf(['--color', 'never'], { isTTY: true })).not.toContain(ESCAPE);
  });

  it('mark errors on a terminal', async () => {
    expect((await run(['check', 'none.json'], { isTTY: true })).stderr).toContain(ESCAPE);
    expect((await run(['check', 'none.json', '--color', 'never'], { isTTY: true })).stderr).not.toContain(
      ESCAPE,
    );
    expect((await run(['check', 'none.json'])).stderr).not.toContain(ESCAPE);
  });

  it('never get into a file or a format for machines', async () => {
    expect(await stdoutOf(['--format', 'json', '--color', 'always'], { isTTY: true })).not.toContain(ESCAPE);
  });
});

describe('progress', () => {
  const argv = ['power', model, '--gamma', '0.5', '--samples', '3000'];

  it('is drawn on a terminal, and removed', async () => {
    const { stderr } = await run(argv, { isTTY: true });
    expect(stderr).toContain('of 3000 reward functions');
  });

  it('stays out of logs unless it is asked for', async () => {
    expect((await run(argv)).stderr).toBe('');
    expect((await run([...argv, '--quiet'], { isTTY: true })).stderr).toBe('');
    expect((await run([...argv, '--progress', 'never'], { isTTY: true })).stderr).toBe('');
    const { stderr } = await run([...argv, '--progress', 'always']);
    expect(stderr).toContain('reward functions');
    expect(stderr).not.toContain(ESCAPE);
  });
});

describe('notes', () => {
  it('go to standard error where the format does not show them', async () => {
    const stdin = '{"states": ["a", "b", "c"], "transitions": {"a": {"go": "b"}}, "terminal": ["b", "c"]}';
    const argv = ['power', '-', '--gamma', '0.5', '--samples', '10', '--format'];
    expect((await run([...argv, 'csv'], { stdin })).stderr).toMatch(/^note: .*"c"/);
    expect((await run([...argv, 'csv', '--quiet'], { stdin })).stderr).toBe('');
    const { stdout, stderr } = await run([...argv, 'terminal'], { stdin });
    expect(stdout).toMatch(/Notes\n- .*"c"/);
    expect(stderr).toBe('');
  });

  it('tell what the solver did, with --verbose', async () => {
    const { stderr } = await run(['power', model, '--gamma', '0.5', '--samples', '10', '--verbose']);
    expect(stderr).toMatch(/gamma 0\.5: 10 reward functions solved/);
  });
});

describe('help', () => {
  it.each(commands.map(({ name }) => name))(
    'of %s begins with examples and fits 80 columns',
    async (command) => {
      const { code, stdout } = await run([command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Examples:\\n  mdpower ${command} `));
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  );

  it('shows examples of the first commands, as these show them', async () => {
    const loaded = await loadCommands();
    commands.slice(0, 3).forEach(({ example }, i) => {
      expect(example).toEqual(loaded[i]!.examples[0]);
    });
    expect(loaded.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
    expect((await run(['--help'])).stdout).toMatch(/^Examples:\n {2}mdpower analyze /);
  });

  it('reads hardly more than the names of the commands', () => {
    const listed = [...linksFrom('src/cli/main.ts'), ...linksFrom('src/cli/io.ts')];
    expect(new Set(listed).size).toBeLessThan(30);
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await run(['--version'])).stdout).toBe(`${version}\n`);
    const details = JSON.parse((await run(['--version', '--json'])).stdout);
    expect(details).toMatchObject({ mdpower: version, node: process.versions.node });
  });
});
