// Every command the README shows is run, and its output is compared with what the README shows.
// `npm run golden` writes the real output into the README instead (where it is shown whole).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { consoleCommands, matches } from './console-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const readme = join(root, 'README.md');
const text = readFileSync(readme, 'utf8');
const update = process.env.UPDATE_GOLDEN === '1';

/** A folder like the one a reader stands in: the fixtures are there, and what commands write does no harm. */
const folder = mkdtempSync(join(tmpdir(), 'mdpower-readme-'));
symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a shown command with the `mdpower` of this clone. */
function run(command: string): { output: string; status: number | null } {
  const script = `mdpower() { node ${JSON.stringify(join(root, 'bin/mdpower.js'))} "$@"; }\n${command}`;
  const result = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '80', FORCE_COLOR: undefined },
  });
  return { output: result.stdout + result.stderr, status: result.status };
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
  it.each(commands.map((entry) => [entry.command, entry] as const))('%s', (command, entry) => {
    const { output } = run(command);
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
