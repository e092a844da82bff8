// Workers that die, or run out of memory, end the run with an error: never with a mean over fewer samples than said.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { workerStart } from '../../src/parallel/message.js';
import { runOnWorkers } from '../../src/parallel/pool.js';
import { planSamples } from '../../src/power/plan.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { star } from '../power/estimating.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-workers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mdp = star(3);
const reward = parseReward('uniform(0, 1)', mdp.states);
const points = { kind: 'random', stream: 'samples' } as const;
const gammas = [{ discount: parseDiscount('0.5'), tolerance: 1e-9 }];
const job = { mdp, source: rewardSource(reward, mdp, 1n, points), gammas };
const start = workerStart(job, reward, 1n, points);
const plan = planSamples(mdp.stateCount, 100_000);
const built = new URL('../../dist/parallel/worker.js', import.meta.url);

/** A worker that does `act` at its third block, and before that what the real one does. */
function workerThat(act: string): URL {
  const path = join(folder, `${act.length}.mjs`);
  writeFileSync(
    path,
    `import { parentPort } from 'node:worker_threads';
await import(${JSON.stringify(built.href)});
let blocks = 0;
parentPort.on('message', () => { if (++blocks === 3) { ${act} } });`,
  );
  return pathToFileURL(path);
}

describe('a worker', () => {
  it.each([
    ['ends', 'process.exit(0)', undefined, { exitCode: 6, diagnostic: { code: 'E_WORKER' } }],
    [
      'is out of heap',
      'const all = []; for (;;) all.push(new Array(1e5).fill({}))',
      16,
      { exitCode: 6, diagnostic: { code: 'E_MEMORY' } },
    ],
    [
      'is out of memory for arrays',
      'new ArrayBuffer(2 ** 52)',
      undefined,
      { exitCode: 6, diagnostic: { code: 'E_MEMORY' } },
    ],
    ['throws', 'throw new TypeError("a bug")', undefined, { message: 'a bug' }],
  ])(
    'that %s ends the run',
    async (_name, act, heap, error) => {
      let merged = 0;
      const running = runOnWorkers(start, plan, 0, 2, () => merged++, undefined, {
        url: workerThat(act),
        ...(heap === undefined ? {} : { heap }),
      });
      await expect(running).rejects.toMatchObject(error);
      expect(merged).toBeLessThan(plan.blocks);
    },
    60_000,
  );
});
