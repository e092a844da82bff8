import type { Mdp } from '../../mdp/model.js';
import { type PolicyGain, policyGain } from './policy-gain.js';

/** Entries of all evaluations that are remembered. */
const MOST_ENTRIES = 2 ** 19;

/**
 * Evaluates a policy, Int32 (S) of choices, as it is at the time of the call, and remembers evaluations while they take
 * bounded memory.
 */
export function policyGains(mdp: Mdp, policy: Int32Array): () => PolicyGain {
  const known = new Map<string, PolicyGain>();
  const most = Math.max(1, Math.floor(MOST_ENTRIES / mdp.stateCount ** 2));
  return () => {
    const key = policy.join();
    let evaluation = known.get(key);
    if (evaluation === undefined) {
      if (known.size >= most) known.clear();
      evaluation = policyGain(mdp, policy);
      known.set(key, evaluation);
    }
    return evaluation;
  };
}
