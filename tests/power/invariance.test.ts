import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { roundingBound } from '../tolerance.js';
import { complete, estimate, optimalityOf, powerOf, star, wait } from './estimating.js';

describe('the digits of a row', () => {
  it('do not depend on the other gammas, states and decisions asked for', async () => {
    const samples = 1500;
    const all = await estimate(wait, 'uniform(0,1)', ['0.1', '0.5', '0.9'], { samples });
    const one = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples, states: [2, 0] });
    expect(one.power).toEqual(['s2', 's0'].map((state) => powerOf(all, state, '0.5')));
    expect(one.optimality).toEqual(
      ['s2', 's0'].flatMap((state) => ['a0', 'a1'].map((action) => optimalityOf(all, state, action, '0.5'))),
    );
    const undecided = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples, decide: false });
    expect(undecided.optimality).toEqual([]);
  });

  it('stay within the bounds when the tolerance is chosen', async () => {
    const samples = 1500;
    const fine = await estimate(wait, 'uniform(0,1)', ['0.9'], { samples, tolerance: 1e-9 });
    const coarse = await estimate(wait, 'uniform(0,1)', ['0.9'], { samples, tolerance: 1e-2 });
    fine.power.forEach((row, i) => {
      const other = coarse.power[i]!;
      expect(row.solverError).toBeLessThanOrEqual(1e-9);
      expect(other.solverError).toBeLessThanOrEqual(1e-2);
      const bound = row.solverError + other.solverError + roundingBound(20, 1);
      expect(Math.abs(row.power - other.power)).toBeLessThanOrEqual(bound);
    });
  });
});

describe('the options', () => {
  it('widen all limits together when they are to hold together', async () => {
    const apart = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples: 1000 });
    const together = await estimate(wait, 'uniform(0,1)', ['0.5'], { samples: 1000, simultaneous: true });
    const width = (row: { low: number | null; high: number | null }): number => row.high! - row.low!;
    apart.power.forEach((row, i) => {
      expect(width(together.power[i]!)).toBeGreaterThan(width(row));
    });
    expect(width(optimalityOf(together, 's0', 'a0', '0.5'))).toBeGreaterThan(
      width(optimalityOf(apart, 's0', 'a0', '0.5')),
    );
  });

  it('report progress up to the end', async () => {
    const seen: [number, number][] = [];
    await estimate(star(2), 'uniform(0,1)', ['0.5'], {
      samples: 1300,
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen).toEqual([
      [512, 1300],
      [1024, 1300],
      [1300, 1300],
    ]);
  });

  it('can end a run between blocks', async () => {
    const controller = new AbortController();
    const running = estimate(complete(3), 'uniform(0,1)', ['0.5'], {
      samples: 1e9,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
  });

  it.each([
    ['samples', { samples: 0 }],
    ['samples', { samples: 1.5 }],
    ['threads', { samples: 1, threads: 0 }],
    ['confidence', { samples: 1, confidence: 1 }],
    ['tolerance', { samples: 1, tolerance: 0 }],
    ['states', { samples: 1, states: [9] }],
  ])('refuse a meaningless value of %s', async (name, options) => {
    const running = estimate(star(2), 'uniform(0,1)', ['0.5'], options);
    await expect(running).rejects.toThrow(UserError);
    await expect(running).rejects.toThrow(name);
  });
});
