// A model of 200,000 states, whose blocks take many seconds, interrupted at random moments: npm run test:slow.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-interrupts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const model = join(folder, 'large.mdpb');
beforeAll(async () => {
  await run(['generate', 'random', '--states', '200000', '--actions', '4', '--successors', '5', '-o', model]);
});

const argv = ['power', model, '--gamma', '0.99', '--samples', '64', '--threads', '1', '-f', 'json'];
const checkpoint = join(folder, 'run.ckpt');

/** Interrupts a command and waits for its end. */
async function interrupted(
  words: readonly string[],
  signal: 'SIGINT' | 'SIGTERM',
  moment: () => Promise<unknown>,
): Promise<{ code: number | null; stdout: string; milliseconds: number }> {
  const child = spawn(process.execPath, [resolve('bin/mdpower.js'), ...words]);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  await moment();
  const sent = performance.now();
  child.kill(signal);
  const [status, by] = await new Promise<[number | null, string | null]>((done) => {
    child.on('close', (status, by) => done([status, by]));
  });
  // Shells report the signal as the exit code.
  const code = by === null ? status : by === 'SIGINT' ? 130 : 143;
  return { code, stdout, milliseconds: performance.now() - sent };
}

/** Two seconds are promised; the machine that runs this may be busy. */
const SOON = 6000;

it.each([
  ['SIGINT', 130, 500],
  ['SIGTERM', 143, 2500],
  ['SIGINT', 130, 6100],
  ['SIGTERM', 143, 9300],
  ['SIGINT', 130, 14_700],
] as const)(
  '%s ends a run with exit code %i after %i milliseconds, and nothing is left',
  async (signal, code, delay) => {
    const outcome = await interrupted([...argv, '--checkpoint', checkpoint], signal, () => passed(delay));
    expect(outcome.code).toBe(code);
    expect(outcome.milliseconds).toBeLessThan(SOON);
    if (outcome.stdout !== '') expect(JSON.parse(outcome.stdout)).toMatchObject({ complete: false });
    expect(readdirSync(folder).filter((name) => name !== 'run.ckpt')).toEqual(['large.mdpb']);
  },
);

it('the rows of all states are printed as soon as a block is done', async () => {
  rmSync(checkpoint, { force: true });
  const more = ['--tolerance', '1e-3', '--sampler', 'random', '--checkpoint', checkpoint];
  const begun = async (): Promise<void> => {
    while (!existsSync(checkpoint)) await passed(100);
  };
  const { code, stdout, milliseconds } = await interrupted([...argv, ...more], 'SIGINT', begun);
  expect(code).toBe(130);
  const { complete, power } = JSON.parse(stdout);
  expect(complete).toBe(false);
  expect(power).toHaveLength(200_000);
  expect(power[0].samples).toBeLessThan(64);
  expect(milliseconds).toBeLessThan(SOON);
});
