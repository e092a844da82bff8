import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { solveRationalSystem } from '../../number/rational-system.js';
import { type Row, type Rows, statesAfter } from './rows.js';

/** Larger sets of states are not solved where transitions are random. */
const MOST_BY_ELIMINATION = 40;
/** Value iteration in doubles comes before exact policy iteration. */
const SWEEPS = 400;

export interface OptimalValues {
  readonly value: ReadonlyMap<number, Rational>;
  /** what is optimal where an optimal policy comes from s, if that is one distinct row everywhere; else null */
  readonly course: ReadonlyMap<number, Row> | null;
}

/** The optimal values of all states reachable from s, exactly, by policy iteration; null where that is too much work. */
export function optimalValues(
  mdp: Mdp,
  rows: Rows,
  s: number,
  reward: readonly bigint[],
  gamma: Rational,
): OptimalValues | null {
  const states = [...statesAfter(rows[s]!, (x) => rows[x]!).add(s)];
  const isDeterministic = states.every((x) => rows[x]!.every(({ next }) => next.length === 1));
  if (!isDeterministic && states.length > MOST_BY_ELIMINATION) return null;
  const expectation = (row: Row, value: ReadonlyMap<number, Rational>): Rational =>
    row.next.length === 1
      ? value.get(row.next[0]!)!
      : row.next.reduce(
          (sum, t, k) => sum.add(mdp.exact.values[row.probability[k]!]!.mul(value.get(t)!)),
          ZERO,
        );
  const policy = greedyPolicy(mdp, rows, states, reward, Number(gamma.n) / Number(gamma.d));
  for (;;) {
    const value = isDeterministic
      ? valuesOnPaths(states, policy, reward, gamma)
      : valuesByElimination(mdp, states, policy, reward, gamma);
    let improved = false;
    const ties = new Set<number>();
    for (const x of states) {
      const chosen = policy.get(x)!;
      let most = expectation(chosen, value);
      for (const row of rows[x]!) {
        if (row === chosen) continue;
        const worth = expectation(row, value);
        const order = worth.compare(most);
        if (order > 0) {
          policy.set(x, row);
          [most, improved] = [worth, true];
        } else if (order === 0) ties.add(x);
      }
    }
    if (improved) continue;
    const course = new Map([[s, policy.get(s)!]]);
    for (const [, row] of course) for (const t of row.next) course.set(t, policy.get(t)!);
    return { value, course: [...course.keys()].some((x) => ties.has(x)) ? null : course };
  }
}

function greedyPolicy(
  mdp: Mdp,
  rows: Rows,
  states: readonly number[],
  reward: readonly bigint[],
  gamma: number,
): Map<number, Row> {
  const value = new Map(states.map((x) => [x, 0]));
  const policy = new Map(states.map((x) => [x, rows[x]![0]!]));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let changed = false;
    for (const x of states) {
      let most = Number.NEGATIVE_INFINITY;
      for (const row of rows[x]!) {
        let worth = 0;
        for (const [k, t] of row.next.entries()) {
          const { n, d } = mdp.exact.values[row.probability[k]!]!;
          worth += (value.get(t)! * Number(n)) / Number(d);
        }
        if (worth <= most) continue;
        most = worth;
        policy.set(x, row);
      }
      const next = Number(reward[x]!) + gamma * most;
      if (next !== value.get(x)) changed = true;
      value.set(x, next);
    }
    if (!changed) break;
  }
  return policy;
}

function valuesOnPaths(
  states: readonly number[],
  policy: ReadonlyMap<number, Row>,
  reward: readonly bigint[],
  gamma: Rational,
): Map<number, Rational> {
  const value = new Map<number, Rational>();
  const next = (x: number): number => policy.get(x)!.next[0]!;
  const rewardAt = (x: number): Rational => ONE.mul(reward[x]!);
  for (const first of states) {
    const path = new Set<number>();
    let end = first;
    for (; !value.has(end) && !path.has(end); end = next(end)) path.add(end);
    if (!value.has(end)) {
      // A new cycle: V(end) = (discounted rewards once around) / (1 − γ^length).
      let [around, factor, x] = [ZERO, ONE, end];
      do {
        around = around.add(factor.mul(rewardAt(x)));
        factor = factor.mul(gamma);
        x = next(x);
      } while (x !== end);
      value.set(end, around.div(ONE.sub(factor)));
    }
    for (const x of [...path].reverse()) {
      if (!value.has(x)) value.set(x, rewardAt(x).add(gamma.mul(value.get(next(x))!)));
    }
  }
  return value;
}

function valuesByElimination(
  mdp: Mdp,
  states: readonly number[],
  policy: ReadonlyMap<number, Row>,
  reward: readonly bigint[],
  gamma: Rational,
): Map<number, Rational> {
  const index = new Map(states.map((x, i) => [x, i]));
  const system = states.map((x, i) => {
    const line = [...states.map((_, j) => (i === j ? ONE : ZERO)), ONE.mul(reward[x]!)];
    const { next, probability } = policy.get(x)!;
    next.forEach((t, k) => {
      const j = index.get(t)!;
      line[j] = line[j]!.sub(gamma.mul(mdp.exact.values[probability[k]!]!));
    });
    return line;
  });
  const solution = solveRationalSystem(system);
  return new Map(states.map((x, i) => [x, solution[i]![0]!]));
}
