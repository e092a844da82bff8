// Limits end a run with what is done; what cannot be written is never exit code 0.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBytes, parseDuration } from '../../src/cli/numbers.js';
import { run } from './fake-io.js';

const model = resolve('fixtures/mdp/wait.json');
/** Plain samples: of these, the first block is already a result. */
const plain = ['power', model, '--gamma', '0.9', '--sampler', 'random', '-f', 'json'];
const endless = [...plain, '--samples', '1e11'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-limits-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a limit', () => {
  it('of time ends the run with what is done, marked, exit code 4', async () => {
    const { code, stdout, stderr } = await run([...endless, '--timeout', '0.3s']);
    expect(code).toBe(4);
    const { complete, parameters, power, notes } = JSON.parse(stdout);
    expect(complete).toBe(false);
    expect(parameters.samples).toBeLessThan(1e11);
    expect(power[0].samples).toBe(parameters.samples);
    expect(notes[0].message).toMatch(
      /^the time limit was reached: this is the result of the first \d+ of 100000000000/,
    );
    expect(stderr).toContain('the time limit was reached');
  });

  it('of memory ends the run at once where there is no room at all, exit code 4', async () => {
    const { code, stdout, stderr } = await run([...endless, '--max-memory', '1G'], {
      memoryUsed: 1_200_000_000,
    });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('E_LIMIT_MEMORY');
    expect(stderr).toContain('found: 1200 MB   wanted: at most 1000 MB');
  });

  it('of memory ends a run that has grown with what is done', async () => {
    let looks = 0;
    const world = {
      get memoryUsed(): number {
        return ++looks > 3 ? 2e9 : 1e8;
      },
    };
    const { code, stdout } = await run([...endless, '--max-memory', '1G'], world);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, notes: [{ code: 'W_INTERRUPTED' }] });
  });

  it('that is not reached changes nothing', async () => {
    const argv = ['power', model, '--gamma', '0.5', '--samples', '50', '-f', 'json'];
    expect(await run([...argv, '--timeout', '1h', '--max-memory', '64G'])).toEqual(await run(argv));
  });

  it.each([
    ['30s', 30_000],
    ['1.5h', 5_400_000],
    ['10m', 600_000],
    ['10min', 600_000],
    ['250ms', 250],
    ['7', 7000],
  ])('of %s is a time', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each([
    ['512M', 512e6],
    ['2G', 2e9],
    ['1GiB', 2 ** 30],
    ['1.5kb', 1500],
    ['100', 100],
  ])('of %s is a size', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each(['', '0', '-1s', '1w', 's', '1e99d', 'Infinity', '0x10'])('of "%s" is refused', (text) => {
    expect(() => parseDuration(text)).toThrow(/--timeout/);
    expect(() => parseBytes(text === '1w' ? '1w' : text)).toThrow(/--max-memory/);
  });
});

describe('what cannot be written', () => {
  const program = resolve('bin/mdpower.js');
  const argv = [program, 'power', model, '--gamma', '0.5', '--samples', '200', '-q'];
  const outcome = (line: string): number | null =>
    spawnSync('bash', ['-c', line, process.execPath, ...argv]).status;

  it.each([
    ['a full device as standard output', '"$0" "$@" > /dev/full'],
    ['a closed standard output', '"$0" "$@" >&-'],
    ['a full device as output', '"$0" "$@" -f csv -o /dev/full'],
    ['a full device among the outputs', '"$0" "$@" -f csv -o $DIR/x.csv -o /dev/full'],
    ['a folder that nobody can write to', '"$0" "$@" -o /sys/x.csv'],
    ['a full device for the report on assertions', '"$0" "$@" --assert "POWER(start) > 0" --junit /dev/full'],
    ['a device as checkpoint', '"$0" "$@" --checkpoint /dev/full'],
    ['a checkpoint where nobody can write', '"$0" "$@" --checkpoint /sys/x.ckpt'],
    [
      'a summary on a full device',
      'GITHUB_STEP_SUMMARY=/dev/full "$0" "$@" --assert "POWER(start) > 0" --github-summary',
    ],
  ])('%s: exit code 6', (_name, line) => {
    expect(outcome(line.replaceAll('$DIR', folder))).toBe(6);
    for (const left of readdirSync(folder)) expect(left).toBe('x.csv');
    for (const left of ['/dev/full.lock', '/sys/x.ckpt.lock']) expect(existsSync(left)).toBe(false);
  });

  it('does not come from a limit on the size of files: exit code 6 and no half file', () => {
    const line = `trap '' XFSZ; ulimit -f 1; "$0" ${JSON.stringify(program)} generate random --states 5000 -o ${folder}/m.json`;
    expect(spawnSync('bash', ['-c', line, process.execPath]).status).toBe(6);
    expect(readdirSync(folder)).toEqual([]);
  });
});
