import type { Mdp } from '../mdp/model.js';
import { featureSource } from './features.js';
import { independentSource } from './independent.js';
import { listSource } from './list.js';
import { orbitSource } from './orbit.js';
import { philoxKey } from './philox.js';
import { type Points, randomPoints } from './points.js';
import type { RewardSource } from './source.js';
import type { RewardSpec } from './spec.js';

/**
 * The law of reward functions of a specification, with its samples numbered by a seed of 64 bits: sample n is the same for
 * every call, thread and block. The law must have been parsed for the states of this model.
 *
 * @param points  which points of the unit cube independent rewards and feature weights are made from; lists and orbits draw
 *   the same samples whatever it is. Default: independent ones.
 * @throws {RangeError} seed outside 0 … 2⁶⁴ − 1, or a specification for another number of states
 */
export function rewardSource(
  spec: RewardSpec,
  mdp: Pick<Mdp, 'states' | 'stateCount'>,
  seed: bigint,
  points: Points = randomPoints,
): RewardSource {
  const key = philoxKey(seed);
  const count = statesOf(spec);
  if (count !== mdp.stateCount) {
    throw new RangeError(`a reward for ${count} states does not fit a model of ${mdp.stateCount}`);
  }
  switch (spec.form) {
    case 'independent':
      return independentSource(spec, key, points);
    case 'features':
      return featureSource(spec, key, points);
    case 'list':
      return listSource(spec, key);
    case 'orbit':
      return orbitSource(spec, key);
  }
}

function statesOf(spec: RewardSpec): number {
  switch (spec.form) {
    case 'independent':
      return spec.ofState.length;
    case 'features':
      return spec.features.length;
    case 'list':
      return spec.functions[0].reward.length;
    case 'orbit':
      return spec.reward.length;
  }
}
