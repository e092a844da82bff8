import type { BlockSums } from './block.js';
import type { Orbits } from './orbits.js';
import type { SamplePlan } from './plan.js';
import type { RowBatches } from './result.js';

/** Batches that a standard error of differences is estimated from, at least. */
export const LEAST_BATCHES = 32;
/** When there are so many, each two become one. */
const MOST_BATCHES = 2 * LEAST_BATCHES;

/** Sums over ranges of samples, of what is reported only: S' states, C' choices. */
export interface Batches {
  /** blocks that stay together: those of a Sobol set, else 1 */
  readonly unit: number;
  /** the states reported, in order, and the choices */
  readonly states: readonly number[];
  readonly choices: readonly number[];
  readonly sums: BatchSums;
}

/** What is kept while the run goes on: room for 64 batches. */
export interface BatchSums {
  /** Float64 (64) samples so far; 0 in batches that are not begun */
  readonly counts: Float64Array;
  /** Float64 (64·S') means of the POWER samples, batch-major */
  readonly power: Float64Array;
  /** Float64 (64·C') samples in which a choice was optimal, undecided ones half; empty if decisions are not asked for */
  readonly optimal: Float64Array;
}

/**
 * No samples yet. @param setSize  samples that must stay together, if there are sets
 */
export function emptyBatches(
  { columns }: SamplePlan,
  setSize: number | undefined,
  { states, choices }: Pick<Batches, 'states' | 'choices'>,
): Batches {
  return {
    unit: setSize === undefined ? 1 : Math.max(1, setSize / columns),
    states,
    choices,
    sums: {
      counts: new Float64Array(MOST_BATCHES),
      power: new Float64Array(MOST_BATCHES * states.length),
      optimal: new Float64Array(MOST_BATCHES * choices.length),
    },
  };
}

/** Whether so many blocks are enough for the spread of their batches to be known. */
export function haveEnough({ unit }: Batches, blocks: number): boolean {
  return blocks >= LEAST_BATCHES * unit;
}

/**
 * Blocks in each batch but the last, of so many blocks: 32 batches or more, fewer than 64 whole ones. It depends on what is
 * there alone, so that the batches of the first blocks are the same however many are to follow.
 */
function blocksInBatch(unit: number, blocks: number): number {
  let each = unit;
  while (blocks >= MOST_BATCHES * each) each *= 2;
  return each;
}

/**
 * Adds the sums of a block to its batch; blocks must come in their order, for means round.
 * @param orbits      what the samples were averaged over, if at all, with the members of each set of choices
 */
export function addToBatches(
  { unit, states, choices, sums: batches }: Batches,
  block: number,
  sums: BlockSums,
  orbits: Orbits | undefined,
  choiceSets: readonly (readonly number[])[] | undefined,
): void {
  const { counts, power, optimal } = batches;
  const each = blocksInBatch(unit, block);
  const batch = Math.floor(block / each);
  const { count, mean } = sums.moments;
  counts[batch] += count;
  const share = count / counts[batch];
  states.forEach((state, i) => {
    const at = batch * states.length + i;
    power[at] += (mean[orbits?.ofState[state] ?? state] - power[at]) * share;
  });
  if (sums.choices !== undefined) {
    const { unique, tied, undecided } = sums.choices;
    choices.forEach((choice, i) => {
      const members = orbits === undefined ? [choice] : choiceSets![orbits.ofChoice[choice]];
      let optimalCount = 0;
      for (const c of members) optimalCount += unique[c] + tied[c] + undecided[c] / 2;
      optimal[batch * choices.length + i] += optimalCount / members.length;
    });
  }
  if (blocksInBatch(unit, block + 1) > each) joinPairs(batches);
}

/** Makes one batch of each two of all 64. */
function joinPairs({ counts, power, optimal }: BatchSums): void {
  const width = power.length / MOST_BATCHES;
  const choices = optimal.length / MOST_BATCHES;
  for (let batch = 0; batch < LEAST_BATCHES; batch++) {
    const [first, second] = [2 * batch, 2 * batch + 1];
    const count = counts[first] + counts[second];
    const share = counts[second] / count;
    for (let i = 0; i < width; i++) {
      const mean = power[first * width + i];
      power[batch * width + i] = mean + (power[second * width + i] - mean) * share;
    }
    for (let i = 0; i < choices; i++) {
      optimal[batch * choices + i] = optimal[first * choices + i] + optimal[second * choices + i];
    }
    counts[batch] = count;
  }
  counts.fill(0, LEAST_BATCHES);
  power.fill(0, LEAST_BATCHES * width);
  optimal.fill(0, LEAST_BATCHES * choices);
}

/** The batches of a state's POWER. */
export function powerBatches(
  { states, sums }: Batches,
  state: number,
  support: readonly [number, number],
): RowBatches {
  const i = states.indexOf(state);
  const isBounded = support.every(Number.isFinite);
  const means = begun(sums).map((_, batch) => sums.power[batch * states.length + i]);
  return { size: sums.counts[0], means, support: isBounded ? support : null };
}

/** The batches of a choice's optimality. */
export function choiceBatches({ choices, sums }: Batches, choice: number): RowBatches {
  const i = choices.indexOf(choice);
  const means = begun(sums).map((count, batch) => sums.optimal[batch * choices.length + i] / count);
  return { size: sums.counts[0], means, support: [0, 1] };
}

/** The samples of each batch that has any; the first batch is a whole one. */
function begun({ counts }: BatchSums): number[] {
  return Array.from(counts).filter((count) => count > 0);
}
