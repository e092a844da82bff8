import { emptyMoments, type Moments, momentsOfBlock } from '../number/moments.js';
import { Status } from '../solve/solution.js';
import type { ChoiceCounts } from './choice-counts.js';
import { controlsOf } from './controls.js';
import { emptyModes, type Modes, modesOfBlock } from './mode.js';
import { type Orbits, orbitAverages } from './orbits.js';
import type { GammaJob, SampleJob, SolvedSamples } from './solved-samples.js';

/**
 * POWER samples of a block with less variance and the same mean: each set's average over its members, less β·(C − E C) for
 * the controls C and coefficients β that were fixed before the sample was drawn, so that the mean is exactly that of POWER.
 *
 * @returns Float64 (sets · B), set-major
 */
export function reducedPower(
  { mdp, orbits, controls }: Omit<SampleJob, 'source'>,
  { control, discount }: GammaJob,
  { power, rewards, error }: Pick<SolvedSamples, 'power' | 'rewards' | 'error'>,
): Float64Array {
  if (orbits === undefined) throw new RangeError('samples are averaged over sets');
  const columns = error.length;
  const { ofState, stateMembers } = orbits;
  if (control === undefined) return orbitAverages(power, columns, ofState, stateMembers);
  if (controls === undefined || rewards === undefined) throw new RangeError('coefficients need controls');

  const { coefficients, means } = control;
  const { maxima } = controlsOf(mdp, controls, rewards, discount.gamma);
  const adjusted = power.slice();
  ofState.forEach((set, s) => {
    if (coefficients[set] === 0) return;
    for (let i = s * columns; i < (s + 1) * columns; i++)
      adjusted[i] -= coefficients[set] * (maxima[i] - means[s]);
  });
  return orbitAverages(adjusted, columns, ofState, stateMembers);
}

/** Moments and modes of the shares of each set's choices that were optimal, an undecided one counted half. */
export interface Shares {
  readonly moments: Moments;
  /** of sets with several members */
  readonly modes: Modes;
}

export function emptyShares({ choiceMembers }: Orbits): Shares {
  return { moments: emptyMoments(choiceMembers.length), modes: emptyModes(choiceMembers.length) };
}

/** Writes the moments of every set as if its last choice were its only one. */
export function oneChoiceShares(
  { moments }: Shares,
  ofChoice: Int32Array,
  counts: ChoiceCounts,
  samples: number,
): void {
  const { unique, tied, undecided } = counts;
  for (let c = 0; c < ofChoice.length; c++) {
    const half = undecided[c] / 2;
    const mean = (unique[c] + tied[c] + half) / samples;
    moments.mean[ofChoice[c]] = mean;
    moments.m2[ofChoice[c]] = samples * mean * (1 - mean) - half / 2;
  }
}

/**
 * Sums the shares of a block. Sets of one choice follow from its counts.
 *
 * @param status  Uint8 (C·B), choice-major, as in Solution
 * @param counts  of the same block
 */
export function sumShares(status: Uint8Array, columns: number, orbits: Orbits, counts: ChoiceCounts): Shares {
  const { ofChoice, choiceMembers } = orbits;
  const sums = emptyShares(orbits);
  sums.moments.count = columns;
  oneChoiceShares(sums, ofChoice, counts, columns);
  const several: number[] = [];
  const rowOfSet = Int32Array.from(choiceMembers, (count, set) => (count > 1 ? several.push(set) - 1 : -1));
  const rows = new Float64Array(several.length * columns);
  for (let c = 0; c < ofChoice.length; c++) {
    const row = rowOfSet[ofChoice[c]];
    if (row < 0) continue;
    for (let b = 0; b < columns; b++) {
      const current = status[c * columns + b];
      if (current === Status.notOptimal) continue;
      rows[row * columns + b] += current === Status.undecided ? 0.5 : 1;
    }
  }
  several.forEach((set, row) => {
    for (let i = row * columns; i < (row + 1) * columns; i++) rows[i] /= choiceMembers[set];
  });
  const moments = momentsOfBlock(rows, columns);
  const modes = modesOfBlock(rows, new Float64Array(columns));
  several.forEach((set, row) => {
    sums.moments.mean[set] = moments.mean[row];
    sums.moments.m2[set] = moments.m2[row];
    sums.modes.value[set] = modes.value[row];
    sums.modes.count[set] = modes.count[row];
  });
  return sums;
}
