import { stronglyConnectedComponents } from '../../mdp/components.js';
import type { Mdp } from '../../mdp/model.js';
import { type Rational, rational } from '../../number/rational.js';
import { commonDenominator, scaledInteger } from '../../number/rational-system.js';

/** A mean of integers, kept as a fraction: total / length. */
interface Mean {
  readonly total: bigint;
  readonly length: bigint;
}

/**
 * The best average reward from each state of a deterministic model: the greatest mean reward of a cycle that can be
 * reached, exactly.
 */
export function cycleGain(mdp: Mdp, rewards: readonly Rational[]): Rational[] {
  const { choicePtr, successor } = mdp;
  const factor = commonDenominator(rewards);
  const scaled = rewards.map((reward) => scaledInteger(reward, factor));
  const { count, component } = stronglyConnectedComponents(mdp);
  const members = Array.from({ length: count }, (): number[] => []);
  for (let s = 0; s < mdp.stateCount; s++) members[component[s]!]!.push(s);
  // Components come in reverse topological order, so those that can be reached are known.
  const best: Mean[] = [];
  for (let own = 0; own < count; own++) {
    let mean = greatestCycleMean(mdp, members[own]!, component, scaled);
    for (const s of members[own]!) {
      for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
        const other = component[successor[c]!]!;
        if (other !== own) mean = greater(mean, best[other]!);
      }
    }
    if (mean === undefined) throw new RangeError('a state has no action');
    best.push(mean);
  }
  const gains = best.map(({ total, length }) => rational(total, length * factor));
  return Array.from(component, (own) => gains[own]!);
}

/**
 * Greatest mean reward of a cycle within one strongly connected component of n states (Karp 1978, Discrete Math. 23):
 *
 *     max_v min_{k<n} (D_n(v) − D_k(v)) / (n − k),   D_k(v) = the greatest reward of a walk of k steps to v.
 *
 * Undefined if the component has no cycle. O(n·edges) time; the D_k are computed twice rather than kept.
 */
function greatestCycleMean(
  mdp: Mdp,
  members: readonly number[],
  component: Int32Array,
  rewards: readonly bigint[],
): Mean | undefined {
  const { choicePtr, successor } = mdp;
  const size = members.length;
  const local = new Map(members.map((s, i) => [s, i]));
  const own = component[members[0]!];
  const step = (before: readonly (bigint | undefined)[]): (bigint | undefined)[] => {
    const after = new Array<bigint | undefined>(size);
    members.forEach((s, i) => {
      const walk = before[i];
      if (walk === undefined) return;
      const longer = walk + rewards[s]!;
      for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
        const t = successor[c]!;
        if (component[t] !== own) continue;
        const known = after[local.get(t)!];
        if (known === undefined || longer > known) after[local.get(t)!] = longer;
      }
    });
    return after;
  };
  const start = new Array<bigint | undefined>(size);
  start[0] = 0n;
  let last = start;
  for (let k = 0; k < size; k++) last = step(last);

  const least = new Array<Mean | undefined>(size);
  for (let k = 0, walks = start; k < size; k++, walks = step(walks)) {
    for (let v = 0; v < size; v++) {
      const [to, from] = [last[v], walks[v]];
      if (to === undefined || from === undefined) continue;
      const mean = { total: to - from, length: BigInt(size - k) };
      const known = least[v];
      if (known === undefined || isLess(mean, known)) least[v] = mean;
    }
  }
  return least.reduce(greater, undefined);
}

function isLess(a: Mean, b: Mean): boolean {
  return a.total * b.length < b.total * a.length;
}

function greater(a: Mean | undefined, b: Mean | undefined): Mean | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isLess(a, b) ? b : a;
}
