// Commands that may be busy for long run on a thread of their own: interrupts and limits are seen whatever they are at.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayEstimateLong } from '../../src/cli/long-work.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { run } from './fake-io.js';

const program = resolve('bin/mdpower.js');
const folder = mkdtempSync(join(tmpdir(), 'mdpower-apart-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Exact answers at gamma 0 take no time; each of those at 9/10 would take about a minute, in which no event is seen. */
const slow = join(folder, 'slow.json');
/** Too large to be solved on the main thread. */
const large = join(folder, 'large.json');
beforeAll(async () => {
  await run([
    'generate',
    'random-deterministic',
    '--states',
    '8',
    '--actions',
    '3',
    '--seed',
    '3',
    '-o',
    slow,
  ]);
  await run(['generate', 'random', '--states', '300', '--actions', '2', '--successors', '2', '-o', large]);
});
const exactly = ['power', slow, '--method', 'exact', '--gamma', '0,0.9', '--format', 'json'];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** from the last signal, in milliseconds */
  readonly took: number;
}

/** Runs the program and sends it signals, the first after `delay` milliseconds, the others at once. */
function interrupted(
  argv: readonly string[],
  signals: readonly NodeJS.Signals[],
  delay: number,
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...argv]);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  let sent = Number.NaN;
  const timer = setTimeout(() => {
    sent = performance.now();
    for (const signal of signals) child.kill(signal);
  }, delay);
  return new Promise((done) => {
    child.on('close', (status) => {
      clearTimeout(timer);
      done({ status, ...written, took: performance.now() - sent });
    });
  });
}

/** The same with a longer and longer delay, until something was finished before the signal. */
async function interruptedAtWork(argv: readonly string[], signal: NodeJS.Signals): Promise<Ended> {
  for (let delay = 2000; ; delay *= 2) {
    const ended = await interrupted(argv, [signal], delay);
    if (ended.stdout !== '' || delay > 30_000) return ended;
    expect(ended.stderr === '' || ended.stderr.includes('E_INTERRUPTED'), ended.stderr).toBe(true);
  }
}

describe('a command that is busy', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'with an exact answer is ended by %s: those before it are printed, exit code %i',
    async (signal, code) => {
      const { status, stdout, took } = await interruptedAtWork(exactly, signal);
      expect(status).toBe(code);
      // The promise is two seconds; the machine that runs this test may be busy.
      expect(took).toBeLessThan(10_000);
      const { complete, power, notes } = JSON.parse(stdout);
      expect(complete).toBe(false);
      expect(power).toHaveLength(8);
      expect(
        power.every((row: { gamma: string; method: string }) => row.gamma === '0' && row.method === 'exact'),
      ).toBe(true);
      expect(notes).toContainEqual({
        code: 'W_INTERRUPTED',
        message: 'the run was interrupted: these are the exact answers that were found',
      });
    },
    180_000,
  );

  it('is ended by its time, with what is done, exit code 4, and leaves no lock', async () => {
    const checkpoint = join(folder, 'run.ckpt');
    for (let seconds = 3; ; seconds *= 2) {
      const argv = [...exactly, '--timeout', `${seconds}s`, '--checkpoint', checkpoint];
      const { status, stdout, stderr } = await interrupted(argv, [], 0);
      expect(status, stderr).toBe(4);
      expect(existsSync(`${checkpoint}.lock`)).toBe(false);
      if (stdout === '' && seconds < 30) continue;
      expect(JSON.parse(stdout)).toMatchObject({ complete: false, notes: [{ code: 'W_INTERRUPTED' }] });
      expect(JSON.parse(stdout).notes[0].message).toContain('the time limit was reached');
      break;
    }
  }, 180_000);

  it('is ended at once by a second interrupt, with nothing printed', async () => {
    const { status, stdout } = await interrupted(exactly, ['SIGINT', 'SIGTERM'], 4000);
    expect([130, 143, null]).toContain(status);
    expect(stdout).toBe('');
  }, 60_000);
});

describe('a command on a thread of its own', () => {
  const argv = ['power', '-', '--gamma', '0.5,0.9', '--samples', '600', '--seed', '4'];

  it('prints what it does elsewhere, byte for byte, reads standard input, and fails as elsewhere', async () => {
    const shell = async (input: string, ...more: string[]): Promise<Omit<Ended, 'took'>> => {
      const child = spawn(process.execPath, [program, ...argv, ...more], {
        env: { ...process.env, NO_COLOR: '1' },
      });
      child.stdin.end(input);
      const written = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        written.stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        written.stderr += text;
      });
      return new Promise((done) => child.on('close', (status) => done({ status, ...written })));
    };
    const stdin = readFileSync(large, 'utf8');
    const here = await run([...argv, '-f', 'json'], { stdin });
    expect(await shell(stdin, '-f', 'json')).toEqual({
      status: here.code,
      stdout: here.stdout,
      stderr: here.stderr,
    });
    const wrong = await run([...argv, '-f', 'json'], { stdin: '{"states": []}' });
    expect(await shell('{"states": []}', '-f', 'json')).toEqual({
      status: wrong.code,
      stdout: wrong.stdout,
      stderr: wrong.stderr,
    });
    expect(wrong.code).toBe(3);
  }, 60_000);

  it('is one that may be busy for long', async () => {
    const io = { sizeOf: async (path: string) => (path === 'large' ? 1e6 : 1000) } as never;
    const isLong = (path: string, gammas: string, more: object = {}): Promise<boolean> =>
      mayEstimateLong(path, { gamma: parseDiscountList(gammas), method: 'auto', ...more }, io);
    expect(await isLong('small', '0,0.5,0.99')).toBe(false);
    expect(await isLong('small', '0.5,1')).toBe(true);
    expect(await isLong('small', '0.99999')).toBe(true);
    expect(await isLong('small', '0.5', { method: 'exact' })).toBe(true);
    expect(await isLong('small', '0.5', { method: 'exact', symbolic: true })).toBe(false);
    expect(await isLong('large', '0.5')).toBe(true);
    expect(await isLong('-', '0.5')).toBe(true);
  });

  it('has its outputs in files too, and no temporary file is left', async () => {
    const out = join(folder, 'out.json');
    writeFileSync(out, 'before');
    const { status } = await interrupted(
      ['power', large, '--gamma', '0.5', '--samples', '100', '-o', out],
      [],
      0,
    );
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8')).power).toHaveLength(300);
  }, 60_000);
});
