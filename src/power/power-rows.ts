import { standardError } from '../number/moments.js';
import { powerBatches } from './batches.js';
import { type PowerInterval, powerInterval, setInterval } from './intervals.js';
import type { PowerRow } from './result.js';
import { type GammaSums, isNearlyConstant, type RowContext } from './rows.js';

/**
 * Whether the limits of a state's POWER cannot be taken from these samples: they are nearly constant, and they are no
 * independent samples of POWER itself, for which an exact binomial bound would hold. `check` samples are needed then.
 */
export function isPowerDoubtful({ job, support, sums, sets, orbits }: GammaSums, state: number): boolean {
  if (support.certain[state] === 1) return false;
  const slot = orbits?.ofState[state] ?? state;
  const isConstant = isNearlyConstant(sums.modes, slot, sums.moments.count);
  if (sets) return isConstant || sets.power.m2[slot] === 0;
  return isConstant && job.control !== undefined;
}

/** The POWER row of one state. */
export function powerRow(context: RowContext, gamma: GammaSums, state: number): PowerRow {
  const { job, sums, sets, support, batches } = gamma;
  const { count, mean } = sums.moments;
  const slot = gamma.orbits?.ofState[state] ?? state;
  return {
    state: context.mdp.states[state],
    gamma: job.discount.text,
    power: sets?.power.mean[slot] ?? mean[slot],
    ...limits(context, gamma, state, slot),
    solverError: sums.errorSum / count,
    samples: count,
    method: 'sampled',
    exact: null,
    ...(batches && { batches: powerBatches(batches, state, [support.low[state], support.high[state]]) }),
  };
}

function limits(
  { source, confidence }: RowContext,
  gamma: GammaSums,
  state: number,
  slot: number,
): PowerInterval {
  const { support, sums, sets } = gamma;
  const { moments, modes, errorSum, largestError } = sums;
  const meanError = errorSum / moments.count;
  const ends = [support.low[state], support.high[state]] as const;
  const certain = support.certain[state] === 1;
  if (gamma.unchecked && isPowerDoubtful(gamma, state)) {
    const mean = sets?.power.mean[slot] ?? moments.mean[slot];
    return setInterval({ mean, standardError: 0, meanError, sets: 1, support: ends }, confidence);
  }
  if (sets && !certain) {
    const { power } = sets;
    const sample = { mean: power.mean[slot], standardError: standardError(power, slot), meanError };
    return setInterval({ ...sample, sets: power.count, support: ends }, confidence);
  }
  return powerInterval(
    {
      count: moments.count,
      mean: moments.mean[slot],
      standardError: standardError(moments, slot),
      mode: modes.value[slot],
      modeCount: modes.count[slot],
      meanError,
      largestError,
      support: ends,
      certain,
      hasVariance: source.moments !== 'infiniteVariance',
    },
    confidence,
  );
}
