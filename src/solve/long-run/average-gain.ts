import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { Rational } from '../../number/rational.js';
import { cycleGain } from './cycle-gain.js';
import { multichainGain } from './multichain-gain.js';

/** Models with random transitions are solved by exact policy iteration, O(S³) operations on long integers a step. */
const LARGEST_STOCHASTIC_MODEL = 60;

/** Does every action lead to one state? */
export function isDeterministic(mdp: Mdp): boolean {
  return mdp.transitionCount === mdp.choiceCount;
}

/**
 * Prepares for finding the best long-run average reward from each state, exactly: max over policies of
 * lim_{γ→1} (1−γ)·V^π_R(s, γ) = max_{d ∈ RSD(s)} d·R (Turner et al. 2021, Def. 6.10), the limit of the POWER sample of R at
 * γ → 1.
 *
 * Deterministic models of any size: the greatest mean of a cycle that can be reached, O(S·transitions). Others: policy
 * iteration for multichain models.
 *
 * @returns the function from exact rewards (S) to gains (S)
 * @throws usageError  random transitions and more than LARGEST_STOCHASTIC_MODEL states
 */
export function averageGain(mdp: Mdp): (rewards: readonly Rational[]) => Rational[] {
  if (isDeterministic(mdp)) return (rewards) => cycleGain(mdp, rewards);
  if (mdp.stateCount > LARGEST_STOCHASTIC_MODEL) {
    throw usageError('the average reward of a model with random transitions is found exactly or not at all', {
      found: `${mdp.stateCount} states`,
      wanted: `at most ${LARGEST_STOCHASTIC_MODEL} states, or deterministic actions (any number of states)`,
      hint: 'use a gamma near 1 instead, such as --gamma 0.999',
    });
  }
  return multichainGain(mdp);
}
