import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import type { Witness } from '../certificate.js';
import { numberOf, Refused, rewardOf } from './names.js';
import { distinctChoices, probabilityOf, reachedBy, successorsOf } from './rows.js';

/**
 * Solves one MDP: do the values given solve V(x) = R(x) + γ·max_a E V at every state reachable from s (then they are the
 * optimal values), and is one distinct action alone best wherever that leads from s? Then its visits are the only optimum.
 * @returns state to choice where the optimal policy comes
 */
export function onlyOptimum(mdp: Mdp, s: number, witness: Witness): Map<number, number> {
  const gamma = numberOf(witness.gamma);
  if (gamma.s <= 0n || gamma.compare(ONE) >= 0) throw new Refused('gamma is not between 0 and 1');
  const [reward, value] = [rewardOf(mdp, witness.reward), rewardOf(mdp, witness.values ?? {})];
  const expectation = (c: number): Rational => {
    let sum = ZERO;
    for (const [k, t] of successorsOf(mdp, c).entries()) {
      sum = sum.add(probabilityOf(mdp, c, k).mul(value.get(t) ?? ZERO));
    }
    return sum;
  };
  const best = new Map<number, number[]>();
  for (const [x, isReached] of reachedBy(mdp, s, () => true)
    .fill(1, s, s + 1)
    .entries()) {
    if (isReached === 0) continue;
    const worths = distinctChoices(mdp, x).map((choice) => ({ choice, worth: expectation(choice) }));
    const most = worths.reduce((a, b) => (a.worth.compare(b.worth) < 0 ? b : a)).worth;
    if (!(reward.get(x) ?? ZERO).add(gamma.mul(most)).equals(value.get(x) ?? ZERO)) {
      throw new Refused(`the value of ${mdp.states[x]} does not solve the Bellman equation`);
    }
    best.set(
      x,
      worths.filter(({ worth }) => worth.equals(most)).map(({ choice }) => choice),
    );
  }
  const course = new Map([[s, best.get(s)![0]!]]);
  for (const [x, choice] of course) {
    if (best.get(x)!.length > 1) throw new Refused(`in ${mdp.states[x]} several actions are optimal`);
    for (const t of successorsOf(mdp, choice)) course.set(t, best.get(t)![0]!);
  }
  return course;
}
