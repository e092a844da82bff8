// Every reader of what others wrote: it reads or refuses, and neither crashes, hangs nor shows a stack trace.
// tests/slow/fuzz.test.ts is the long version, which is guided by coverage.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fault } from './judge.js';
import { generator, mutate } from './mutate.js';
import { targets } from './targets.js';

describe.each(targets.map((target) => [target.name, target] as const))('%s', (_name, target) => {
  it('are read or refused, 200 mutations of good and bad ones', async () => {
    const seeds = await target.seeds();
    const random = generator(20_261_122);
    for (let i = 0; i < 200; i++) {
      const input = mutate(seeds[random(seeds.length)]!, seeds[random(seeds.length)]!, random);
      expect(await fault(target, input)).toBeUndefined();
    }
  });

  it('are read or refused, whatever the text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'(){}[]":,+-*/^@<>=! 019.eu'), maxLength: 60 }),
      fc.json({ maxDepth: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        expect(await fault(target, Buffer.from(written))).toBeUndefined();
      }),
      { numRuns: 80, seed: 7 },
    );
  });
});
