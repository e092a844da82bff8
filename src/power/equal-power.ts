import type { Mdp } from '../mdp/model.js';
import type { RewardSource } from '../rewards/source.js';
import { type AutomorphismGroup, automorphismGroup } from '../symmetry/automorphism-group.js';
import type { Permutation } from '../symmetry/permutation.js';

/** States that have equal POWER, at every gamma, because a symmetry of the environment keeps the reward law. */
export interface EqualPower {
  /** Int32 (S): the smallest state of each state's orbit; states of one orbit have exactly equal POWER */
  readonly orbits: Int32Array;
  /** the symmetries that were used */
  readonly generators: readonly Permutation[];
  /**
   * - `all`: the law is kept by every symmetry of the environment;
   * - `lawClasses`: only by those that take each state to one with the same marginal law, and these were used;
   * - `none`: the law is not known to be kept by any (dependent rewards), so nothing is concluded.
   */
  readonly basis: 'all' | 'lawClasses' | 'none';
  /** false if the search for these symmetries ended early: further states may have equal POWER */
  readonly complete: boolean;
}

/**
 * POWER_D(s) = POWER_D(φ(s)) for an automorphism φ with φ·D = D. For independent rewards, and for orbits, D is kept if φ
 * keeps the marginal laws. If some generator does not, the subgroup that does is searched for by itself: products of
 * generators that do not keep the law may keep it.
 *
 * @param group of the same model
 */
export function equalPowerOrbits(mdp: Mdp, source: RewardSource, group: AutomorphismGroup): EqualPower {
  const { lawClass, exchangeable } = source;
  if (!exchangeable) {
    return { orbits: Int32Array.from(lawClass, (_, s) => s), generators: [], basis: 'none', complete: true };
  }
  const isKept = (generator: Permutation): boolean => generator.every((t, s) => lawClass[s] === lawClass[t]);
  if (group.generators.every(isKept)) {
    const { orbits, generators, complete } = group;
    return { orbits, generators, basis: 'all', complete };
  }
  const { orbits, generators, complete } = automorphismGroup(mdp, { stateClass: lawClass });
  return { orbits, generators, basis: 'lawClasses', complete };
}
