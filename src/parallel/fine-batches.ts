import { addToBatches, type Batches, emptyBatches, haveEnough, LEAST_BATCHES } from '../power/batches.js';
import type { SamplePlan } from '../power/plan.js';
import type { GammaSums, RowContext } from '../power/rows.js';
import { LANES } from '../solve/kernel/sweep.js';
import { type Run, runBlocks } from './run-blocks.js';

/** The same samples in blocks small enough for batches; those of the run must stay as they are, for sums round by block. */
function finePlan({ samples, columns }: SamplePlan): SamplePlan {
  let fine = columns;
  while (fine > LANES && fine * LEAST_BATCHES > samples) fine /= 2;
  return { samples, columns: fine, blocks: Math.ceil(samples / fine) };
}

/**
 * The sums of a run with batches. Of a small one, of fewer than 32 blocks, the samples are solved once more, in smaller
 * blocks; one of too few samples for that gets none.
 */
export async function withFineBatches(
  parts: readonly GammaSums[],
  run: Run,
  reported: Pick<Batches, 'states' | 'choices'>,
  choiceSets: RowContext['choiceSets'],
): Promise<GammaSums[]> {
  if (parts.some(({ batches }) => batches !== undefined && haveEnough(batches, run.plan.blocks)))
    return [...parts];
  const plan = finePlan(run.plan);
  if (plan.blocks < LEAST_BATCHES) return parts.map(({ batches: _, ...part }) => part);
  const filled = parts.map((part) => ({ ...part, batches: emptyBatches(plan, undefined, reported) }));
  let merged = 0;
  const onBlock: Run['onBlock'] = (block) => {
    filled.forEach(({ batches, orbits }, gamma) => {
      addToBatches(batches, merged, block[gamma], orbits, choiceSets);
    });
    merged++;
  };
  await runBlocks({ ...run, plan, onBlock }, 0, plan.blocks);
  return filled;
}
