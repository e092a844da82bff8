import { bisimulation } from '../../mdp/bisimulation.js';
import { choicesOf } from '../../mdp/graph.js';
import type { Mdp } from '../../mdp/model.js';
import type { RewardSource } from '../../rewards/source.js';
import { automorphismGroup } from '../../symmetry/automorphism-group.js';
import { rowKey } from '../../symmetry/row-key.js';
import { merge, rootOf } from '../../symmetry/union-find.js';
import { equalPowerOrbits } from '../equal-power.js';

/** Which POWERs, and which probabilities of actions, are equal for a proved reason, at every gamma. */
export interface EqualQuantities {
  /** Int32 (S): states with the same entry have equal POWER */
  readonly power: Int32Array;
  /** Int32 (C): choices with the same entry are optimal (and alone optimal) equally often */
  readonly choice: Int32Array;
  /** Uint8 (C): 1 for a choice that is always alone optimal, because its state has no other distinct choice */
  readonly isOnly: Uint8Array;
}

/**
 * Three reasons make quantities equal exactly:
 * - choices of a state with rows that are equal in law, states that are bisimilar with equal rewards (mdp/bisimulation.ts);
 * - states with the same set of rows: POWER does not look at the reward of the state itself (Turner et al. 2021, Def. 5.2);
 * - a symmetry of the environment that keeps the reward law (equal-power.ts): it takes states to states of equal POWER and
 *   choices to choices that are optimal equally often.
 */
export function equalQuantities(mdp: Mdp, source: RewardSource): EqualQuantities {
  const identity = Int32Array.from({ length: mdp.stateCount }, (_, s) => s);
  const { stateClass, choiceClass } = bisimulation(mdp, source.equalRewardClass);
  const states = identity.slice();
  const choices = Int32Array.from({ length: mdp.choiceCount }, (_, c) => c);

  choiceClass.forEach((first, c) => {
    merge(choices, first, c);
  });
  stateClass.forEach((first, s) => {
    merge(states, first, s);
  });

  const firstWithRows = new Map<string, number>();
  for (let s = 0; s < mdp.stateCount; s++) {
    const rows = new Map(choicesOf(mdp, s).map((c) => [rowKey(mdp, c, identity), c]));
    const key = [...rows.keys()].sort().join(';');
    const first = firstWithRows.get(key);
    if (first === undefined) firstWithRows.set(key, s);
    else {
      merge(states, first, s);
      for (const c of choicesOf(mdp, first)) merge(choices, c, rows.get(rowKey(mdp, c, identity))!);
    }
  }

  for (const permutation of equalPowerOrbits(mdp, source, automorphismGroup(mdp)).generators) {
    for (let s = 0; s < mdp.stateCount; s++) {
      const image = permutation[s]!;
      if (image === s && choicesOf(mdp, s).length === 1) continue;
      merge(states, s, image);
      const rows = new Map(choicesOf(mdp, image).map((c) => [rowKey(mdp, c, identity), c]));
      for (const c of choicesOf(mdp, s)) merge(choices, c, rows.get(rowKey(mdp, c, permutation))!);
    }
  }

  const isOnly = Uint8Array.from(choiceClass, () => 0);
  for (let s = 0; s < mdp.stateCount; s++) {
    const own = choicesOf(mdp, s);
    const isForced = own.every((c) => choiceClass[c] === choiceClass[own[0]!]);
    for (const c of own) isOnly[c] = isForced ? 1 : 0;
  }
  return {
    power: identity.map((s) => rootOf(states, s)),
    choice: choices.map((c) => rootOf(choices, c)),
    isOnly,
  };
}
