// Completion scripts: bash is asked what it would offer; zsh and fish name every command and option.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCommands } from '../../src/cli/commands.js';
import { longName } from '../../src/cli/option.js';
import { run } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-completion-'));
const script = join(folder, 'completion.bash');
beforeAll(async () => {
  writeFileSync(script, (await run(['completion', 'bash'])).stdout);
  writeFileSync(join(folder, 'model one.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers at the end of a line, sorted. */
function offered(...words: readonly string[]): string[] {
  const array = words.map((word) => `'${word}'`).join(' ');
  const line = `source '${script}'; COMP_WORDS=(${array}); COMP_CWORD=${words.length - 1}; _mdpower; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', line], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter(Boolean).sort();
}

describe('in bash', () => {
  it('offers commands', async () => {
    expect(offered('mdpower', '')).toEqual(
      [...(await loadCommands()).map(({ name }) => name), '--help', '--version'].sort(),
    );
    expect(offered('mdpower', 'opt')).toEqual(['optimality']);
  });

  it('offers the options of the command, the words of an option, files elsewhere', () => {
    expect(offered('mdpower', 'power', '--sa')).toEqual(['--sampler', '--samples']);
    expect(offered('mdpower', 'check', '--sa')).toEqual([]);
    expect(offered('mdpower', 'power', '--color', 'a')).toEqual(['always', 'auto']);
    expect(offered('mdpower', 'power', '-f', 'js')).toEqual(['json', 'jsonl']);
    expect(offered('mdpower', 'power', 'mod').join(' ')).toBe('model one.json');
    expect(offered('mdpower', 'power', '--output', 'mod').join(' ')).toBe('model one.json');
  });

  it('offers the words that a first argument can be', () => {
    expect(offered('mdpower', 'completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(offered('mdpower', 'schema', 'r')).toEqual(['result']);
    expect(offered('mdpower', 'generate', 'sta')).toContain('star');
  });
});

it.each(['zsh', 'fish'])('%s: has every command and option', async (shell) => {
  const { code, stdout } = await run(['completion', shell]);
  expect(code).toBe(0);
  for (const command of await loadCommands()) {
    expect(stdout).toContain(command.name);
    for (const option of Object.values(command.options)) {
      expect(stdout).toContain(shell === 'zsh' ? `--${longName(option)}[` : `-l ${longName(option)} `);
    }
  }
});

it('refuses another shell', async () => {
  expect(await run(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
});

const hasFish = spawnSync('fish', ['--version']).status === 0;
if (!hasFish) process.stderr.write('note: fish is not installed, so that its completion is not run\n');
it.skipIf(!hasFish)('fish itself offers commands and options', async () => {
  const path = join(folder, 'completion.fish');
  writeFileSync(path, (await run(['completion', 'fish'])).stdout);
  const offered = (line: string): string[] =>
    spawnSync('fish', ['--no-config', '-c', `source ${path}; complete -C '${line}'`], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .map((entry) => entry.split('\t')[0]!);
  expect(offered('mdpower comp')).toEqual(['compare', 'completion']);
  expect(offered('mdpower compare --fail')).toEqual(['--fail-on']);
  expect(offered('mdpower power --sampler ')).toEqual(['auto', 'random', 'sobol']);
});
