import type { Mdp } from '../mdp/model.js';
import type { RewardSource } from '../rewards/source.js';
import type { Batches } from './batches.js';
import type { BlockSums } from './block.js';
import { fewDeviations } from './intervals.js';
import type { Modes } from './mode.js';
import type { Orbits } from './orbits.js';
import type { SetMeans } from './set-means.js';
import type { GammaJob } from './solved-samples.js';
import type { PowerSupport } from './support.js';

/** All samples of one gamma, added up. */
export interface GammaSums {
  readonly job: GammaJob;
  readonly support: PowerSupport;
  readonly sums: BlockSums;
  /** where samples are Sobol points */
  readonly sets?: SetMeans | undefined;
  /** what samples were averaged over, if at all */
  readonly orbits?: Orbits | undefined;
  /** the same samples by ranges of their indices, where they are to be subtracted from those of another result */
  readonly batches?: Batches | undefined;
  /** true: the limits of doubtful rows are not known better than the support says, as no further samples could be drawn */
  readonly unchecked?: boolean;
}

/** What the rows of a result are made from besides the sums. */
export interface RowContext {
  readonly mdp: Mdp;
  readonly source: RewardSource;
  /** the states to report, in order */
  readonly states: readonly number[];
  /** of each interval, after any widening for simultaneity */
  readonly confidence: number;
  /** are there optimality rows too? */
  readonly decided: boolean;
  /** Int32 (C): the first choice of the state that counts as the same action */
  readonly classes: Int32Array;
  /** the members of each set of choices, for gammas whose samples were averaged over sets */
  readonly choiceSets?: readonly (readonly number[])[] | undefined;
}

/** The choices of a state. */
export function choicesOf({ choicePtr }: Mdp, state: number): number[] {
  return Array.from({ length: choicePtr[state + 1] - choicePtr[state] }, (_, i) => choicePtr[state] + i);
}

/** Nearly all values of a slot are equal: their spread says little about what was not drawn. */
export function isNearlyConstant({ count }: Modes, slot: number, samples: number): boolean {
  return 2 * count[slot] > samples && samples - count[slot] < fewDeviations;
}
