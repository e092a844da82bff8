// Every command the README shows is run, and its output is compared with what the README shows.
// `npm run golden` writes the real output into the README instead (where it is shown whole).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as runHere } from '../cli/fake-io.js';
import { consoleCommands, matches } from './console-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const readme = join(root, 'README.md');
const text = readFileSync(readme, 'utf8');
const update = process.env.UPDATE_GOLDEN === '1';

/** A folder like the one a reader stands in: the fixtures are there, and what commands write does no harm. */
const folder = mkdtempSync(join(tmpdir(), 'mdpower-readme-'));
symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => process.chdir(folder));
afterAll(() => process.chdir(root));

/** What a shown command prints, on both streams: in this process where it is plain, else with the `mdpower` of this clone. */
async function outputOf(command: string): Promise<string> {
  const parts = command.split(/ && +/);
  if (!parts.every(isPlain)) return shell(`mdpower() { node "$PROGRAM" "$@"; }\n${command}`);
  let output = '';
  for (const part of parts) {
    const { stdout, stderr } = await runHere(wordsOf(part), { env: { NO_COLOR: '1', COLUMNS: '80' } });
    output += stdout + stderr;
  }
  return output;
}

/** Whether a command is `mdpower` and its arguments, and the shell has to do nothing but find their ends. */
function isPlain(command: string): boolean {
  return /^mdpower [^|;&$`]*$/.test(command.replace(/'[^']*'/g, ''));
}

/** The arguments, as the shell cuts them. */
function wordsOf(command: string): string[] {
  return shell(`mdpower() { printf '%s\\n' "$@"; }\n${command}`).split('\n').slice(0, -1);
}

function shell(script: string): string {
  const env = { ...process.env, PROGRAM: join(root, 'bin/mdpower.js'), NO_COLOR: '1', COLUMNS: '80' };
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8', env });
  return stdout + stderr;
}

const commands = consoleCommands(text).filter(({ command }) => !/^(npm|git|cd) /.test(command));

describe('the README', () => {
  it('shows commands', () => expect(commands.length).toBeGreaterThan(5));

  it('shows the first result before line 40', () => {
    const line = text.slice(0, commands[0]!.end).split('\n').length;
    expect(text.slice(0, commands[0]!.start).split('\n').length).toBeLessThan(25);
    expect(line).toBeGreaterThan(10);
  });

  const replacements: { start: number; end: number; output: string }[] = [];
  it.each(commands.map((entry) => [entry.command, entry] as const))('%s', async (command, entry) => {
    const output = await outputOf(command);
    if (update && !/^\.\.\.$/m.test(entry.shown)) replacements.push({ ...entry, output });
    else expect(matches(entry.shown, output), `the output is now:\n${output}`).toBe(true);
  });

  afterAll(() => {
    if (replacements.length === 0) return;
    const updated = replacements.reduceRight(
      (all, { start, end, output }) => `${all.slice(0, start)}${output.trimEnd()}\n${all.slice(end)}`,
      text,
    );
    writeFileSync(readme, updated);
  });
});
