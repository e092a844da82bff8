import { type BlockSums, blockSolver } from '../power/block.js';
import { blockRange, type SamplePlan } from '../power/plan.js';
import type { SampleJob } from '../power/solved-samples.js';
import type { Points } from '../rewards/points.js';
import type { RewardSpec } from '../rewards/spec.js';
import { LANES } from '../solve/kernel/sweep.js';
import { structureOf } from '../solve/structure.js';
import { workerStart } from './message.js';
import { runOnWorkers } from './pool.js';
import type { SumsStore } from './sums-store.js';

/** Samples to solve, and where: everything a worker needs too. */
export interface Run {
  readonly job: SampleJob;
  readonly reward: RewardSpec;
  readonly seed: bigint;
  readonly points: Points;
  readonly plan: SamplePlan;
  /** that may be used */
  readonly threads: number;
  /** true: nothing is solved on this thread, so that it sees its events */
  readonly keepsFree: boolean;
  /** given the sums of each block, one entry a gamma, in the order of the blocks */
  readonly onBlock: (sums: readonly BlockSums[]) => void;
  readonly signal: AbortSignal | undefined;
  /** where sums are kept while the run goes on, and under which name */
  readonly store: SumsStore | undefined;
  readonly stage: string;
}

/**
 * Solves the blocks from … to−1 of a plan. The first of them is solved here, and its counted work decides how many threads
 * the rest is worth; where this thread is to be kept free, all of them are solved on as many threads as may be used.
 *
 * @returns threads that were used
 */
export async function runBlocks(run: Run, from: number, to: number): Promise<number> {
  const { job, plan, onBlock, signal } = run;
  let solve: ReturnType<typeof blockSolver> | undefined;
  let work = 0;
  const runHere = async (first: number, end: number): Promise<void> => {
    for (let block = first; block < end; block++) {
      await breathe(signal);
      const { first, count } = blockRange(plan, block);
      solve ??= blockSolver(job);
      const sums = solve(first, count);
      if (block === from) work = workOf(run, sums);
      onBlock(sums);
    }
  };
  const runOn = async (threads: number, first: number): Promise<void> => {
    const start = workerStart(job, run.reward, run.seed, run.points);
    const range = { ...plan, samples: Math.min(plan.samples, to * plan.columns), blocks: to };
    await runOnWorkers(start, range, first, threads, onBlock, signal);
  };
  if (from >= to) return 1;
  if (run.keepsFree) {
    const used = Math.min(run.threads, to - from);
    await runOn(used, from);
    return used;
  }
  await runHere(from, from + 1);
  const remaining = to - from - 1;
  const worth = Math.floor((work * remaining) / WORK_WORTH_THREAD);
  const used = Math.max(1, Math.min(run.threads, remaining, worth));
  if (used === 1) await runHere(from + 1, to);
  else await runOn(used, from + 1);
  return used;
}

/** Lets events through, such as an interrupt or a progress display, before the next stretch of work. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** Updates of a transition for one reward function that take a thread longer than its start does: about a tenth of a second. */
const WORK_WORTH_THREAD = 3e8;
/**
 * Measured costs in such updates, for each state and transition: drawing and summing a reward function in a group;
 * solving one by itself, in JavaScript; improving a policy by itself; what is finished in higher precision or exactly. For
 * each state: drawing a reward in JavaScript, from a law that the kernel does not know.
 */
const COST = { grouped: 4, single: 400, improvement: 1500, finished: 10_000, drawn: 200 };

/**
 * Work of a block in such updates, counted, not timed, so that two runs of one command do the same. Sweeps and rounds are
 * counted over eight reward functions.
 */
function workOf({ job: { mdp, source }, plan }: Run, sums: readonly BlockSums[]): number {
  const size = mdp.transitionCount + mdp.stateCount;
  const { eliminationWork } = structureOf(mdp);
  const drawing = source.uniforms === undefined ? COST.drawn * mdp.stateCount * plan.columns : 0;
  return sums.reduce((work, { effort, solver }) => {
    const { sweeps, policyIterations, extended, exact, solved } = effort;
    const isSingle = solver === 'columns';
    const improvement = isSingle ? COST.improvement * size : LANES * (size + eliminationWork / 2);
    return (
      work +
      LANES * sweeps * size +
      policyIterations * improvement +
      (extended + exact) * COST.finished * size +
      solved * (isSingle ? COST.single : COST.grouped) * size
    );
  }, drawing);
}
