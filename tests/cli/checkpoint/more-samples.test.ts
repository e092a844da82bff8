// A run that goes on to more samples gives, bit for bit, what one run of so many gives.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint, readCheckpoint } from '../../../src/cli/checkpoint/checkpoint-store.js';
import { MANIFEST } from '../../../src/cli/sweep/manifest.js';
import type { PowerEstimate } from '../../../src/power/result.js';
import { sized } from '../../full-size.js';
import { estimate, star, type TestOptions } from '../../power/estimating.js';
import { run } from '../fake-io.js';

const model = resolve('fixtures/mdp/wait.json');
const slippery = resolve('fixtures/mdp/gamble.json');

let folder: string;
let checkpoint: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-more-'));
  checkpoint = join(folder, 'run.ckpt');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Case {
  readonly title: string;
  readonly samples: readonly [first: number, then: number];
  readonly argv: readonly string[];
  /** what the run begins anew for; absent: what is saved is used */
  readonly anew?: string;
}

const CASES: readonly Case[] = [
  {
    title: 'random points, blocks that are not whole, limits of gamma, decisions',
    samples: [1300, 2900],
    argv: ['optimality', model, '--sampler', 'random', '--gamma', '0,0.5,1', '--tolerance', '1e-6'],
  },
  {
    title: 'fewer samples than a block, then not many more',
    samples: [100, 301],
    argv: ['power', model, '--gamma', '0.9', '--tolerance', '1e-6'],
  },
  {
    title: 'Sobol sets of one size',
    samples: [2100, 4000],
    argv: ['analyze', model, '--sampler', 'sobol', '--gamma', '0,0.5,0.99', '--tolerance', '1e-6'],
  },
  {
    title: 'Sobol sets of another size',
    samples: [2000, 5000],
    argv: ['power', model, '--sampler', 'sobol', '--gamma', '0.5', '--tolerance', '1e-6'],
    anew: 'way of sampling',
  },
  {
    title: 'control variates and several gammas',
    samples: [17_000, 18_500],
    argv: ['power', model, '--gamma', '0.3,0.9,1', '--reward', 'uniform(0, 2)', '--tolerance', '1e-6'],
  },
  {
    title: 'another tolerance by default',
    samples: [3000, 100_000],
    argv: ['power', slippery, '--gamma', '0.9', '--sampler', 'random'],
    anew: 'solver tolerance',
  },
  {
    title: 'a sampler that only many samples are worth',
    samples: [4000, 11_000],
    argv: ['power', model, '--gamma', '0.9', '--tolerance', '1e-6'],
    anew: 'way of sampling',
  },
  {
    title: 'atoms, ties and rare events, which further samples stand for',
    samples: [1500, 2000],
    argv: ['optimality', model, '--gamma', '0.5', '--reward', 'bernoulli(1/2000)', '--tolerance', '1e-6'],
  },
  {
    title: 'claims',
    samples: [1000, 2500],
    argv: [
      'power',
      model,
      ...['--gamma', '0.5,0.9', '--assert', 'POWER(start) > POWER(candy)', '--tolerance', '1e-6'],
    ],
  },
  {
    title: 'an end by the widths that comes later',
    samples: [2000, 10_000],
    argv: ['power', model, '--gamma', '0.5', '--until-width', '0.03', '--tolerance', '1e-6'],
  },
  {
    title: 'an end by the widths that has come, at looks that are fewer than',
    samples: [3000, 10_000],
    argv: ['power', model, '--gamma', '0.5', '--until-width', '0.05', '--tolerance', '1e-6'],
  },
];

describe('a checkpoint goes on to more samples', () => {
  it.each(CASES.map((one) => [one.title, one] as const))('%s', async (_, { samples, argv, anew }) => {
    const [first, then] = samples.map(String) as [string, string];
    const of = (number: string): string[] => [...argv, '--samples', number, '-f', 'json'];
    const fresh = await run(of(then));
    await run([...of(first), '--checkpoint', checkpoint]);
    const short = join(folder, 'short.ckpt');
    copyFileSync(checkpoint, short);
    const notice =
      anew === undefined ? '' : `with ${then} samples instead of ${first} the ${anew} is another one`;
    for (const more of [
      [...of(then), '--checkpoint', checkpoint],
      ['resume', short, '--samples', then, '--threads', '3'],
    ]) {
      const outcome = await run(more);
      expect(outcome).toMatchObject({ code: fresh.code, stdout: fresh.stdout });
      expect(outcome.stderr.replace(fresh.stderr, '')).toContain(notice);
      if (anew === undefined) expect(outcome.stderr).toBe(fresh.stderr);
    }
    // And what is kept now is the run of more samples.
    expect(await run(['resume', short])).toEqual(fresh);
    if (JSON.parse(fresh.stdout).complete) expect(readCheckpoint(short).request.options.samples).toBe(then);
  });

  it('and the result verifies', async () => {
    const saved = join(folder, 'saved.json');
    const argv = ['power', model, '--gamma', '0.9', '--checkpoint', checkpoint, '-q', '-o', saved];
    await run([...argv, '--samples', '700']);
    expect((await run([...argv, '--samples', '2000'])).code).toBe(0);
    expect((await run(['verify', saved, model, '--samples', '200'])).code).toBe(0);
  });

  it('but not to fewer than it holds, nor in a sweep', async () => {
    const argv = ['power', model, '--gamma', '0.9', '-f', 'csv', '--checkpoint', checkpoint];
    await run([...argv, '--samples', '2000']);
    const bytes = readFileSync(checkpoint);
    for (const fewer of [
      [...argv, '--samples', '1999'],
      ['resume', checkpoint, '--samples', '1999'],
    ]) {
      const { code, stdout, stderr } = await run(fewer);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain('found: 2000 samples   wanted: at most 1999 samples');
    }
    expect(Buffer.compare(readFileSync(checkpoint), bytes)).toBe(0);
    // Of 4000 it would have ended at its first look, with limits for fewer looks.
    const width = ['--until-width', '0.05', '--checkpoint', join(folder, 'width.ckpt')];
    await run([...argv.slice(0, 6), ...width, '--samples', '1e6']);
    const { code, stderr } = await run([...argv.slice(0, 6), ...width, '--samples', '4000']);
    expect(code).toBe(3);
    expect(stderr).toContain('found: at most 1000000 samples   wanted: at most 4000 samples');
    mkdirSync(join(folder, 'sweep'));
    writeFileSync(join(folder, 'sweep', MANIFEST), '{}');
    const sweep = await run(['resume', join(folder, 'sweep'), '--samples', '10']);
    expect(sweep.code).toBe(2);
    expect(sweep.stderr).toContain('the samples of a sweep stand in its experiment');
  });
});

describe('whatever was done before', () => {
  const settings = { seed: '1' };
  const request = { command: 'power', arguments: ['m.json'], options: {} };
  const estimated = (options: TestOptions): Promise<PowerEstimate> =>
    estimate(star(3), 'uniform(0,1)', ['0.5', '1'], { batches: true, tolerance: 1e-6, ...options });

  it('whole blocks are solved once, and the bits are those of one run', async () => {
    const numbers = fc.tuple(fc.integer({ min: 1, max: 2500 }), fc.integer({ min: 0, max: 2500 }), fc.nat(5));
    await fc.assert(
      fc.asyncProperty(numbers, async ([first, more, blocks]) => {
        const path = join(folder, `${first}-${more}-${blocks}.ckpt`);
        const open = () => openCheckpoint(path, { request, settings }, { now: () => 0 });
        const controller = new AbortController();
        let left = blocks;
        const before = open();
        await estimated({
          samples: first,
          store: before,
          signal: controller.signal,
          onProgress: () => left-- === 0 && controller.abort(),
        }).catch(() => {});
        before.close();
        const whole = existsSync(path) ? readCheckpoint(path).stages.samples!.blocks : 0;
        const samples = first + more;
        const after = open();
        let done = 0;
        const result = await estimated({ samples, store: after, onProgress: () => done++ });
        after.close();
        expect(result).toEqual(await estimated({ samples }));
        expect(done).toBe(Math.ceil(samples / 512) - whole);
      }),
      { numRuns: sized(6, 200) },
    );
  });
});
