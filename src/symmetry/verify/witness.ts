import { ONE, type Rational, ZERO } from '../../number/rational.js';
import type { Claim } from '../verify.js';
import { given, numberOf, numbersOf, type Row, reached, refuseIf } from './model.js';
import type { Options } from './options.js';

/**
 * Solves one MDP: do the values of the witness solve V(x) = R(x) + γ·max_a E V at every state reachable from the root (then
 * they are the optimal values), and is one distinct row alone best wherever that leads? Then its visits are the only optimum.
 * @returns what the optimal policy does where it comes
 */
export function onlyOptimum({ mdp, rows, certificate }: Claim, root: number): Map<number, Row> {
  const { gamma: text, reward: rewards, values = {} } = certificate.strict!;
  const gamma = numberOf(text);
  refuseIf(gamma.s <= 0n || gamma.compare(ONE) >= 0, 'gamma is not between 0 and 1');
  const [reward, value] = [numbersOf(mdp, rewards), numbersOf(mdp, values)];
  const worthOf = ({ to }: Row): Rational =>
    [...to].reduce((sum, [t, p]) => sum.add(mdp.exact.values[p]!.mul(value.get(t) ?? ZERO)), ZERO);
  const alone = new Map<number, Row>();
  for (const x of reached(rows[root]!, (y) => rows[y]!).add(root)) {
    const worths = rows[x]!.map((row) => ({ row, worth: worthOf(row) }));
    const [best, second] = worths.sort((a, b) => b.worth.compare(a.worth));
    const solves = (reward.get(x) ?? ZERO).add(gamma.mul(best!.worth)).equals(value.get(x) ?? ZERO);
    refuseIf(!solves, `the value of ${mdp.states[x]} does not solve the Bellman equation`);
    if (second?.worth.equals(best!.worth) !== true) alone.set(x, best!.row);
  }
  const course = new Map<number, Row>();
  const states = new Set([root]);
  for (const x of states) {
    course.set(x, given(alone.get(x), `in ${mdp.states[x]} several actions are optimal`));
    for (const t of course.get(x)!.to.keys()) states.add(t);
  }
  return course;
}

/** The text of the recurrent distribution that alone has the greatest average reward of the witness. */
export function onlyBestEnd({ mdp, certificate }: Claim, ends: Options): string {
  const reward = numbersOf(mdp, certificate.strict!.reward);
  const means = [...ends].map(([text, weights]) => {
    const mean = [...weights].reduce((sum, [x, w]) => sum.add(w.mul(reward.get(x) ?? ZERO)), ZERO);
    return { text, mean };
  });
  const [best, second] = means.sort((a, b) => b.mean.compare(a.mean));
  refuseIf(second?.mean.equals(best!.mean) === true, 'several are optimal');
  return best!.text;
}
