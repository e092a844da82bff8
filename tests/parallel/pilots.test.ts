// Through the built package: workers are compiled files.
import { describe, expect, it } from 'vitest';
import { bisimulation } from '../../src/mdp/bisimulation.js';
import { parseModel } from '../../src/mdp/parse.js';
import { parseDiscountList } from '../../src/number/discount.js';
import type * as estimating from '../../src/parallel/estimate-power.js';
import type * as pilots from '../../src/parallel/pilots.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { run } from '../cli/fake-io.js';

const { runPilots } = (await import(
  new URL('../../dist/parallel/pilots.js', import.meta.url).href
)) as typeof pilots;
const { estimatePower } = (await import(
  new URL('../../dist/parallel/estimate-power.js', import.meta.url).href
)) as typeof estimating;

/** Just large enough for pilots to be worth threads. */
const size = ['--states', '300', '--actions', '2', '--successors', '3'];
const { stdout } = await run(['generate', 'random', ...size, '--seed', '5']);
const mdp = parseModel(stdout, { source: 'model', format: 'json' });
const reward = parseReward('uniform(0, 1)', mdp.states);
const law = {
  mdp,
  reward,
  seed: 3n,
  classes: bisimulation(mdp, new Int32Array(mdp.stateCount)).choiceClass,
  samples: 100_000,
  tolerance: undefined,
};

describe('pilots', () => {
  it('are the same on any number of threads', async () => {
    const gammas = parseDiscountList('0,0.3,0.99');
    const asked = parseDiscountList('0.9,0.3,0.99');
    const found = await Promise.all(
      [1, 3].map(async (threads) => {
        const plan = await runPilots(law, 'auto', gammas, threads, undefined);
        return asked.map((discount) => plan!.pilotAt(discount));
      }),
    );
    expect(found[0]!.every(({ plain }) => plain.variance > 0)).toBe(true);
    expect(found[1]).toEqual(found[0]);
  });

  it('are not run where nothing depends on them', async () => {
    const gammas = parseDiscountList('0.5,0.9');
    expect(await runPilots(law, 'random', gammas, 2, undefined)).toBeUndefined();
    expect(await runPilots({ ...law, samples: 1000 }, 'auto', gammas, 2, undefined)).toBeUndefined();
  });

  it('end when they are told to', async () => {
    const reason = new Error('enough');
    const running = runPilots(law, 'auto', parseDiscountList('0.5,0.9'), 2, AbortSignal.abort(reason));
    await expect(running).rejects.toBe(reason);
  });
});

it('a thread that is kept free gets the same digits', async () => {
  const options = { gammas: parseDiscountList('0.5,0.99'), samples: 500, seed: 2n };
  const here = await estimatePower(mdp, reward, options);
  expect(await estimatePower(mdp, reward, { ...options, keepsFree: true })).toEqual(here);
});
