// A model of 200,000 states, whose blocks take many seconds, interrupted at random moments: npm run test:slow.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-interrupts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const model = join(folder, 'large.mdpb');
beforeAll(async () => {
  await run(['generate', 'random', '--states', '200000', '--actions', '4', '--successors', '5', '-o', model]);
});

it.each([
  ['SIGINT', 130, 500],
  ['SIGTERM', 143, 2500],
  ['SIGINT', 130, 6100],
  ['SIGTERM', 143, 9300],
  ['SIGINT', 130, 14_700],
] as const)(
  '%s ends a run with exit code %i after %i milliseconds, and nothing is left',
  async (signal, code, delay) => {
    const argv = ['power', model, '--gamma', '0.99', '--samples', '64', '--threads', '1'];
    const more = ['--checkpoint', join(folder, 'run.ckpt'), '-f', 'json'];
    const child = spawn(process.execPath, [resolve('bin/mdpower.js'), ...argv, ...more]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    await new Promise((resolve) => setTimeout(resolve, delay));
    const sent = performance.now();
    child.kill(signal);
    const [status, by] = await new Promise<[number | null, string | null]>((done) => {
      child.on('close', (status, by) => done([status, by]));
    });
    // Two seconds are promised; the machine that runs this may be busy.
    expect(performance.now() - sent).toBeLessThan(6000);
    // Shells report the signal as the exit code.
    expect(by === null ? status : { SIGINT: 130, SIGTERM: 143 }[by]).toBe(code);
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ complete: false });
    expect(readdirSync(folder).filter((name) => name !== 'run.ckpt')).toEqual(['large.mdpb']);
  },
);
