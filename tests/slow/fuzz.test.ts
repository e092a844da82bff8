// The long version of tests/fuzz/fuzz.test.ts: inputs that reach new blocks of the sources become seeds of further ones.
// MDPOWER_FUZZ_SECONDS is how long each reader is fuzzed (default 60), MDPOWER_FUZZ_SEED another sequence.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Coverage, watchCoverage } from '../fuzz/coverage.js';
import { fault } from '../fuzz/judge.js';
import { generator, mutate } from '../fuzz/mutate.js';
import { targets } from '../fuzz/targets.js';

const seconds = Number(process.env.MDPOWER_FUZZ_SECONDS ?? 60);
const seed = Number(process.env.MDPOWER_FUZZ_SEED ?? 1);
/** Inputs between two looks at the coverage, which take longer than an input. */
const BATCH = 8;

let coverage: Coverage;
beforeAll(async () => {
  coverage = await watchCoverage();
});
afterAll(() => coverage.stop());

describe.each(targets.map((target) => [target.name, target] as const))('%s', (name, target) => {
  it('are read or refused, mutations guided by coverage', async () => {
    const corpus = [...(await target.seeds())];
    for (const input of corpus) expect(await fault(target, input)).toBeUndefined();
    await coverage.fresh();
    const random = generator(seed);
    const begun = [corpus.length, coverage.total()];
    const end = Date.now() + 1000 * seconds;
    const faults = new Map<string, string>();
    let inputs = 0;
    while (Date.now() < end) {
      const batch = Array.from({ length: BATCH }, () => {
        const recent = corpus.length - 1 - random(Math.min(corpus.length, 50));
        const chosen = random(2) === 0 ? recent : random(corpus.length);
        return mutate(corpus[chosen]!, corpus[random(corpus.length)]!, random);
      });
      for (const input of batch) {
        const found = await fault(target, input);
        // One of each kind: the same place in the sources.
        if (found !== undefined) faults.set(/\n.*/.exec(found)?.[0] ?? found, found);
      }
      inputs += BATCH;
      if ((await coverage.fresh()) > 0) corpus.push(...batch);
    }
    process.stderr.write(
      `${name}: ${inputs} inputs, ${begun[1]} to ${coverage.total()} blocks, ${begun[0]} to ${corpus.length} seeds\n`,
    );
    expect([...faults.values()]).toEqual([]);
  });
});
