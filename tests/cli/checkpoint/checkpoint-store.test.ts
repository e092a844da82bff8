// A run that dies at any call of the system goes on from what it left, to the same bits.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CheckpointStore,
  openCheckpoint,
  readCheckpoint,
} from '../../../src/cli/checkpoint/checkpoint-store.js';
import { type FileOperations, fileOperations } from '../../../src/cli/checkpoint/file-operations.js';
import type { LinearForm } from '../../../src/power/linear-form.js';
import type { PowerEstimate } from '../../../src/power/result.js';
import { sized } from '../../full-size.js';
import { estimate, star } from '../../power/estimating.js';
import { dyingFiles, fullFiles } from './dying-files.js';

const run = { request: { command: 'power', arguments: ['m.json'], options: {} }, settings: { seed: '1' } };
const forms: readonly LinearForm[] = [[{ quantity: 'probability', index: 0, coefficient: 1, gamma: 1 }]];
/** Three blocks of 512 samples, all kinds of sums. */
const options = { samples: 1300, forms };
const gammas = ['0', '0.5', '1'];
const mdp = star(4);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-checkpoint-'));
  path = join(folder, 'run.ckpt');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A clock on which a hundred times as long has passed at every look: every block is due. */
function hurried(files: FileOperations = fileOperations): { files: FileOperations; now: () => number } {
  let time = 1;
  return { files, now: () => (time *= 100) };
}

const wholeRun = (store?: CheckpointStore) => estimate(mdp, 'uniform(0,1)', gammas, { ...options, store });

/** As after a kill: the lock that stays behind is of a process that is no more. */
function leaveDeadLock(): void {
  const lock = `${path}.lock`;
  if (!existsSync(lock)) return;
  const text = readFileSync(lock, 'utf8');
  if (text.includes('}')) writeFileSync(lock, text.replace(/"pid":\d+/, `"pid":${deadProcess}`));
  else utimesSync(lock, 0, 0);
}
/** Above the largest number of a process on any system. */
const deadProcess = 2 ** 30;

describe('a run that dies', () => {
  it('at any call of the system goes on to the same bits, and loses one block at most', async () => {
    const expected = await wholeRun();
    const counting = dyingFiles(Number.POSITIVE_INFINITY);
    const store = openCheckpoint(path, run, hurried(counting.files));
    expect(await wholeRun(store)).toEqual(expected);
    expect(store.close()).toBeUndefined();
    const calls = counting.calls();
    expect(calls).toBeGreaterThan(3 * 6);
    rmSync(path);

    // A file is written by an even number of calls, so that steps of five meet each kind of them.
    for (let last = 0; last < calls; last += sized(5, 1)) {
      const dying = dyingFiles(last);
      let merged = 0;
      try {
        const first = openCheckpoint(path, run, hurried(dying.files));
        const counted: CheckpointStore = {
          ...first,
          save: (stage, saved) => {
            first.save(stage, saved);
            if (dying.calls() <= last) merged = saved.blocks;
          },
        };
        await wholeRun(counted);
        first.close();
      } catch {
        // It died before it began.
      }
      leaveDeadLock();
      const kept = existsSync(path) ? readCheckpoint(path) : undefined;
      expect(Number(kept?.stages.claims?.blocks ?? 0)).toBeGreaterThanOrEqual(merged);
      const again = openCheckpoint(path, run, hurried());
      expect(await wholeRun(again), `died at call ${last}`).toEqual(expected);
      expect(again.close()).toBeUndefined();
      expect(readdirSync(folder), `died at call ${last}`).toEqual(['run.ckpt']);
      rmSync(path);
    }
  }, 120_000);

  it('again and again goes on to the same bits', async () => {
    const expected = await wholeRun();
    let result: PowerEstimate | undefined;
    let deaths = 0;
    for (let last = 12; result === undefined && deaths < 40; last += 5) {
      try {
        const store = openCheckpoint(path, run, hurried(dyingFiles(last).files));
        const found = await wholeRun(store);
        if (store.close() === undefined) result = found;
      } catch {
        // It died before it began.
      }
      if (result === undefined) deaths++;
      leaveDeadLock();
    }
    expect(result).toEqual(expected);
    expect(deaths).toBeGreaterThan(1);
  });
});

describe('a checkpoint', () => {
  it('is written at once, then when its time has come, and at the end', async () => {
    let writes = 0;
    const files = {
      ...fileOperations,
      rename: (from: string, to: string) => {
        writes++;
        fileOperations.rename(from, to);
      },
    };
    const store = openCheckpoint(path, run, { files, now: () => 0 });
    await wholeRun(store);
    expect(writes).toBe(1);
    expect(readCheckpoint(path).stages.claims!.blocks).toBe(1);
    store.close();
    expect(writes).toBe(2);
    expect(readCheckpoint(path).stages.claims).toMatchObject({ blocks: 2, drawn: options.samples });
  });

  it('on a full disk does not end the run, is tried again, and is told of at the end', async () => {
    const expected = await wholeRun();
    const lockWrites = 1;
    const full = openCheckpoint(path, run, hurried(fullFiles(lockWrites)));
    expect(await wholeRun(full)).toEqual(expected);
    expect(full.close()).toMatchObject({ exitCode: 6, diagnostic: { found: 'ENOSPC' } });
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
    rmSync(`${path}.tmp`);

    const forAWhile = openCheckpoint(path, run, hurried(fullFiles(lockWrites, lockWrites + 2)));
    await wholeRun(forAWhile);
    expect(forAWhile.close()).toBeUndefined();
    expect(readCheckpoint(path).stages.claims).toMatchObject({ blocks: 2, drawn: options.samples });
  });

  it('whose sums have another form, or are of other samples, is refused', async () => {
    const store = openCheckpoint(path, run, hurried());
    await wholeRun(store);
    store.close();
    const of = (model: number, samples: number) => {
      const again = openCheckpoint(path, run, hurried());
      return estimate(star(model), 'uniform(0,1)', gammas, { samples, forms, store: again }).finally(
        again.close,
      );
    };
    await expect(of(5, 1300)).rejects.toMatchObject({ diagnostic: { code: 'E_CHECKPOINT' } });
    await expect(of(4, 600)).rejects.toMatchObject({ diagnostic: { code: 'E_CHECKPOINT' } });
  });
});

describe('the lock of a checkpoint', () => {
  const open = (): CheckpointStore => openCheckpoint(path, run, hurried());
  const lock = (owner: object): void =>
    writeFileSync(
      `${path}.lock`,
      JSON.stringify({ pid: process.pid, host: hostname(), started: '', token: '0', ...owner }),
    );

  it('keeps out a second run until it is given back', () => {
    const first = open();
    expect(open).toThrow(/another run works on the checkpoint/);
    first.close();
    open().close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps others out while its owner lives, or may live on another machine', () => {
    lock({});
    expect(open).toThrow(/another run works/);
    lock({ host: 'elsewhere', pid: deadProcess });
    expect(open).toThrow(
      expect.objectContaining({
        diagnostic: expect.objectContaining({ found: expect.stringContaining('elsewhere') }),
      }),
    );
  });

  it('is taken from an owner that is dead, and from one whose number another process has now', () => {
    lock({ pid: deadProcess });
    open().close();
    if (existsSync('/proc/self/stat')) {
      lock({ started: '1' });
      open().close();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that cannot be read is taken when it is old: its owner died while it wrote', () => {
    writeFileSync(`${path}.lock`, '{"pid":');
    expect(open).toThrow(/another run works/);
    utimesSync(`${path}.lock`, 0, 0);
    open().close();
  });

  it('is put back by who moved it away too late', () => {
    lock({ pid: deadProcess });
    // Between the look at the dead lock and its removal another process has taken it.
    let other: CheckpointStore | undefined;
    const files: FileOperations = {
      ...fileOperations,
      rename: (from, to) => {
        other ??= open();
        fileOperations.rename(from, to);
      },
    };
    expect(() => openCheckpoint(path, run, hurried(files))).toThrow(/another run works/);
    expect(open).toThrow(/another run works/);
    other!.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
