import type { BlockSums } from './block.js';
import type { Orbits } from './orbits.js';
import type { SamplePlan } from './plan.js';
import type { RowBatches } from './result.js';

/** Batches that a standard error of differences is estimated from, at least. */
export const LEAST_BATCHES = 32;

/** Sums over ranges of samples, of what is reported only: B batches, S' states, C' choices. */
export interface Batches {
  /** blocks in each batch but the last */
  readonly blocks: number;
  /** samples in each batch but the last */
  readonly size: number;
  /** the states reported, in order, and the choices */
  readonly states: readonly number[];
  readonly choices: readonly number[];
  readonly sums: BatchSums;
}

/** What is kept while the run goes on. */
export interface BatchSums {
  /** Float64 (B) samples so far */
  readonly counts: Float64Array;
  /** Float64 (B·S') means of the POWER samples, batch-major */
  readonly power: Float64Array;
  /** Float64 (B·C') samples in which a choice was optimal, undecided ones half; empty if decisions are not asked for */
  readonly optimal: Float64Array;
}

/**
 * At least 32 batches of whole blocks, or of whole Sobol sets, equal but for the last one; undefined if there are too few.
 * @param setSize  samples that must stay together, if there are sets
 */
export function emptyBatches(
  { samples, columns, blocks }: SamplePlan,
  setSize: number | undefined,
  { states, choices }: Pick<Batches, 'states' | 'choices'>,
): Batches | undefined {
  const unit = setSize === undefined ? 1 : Math.max(1, setSize / columns);
  const each = unit * Math.floor(Math.floor(blocks / unit) / LEAST_BATCHES);
  if (each === 0) return undefined;
  const count = Math.ceil(samples / (each * columns));
  return {
    blocks: each,
    size: each * columns,
    states,
    choices,
    sums: {
      counts: new Float64Array(count),
      power: new Float64Array(count * states.length),
      optimal: new Float64Array(count * choices.length),
    },
  };
}

/**
 * Adds the sums of a block to its batch; blocks must come in their order, for means round.
 * @param orbits      what the samples were averaged over, if at all, with the members of each set of choices
 */
export function addToBatches(
  { blocks, states, choices, sums: { counts, power, optimal } }: Batches,
  block: number,
  sums: BlockSums,
  orbits: Orbits | undefined,
  choiceSets: readonly (readonly number[])[] | undefined,
): void {
  const batch = Math.floor(block / blocks);
  const { count, mean } = sums.moments;
  counts[batch] += count;
  const share = count / counts[batch];
  states.forEach((state, i) => {
    const at = batch * states.length + i;
    power[at] += (mean[orbits?.ofState[state] ?? state] - power[at]) * share;
  });
  if (sums.choices === undefined) return;
  const { unique, tied, undecided } = sums.choices;
  choices.forEach((choice, i) => {
    const members = orbits === undefined ? [choice] : choiceSets![orbits.ofChoice[choice]];
    let optimalCount = 0;
    for (const c of members) optimalCount += unique[c] + tied[c] + undecided[c] / 2;
    optimal[batch * choices.length + i] += optimalCount / members.length;
  });
}

/** The batches of a state's POWER. */
export function powerBatches(
  batches: Batches,
  state: number,
  support: readonly [number, number],
): RowBatches {
  const { size, states, sums } = batches;
  const i = states.indexOf(state);
  const isBounded = support.every(Number.isFinite);
  const means = Array.from(sums.counts, (_, batch) => sums.power[batch * states.length + i]);
  return { size, means, support: isBounded ? support : null };
}

/** The batches of a choice's optimality. */
export function choiceBatches({ size, choices, sums }: Batches, choice: number): RowBatches {
  const i = choices.indexOf(choice);
  const means = Array.from(sums.counts, (count, batch) => sums.optimal[batch * choices.length + i] / count);
  return { size, means, support: [0, 1] };
}
