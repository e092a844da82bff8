// `--checkpoint` and `resume` as users meet them, in this process and in processes that are killed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../../src/cli/checkpoint/checkpoint-bytes.js';
import { UserError } from '../../../src/errors.js';
import type { SavedPart } from '../../../src/parallel/saved-parts.js';
import type { BlockSums } from '../../../src/power/block.js';
import { sized } from '../../full-size.js';
import { run } from '../fake-io.js';

const model = resolve('fixtures/mdp/wait.json');
const program = resolve('bin/mdpower.js');

let folder: string;
let checkpoint: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-resume-'));
  checkpoint = join(folder, 'run.ckpt');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a command until its checkpoint is there, then interrupts it. */
async function interrupted(argv: readonly string[]): Promise<{ code: number; stdout: string }> {
  const controller = new AbortController();
  const look = setInterval(() => {
    if (!existsSync(checkpoint)) return;
    const reason = { code: 'E_INTERRUPTED', message: 'interrupted' };
    controller.abort(new UserError(130, reason));
  }, 1);
  try {
    return await run([...argv, '--checkpoint', checkpoint], { signal: controller.signal });
  } finally {
    clearInterval(look);
  }
}

/** Long enough that the interrupt comes before the end. */
const long = ['power', model, '--gamma', '0.5,0.99', '--samples', '100000', '-f', 'json', '--sampler'];

describe('a run that was interrupted', () => {
  it.each(['random', 'sobol'])('goes on to the same bits on any number of threads: %s', async (sampler) => {
    const argv = [...long, sampler];
    const whole = await run(argv);
    const part = await interrupted(argv);
    expect(part.code).toBe(130);
    // Of Sobol points there may be no whole set yet; then there is nothing to print.
    if (part.stdout !== '' || sampler === 'random') {
      const partial = JSON.parse(part.stdout);
      expect(partial.complete).toBe(false);
      expect(partial.parameters.samples).toBeLessThan(100_000);
    }
    const kept = readFileSync(checkpoint);
    for (const threads of sized(['1', '3'], ['1', '2', '3', '7'])) {
      writeFileSync(checkpoint, kept);
      const resumed = await run(['resume', checkpoint, '--threads', threads]);
      expect(resumed).toMatchObject({ code: 0, stdout: whole.stdout });
    }
    expect(JSON.parse(whole.stdout).complete).toBe(true);
    expect(JSON.parse(whole.stdout).power[0].batches.means.length).toBeGreaterThanOrEqual(32);
  });

  it.each([
    ['optimality', ['--state', 'start', '--reward', 'bernoulli(1/3)', '--gamma', '1']],
    ['analyze', ['--assert', 'POWER(start) > POWER(candy)', '--gamma', '0.5', '--reward', 'normal(0, 1)']],
  ])('%s goes on with all its options', async (command, options) => {
    const argv = [command, model, '--samples', '40000', '-f', 'json', ...options];
    const whole = await run(argv);
    await interrupted(argv);
    expect(await run(['resume', checkpoint])).toEqual(whole);
    // The same command goes on, too, and then has nothing left to do.
    expect(await run([...argv, '--checkpoint', checkpoint])).toEqual(whole);
    expect(whole.code).toBe(0);
  });

  it('goes on with the settings of then, not with those of now', async () => {
    const env = { MDPOWER_SEED: '7', MDPOWER_SAMPLES: '2000' };
    const argv = ['power', model, '--gamma', '0.5', '-f', 'json'];
    const whole = await run([...argv, '--checkpoint', checkpoint], { env });
    expect(JSON.parse(whole.stdout).parameters).toMatchObject({ seed: '7', samples: 2000 });
    expect(await run(['resume', checkpoint], { env: { MDPOWER_SEED: '8' } })).toEqual(whole);
  });
});

describe('a checkpoint is refused', () => {
  const small = ['power', model, '--gamma', '0.5', '--samples', '100', '-f', 'csv'];

  it('with any byte changed, or cut off anywhere, or made longer', async () => {
    await run([...small, '--checkpoint', checkpoint]);
    const bytes = readFileSync(checkpoint);
    const refused = (changed: Uint8Array): string => {
      try {
        decodeCheckpoint(changed, 'run.ckpt');
      } catch (error) {
        if (error instanceof UserError) return error.diagnostic.message;
        throw error;
      }
      return 'accepted';
    };
    const reasons = new Set<string>();
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of sized([1 << (at % 8)], [0x01, 0x80, 0xff])) {
        const changed = Uint8Array.from(bytes);
        changed[at]! ^= flip;
        reasons.add(refused(changed));
      }
      reasons.add(refused(bytes.subarray(0, at)));
      reasons.add(refused(bytes.subarray(at + 1)));
    }
    reasons.add(refused(Buffer.concat([bytes, Buffer.of(0)])));
    expect([...reasons].sort()).toEqual([
      'this checkpoint has a format that is not known',
      'this checkpoint is cut off',
      'this checkpoint is damaged: its checksum is wrong',
      'this is no checkpoint',
    ]);
    expect(refused(bytes)).toBe('accepted');
  });

  it.each([
    ['1e308 samples', (sums) => (sums.moments.count = 1e308)],
    ['fewer than no samples', (sums) => (sums.moments.count = -100)],
    ['a mean that is no number', (sums) => (sums.moments.mean[1] = Number.NaN)],
    ['a spread below 0', (sums) => (sums.moments.m2[1] = -1)],
    ['an error below 0', (sums) => (sums.errorSum = -1)],
    ['1e308 optimal samples', (sums) => (sums.choices!.unique[1] = 1e308)],
    ['optimal samples below 0', (sums) => (sums.choices!.tied[0] = -1)],
    ['more outcomes than samples', (sums) => (sums.choices!.undecided[0] = 100)],
    ['a part of a sample', (sums) => (sums.choices!.unique[0] = 0.5)],
  ] satisfies [string, (sums: BlockSums) => void][])(
    'of %s, though its checksum is right',
    async (_, change) => {
      const argv = [...small.with(0, 'optimality'), '--method', 'sampled', '--checkpoint', checkpoint];
      await run(argv);
      const whole = decodeCheckpoint(readFileSync(checkpoint), checkpoint);
      expect((await run(argv)).code).toBe(0);
      const [stage] = Object.keys(whole.stages);
      change((whole.stages[stage!]!.sums as SavedPart[])[0]!.sums);
      writeFileSync(checkpoint, Buffer.concat(encodeCheckpoint(whole satisfies Checkpoint)));
      const { code, stdout, stderr } = await run(argv);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain('E_CHECKPOINT');
    },
  );

  it('whatever its bytes are, without a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, begins) => {
        const file = begins ? Buffer.concat([Buffer.from('mdpower checkpoint 2\n'), bytes]) : bytes;
        expect(() => decodeCheckpoint(file, 'x')).toThrow(UserError);
      }),
    );
  });

  it('by both commands, with exit code 3 and the reason, and nothing is printed or changed', async () => {
    await run([...small, '--checkpoint', checkpoint]);
    const bytes = readFileSync(checkpoint);
    const cut = bytes.subarray(0, bytes.length - 7);
    writeFileSync(checkpoint, cut);
    for (const argv of [
      ['resume', checkpoint],
      [...small, '--checkpoint', checkpoint],
    ]) {
      const { code, stdout, stderr } = await run(argv);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain(
        `this checkpoint is cut off\n  found: ${cut.length} bytes   wanted: ${bytes.length} bytes`,
      );
    }
    expect(Buffer.compare(readFileSync(checkpoint), cut)).toBe(0);
  });

  it.each([
    ['seed', ['--seed', '2']],
    ['gamma', ['--gamma', '0.5,0.6']],
    ['reward', ['--reward', 'uniform(0, 2)']],
    ['confidence', ['--confidence', '0.9']],
    ['tolerance', ['--tolerance', '1e-3']],
    ['assertions', ['--assert', 'POWER(start) > 0']],
  ])('if it is of another %s', async (name, options) => {
    const argv = (more: readonly string[]) => {
      const own = small.filter((word, i) => !more.includes(word) && !more.includes(small[i - 1]!));
      return [...own, ...more, '--checkpoint', checkpoint];
    };
    await run(argv([]));
    const { code, stdout, stderr } = await run(argv(options));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`of another run: its ${name} differs`);
  });

  it('if it is of another model, or command, or of none that can be resumed', async () => {
    const own = join(folder, 'model.json');
    writeFileSync(own, readFileSync(model));
    await run(['power', own, '--samples', '10', '--gamma', '0.5', '--checkpoint', checkpoint]);
    const other = await run([
      'optimality',
      own,
      '--samples',
      '10',
      '--gamma',
      '0.5',
      '--checkpoint',
      checkpoint,
    ]);
    expect(other.stderr).toContain('its command differs');
    writeFileSync(own, readFileSync(model, 'utf8').replace('{', '{ '));
    const { code, stderr } = await run(['resume', checkpoint]);
    expect(code).toBe(3);
    expect(stderr).toContain('of another run: its model differs');
    expect((await run(['resume', model])).stderr).toContain('this is no checkpoint');
    expect((await run(['resume', join(folder, 'none')])).code).toBe(6);
  });

  it('as a file that is also the model or the output', async () => {
    const own = join(folder, 'model.json');
    writeFileSync(own, readFileSync(model));
    expect((await run(['power', own, '--checkpoint', own])).code).toBe(6);
    expect((await run(['power', own, '--checkpoint', checkpoint, '-f', 'json', '-o', checkpoint])).code).toBe(
      2,
    );
    expect((await run(['power', own, '--checkpoint', join(folder, 'none', 'x')])).code).toBe(6);
    expect(readFileSync(own, 'utf8')).toBe(readFileSync(model, 'utf8'));
  });
});

describe('processes', () => {
  const argv = ['power', model, '--gamma', '0.9', '--samples', '2e6', '-f', 'csv', '-q'];
  const ended = (
    words: readonly string[],
    milliseconds: number,
  ): Promise<{ stdout: string; code: number | null }> =>
    new Promise((done) => {
      const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
      const kill = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += String(chunk);
      });
      child.on('close', (code) => {
        clearTimeout(kill);
        done({ stdout, code });
      });
    });

  it('killed at random moments go on to the same bits', async () => {
    const { stdout } = spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8' });
    // Moments from a fixed table: how far each run gets is as random as the machine.
    for (const milliseconds of sized([450, 800, 60_000], [350, 600, 450, 900, 750, 400, 1200, 60_000])) {
      const outcome = existsSync(checkpoint)
        ? await ended(['resume', checkpoint, '--threads', String(1 + (milliseconds % 3))], milliseconds)
        : await ended([...argv, '--checkpoint', checkpoint], milliseconds);
      if (outcome.code === 0) expect(outcome.stdout).toBe(stdout);
      else expect(outcome).toEqual({ stdout: '', code: null });
      if (milliseconds === 60_000) expect(outcome.code).toBe(0);
    }
  }, 120_000);

  it('that share a checkpoint: the second is refused, and the first goes on', async () => {
    const endless = [
      'power',
      model,
      '--gamma',
      '0.9',
      '--samples',
      '1e10',
      '-q',
      '-f',
      'csv',
      '--checkpoint',
      checkpoint,
    ];
    const child = spawn(process.execPath, [program, ...endless], { stdio: 'ignore' });
    try {
      while (!existsSync(checkpoint)) await new Promise((later) => setTimeout(later, 20));
      const second = await run(['resume', checkpoint]);
      expect(second).toMatchObject({ code: 6, stdout: '' });
      expect(second.stderr).toContain('E_LOCKED');
      expect(second.stderr).toContain(`process ${child.pid}`);
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);
});
