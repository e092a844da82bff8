import { momentsOfCounts } from '../number/moments.js';
import { classRows } from '../solve/kernel/class-rows.js';
import type { Kernel } from '../solve/kernel/kernel.js';
import { type ControlTerm, histogramPlaces, type Reduction } from '../solve/kernel/reduction.js';
import { structureOf } from '../solve/structure.js';
import type { ChoiceCounts } from './choice-counts.js';
import { membersOfSets, type Orbits } from './orbits.js';
import { emptyShares, oneChoiceShares, type Shares } from './reduce.js';
import type { GammaJob, SampleJob } from './solved-samples.js';

/** What the kernel does with the samples of a job before they are added up. */
export interface GroupReduction {
  readonly reduction: Reduction;
  /** the number of the set of choices of each share set; absent if optimal actions are not asked for */
  readonly shareSlots: readonly number[];
}

/** The reduction for all gammas of a job. Undefined for the plain estimator. */
export function groupReduction(job: SampleJob): GroupReduction | undefined {
  const { orbits } = job;
  if (orbits === undefined) return undefined;
  const { shares, shareSlots } = shareSets(job, orbits);
  const reduction: Reduction = {
    ...setsOf(orbits.ofState),
    controls: job.gammas.some(({ control }) => control) ? job.controls : undefined,
    shares,
    sobol: job.source.uniforms?.sobol !== undefined,
  };
  return { reduction, shareSlots };
}

function setsOf(ofState: Int32Array): Pick<Reduction, 'setPtr' | 'members'> {
  const sets = membersOfSets(ofState);
  const setPtr = new Int32Array(sets.length + 1);
  sets.forEach((members, o) => {
    setPtr[o + 1] = setPtr[o] + members.length;
  });
  return { setPtr, members: Int32Array.from(sets.flat()) };
}

/** What is taken off at one gamma, by state, as the kernel takes it. */
export function controlTerm({ orbits }: SampleJob, { control, discount }: GammaJob): ControlTerm | undefined {
  if (control === undefined || orbits === undefined) return undefined;
  const { coefficients, means } = control;
  const ofState = Float64Array.from(orbits.ofState, (set) => coefficients[set]);
  return { factor: discount.gamma, coefficients: ofState, means };
}

/** Sets of several choices in states with something to choose; a duplicate counts where its class does. */
function shareSets(
  { mdp, classes }: SampleJob,
  { ofChoice, choiceMembers }: Orbits,
): Pick<GroupReduction, 'shareSlots'> & Pick<Reduction, 'shares'> {
  if (classes === undefined) return { shareSlots: [], shares: undefined };
  const place = new Map<number, number>();
  classRows(structureOf(mdp), classes).choices.forEach((choice, n) => {
    place.set(choice, n);
  });
  const ptr = [0];
  const rows: number[] = [];
  const shareSlots: number[] = [];
  membersOfSets(ofChoice).forEach((members, slot) => {
    if (choiceMembers[slot] === 1 || !place.has(classes[members[0]])) return;
    for (const c of members) rows.push(place.get(classes[c])!);
    ptr.push(rows.length);
    shareSlots.push(slot);
  });
  return { shareSlots, shares: { ptr: Int32Array.from(ptr), rows: Int32Array.from(rows) } };
}

/**
 * Shares of the samples that a kernel has counted, all of which are decided.
 * @param counts  of the same samples
 */
export function groupShares(
  { histogram }: Kernel,
  { reduction: { shares }, shareSlots }: GroupReduction,
  orbits: Orbits,
  counts: ChoiceCounts,
  samples: number,
): Shares {
  const sums = emptyShares(orbits);
  if (shares === undefined || samples === 0) return sums;
  sums.moments.count = samples;
  // Sets of choices in states with nothing to choose are optimal in every sample, as their first member is.
  oneChoiceShares(sums, orbits.ofChoice, counts, samples);
  const { choiceMembers } = orbits;
  for (let slot = 0; slot < choiceMembers.length; slot++) {
    if (choiceMembers[slot] === 1) continue;
    sums.modes.value[slot] = 1;
    sums.modes.count[slot] = samples;
  }
  const places = histogramPlaces(shares);
  shareSlots.forEach((slot, i) => {
    const columns = histogram.subarray(places[i], places[i + 1]);
    const { mean, m2 } = momentsOfCounts(columns, samples);
    const members = choiceMembers[slot];
    let commonest = 0;
    for (let n = 1; n < columns.length; n++) if (columns[n] > columns[commonest]) commonest = n;
    sums.moments.mean[slot] = mean / members;
    sums.moments.m2[slot] = m2 / (members * members);
    sums.modes.value[slot] = commonest / members;
    sums.modes.count[slot] = columns[commonest];
  });
  return sums;
}
