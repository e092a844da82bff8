import type { Mdp } from '../../mdp/model.js';
import { type Rational, rational, rationalText } from '../../number/rational.js';
import { commonDenominator, scaledInteger } from '../../number/rational-system.js';
import type { Distribution } from './end-search.js';
import { type Frontier, frontierOf } from './frontier.js';
import { recurrentDistribution } from './recurrent-distribution.js';
import type { Row, Rows } from './rows.js';

/** RSD(s) (Turner et al. 2021, Def. 6.10), and what of it can be the only optimum by average reward. */
export interface Ends {
  readonly distributions: readonly Distribution[];
  /** choice of a distinct row of s to the indices of what policies that take it end in */
  readonly after: ReadonlyMap<number, ReadonlySet<number>>;
  readonly frontier: Frontier;
}

/** For one state, and for all of a model: steps of policies, and operations on their chains; the checker allows more. */
const [MOST_WORK, MOST_IN_ALL, STEP, LONGEST] = [200_000, 600_000, 5, 500];
/** Products of big integers for the frontiers of all states of a model. */
const MOST_PRODUCTS = 6e6;
/** Numbers in the tables of ends by states from which these frontiers are found, of all states of a model. */
const MOST_ENTRIES = 6e6;

/** A function that finds the ends of a state, once; null where there is too much to do. */
export function endsOfStates(mdp: Mdp, rows: Rows): (s: number) => Ends | null {
  const known = new Map<number, Ends | null>();
  const work = { left: MOST_PRODUCTS };
  const table = { left: MOST_ENTRIES };
  let left = MOST_IN_ALL;
  return (s) => {
    let found = known.get(s);
    if (found === undefined) {
      const { ends, used } = enumerated(mdp, rows, s, Math.min(left, MOST_WORK));
      left -= used;
      const frontier = ends === null || work.left < 0 ? null : frontierOfEnds(ends.values, work, table);
      found = ends === null || frontier === null ? null : { ...ends, frontier };
      known.set(s, found);
    }
    return found;
  };
}

interface Enumerated {
  readonly distributions: readonly Distribution[];
  readonly values: readonly ReadonlyMap<number, Rational>[];
  readonly after: ReadonlyMap<number, ReadonlySet<number>>;
}

/** The ends of all policies, each as far as it matters: rows are chosen for the states that are come to. */
function enumerated(
  mdp: Mdp,
  rows: Rows,
  root: number,
  most: number,
): { ends: Enumerated | null; used: number } {
  const index = new Map<string, number>();
  const distributions: Distribution[] = [];
  const values: ReadonlyMap<number, Rational>[] = [];
  const after = new Map<number, Set<number>>(rows[root]!.map(({ choice }) => [choice, new Set()]));
  const met = [root];
  const isMet = new Set(met);
  const policy = new Map<number, Row>();
  let used = 0;
  const note = (): void => {
    const isRandom = [...policy.values()].some(({ next }) => next.length > 1);
    if (isRandom) used += policy.size ** 3 / 20;
    // Where nothing is random, the last row leads back to where the cycle begins.
    const cycle = isRandom ? [] : met.slice(met.indexOf(policy.get(met.at(-1)!)!.next[0]!));
    const value = isRandom
      ? recurrentDistribution(mdp, policy, root)
      : new Map(cycle.map((x) => [x, rational(1n, cycle.length)]));
    const shares = new Map([...value].map(([x, share]) => [x, rationalText(share)]));
    const text = distributionText(shares);
    const known = index.get(text) ?? distributions.push(shares) - 1;
    if (known === values.length) values.push(value);
    index.set(text, known);
    after.get(policy.get(root)!.choice)!.add(known);
  };
  const extend = (): boolean => {
    const x = met[policy.size];
    if (x === undefined) {
      note();
      return used <= most;
    }
    for (const row of rows[x]!) {
      used += STEP;
      if (used > most || met.length > LONGEST) return false;
      const before = met.length;
      policy.set(x, row);
      for (const t of row.next) {
        if (isMet.has(t)) continue;
        isMet.add(t);
        met.push(t);
      }
      if (!extend()) return false;
      policy.delete(x);
      for (const t of met.splice(before)) isMet.delete(t);
    }
    return true;
  };
  return { ends: extend() ? { distributions, values, after } : null, used };
}

/** The same for equal distributions alone. */
export function distributionText(distribution: Distribution): string {
  const entries = [...distribution].sort(([x], [y]) => x - y);
  return entries.map(([x, share]) => `${x} ${share}`).join();
}

function frontierOfEnds(
  values: readonly ReadonlyMap<number, Rational>[],
  work: { left: number },
  table: { left: number },
): Frontier | null {
  const states = [...new Set(values.flatMap((value) => [...value.keys()]))].sort((x, y) => x - y);
  const entries = values.length * Math.max(values.length, states.length);
  if (entries > table.left) return null;
  table.left -= entries;
  const common = commonDenominator(values.flatMap((value) => [...value.values()]));
  const size = states.at(-1)! + 1;
  const points = values.map((value) =>
    states.map((x) => {
      const share = value.get(x);
      return share === undefined ? 0n : scaledInteger(share, common);
    }),
  );
  // What holds no other within its states is the only best where these are worth 1 and all else nothing.
  const alone = new Map<number, readonly bigint[]>();
  for (const [i, value] of values.entries()) {
    const holdsOther = values.some(
      (other, j) => i !== j && other.size <= value.size && [...other.keys()].every((x) => value.has(x)),
    );
    if (!holdsOther)
      alone.set(
        i,
        states.map((x) => (value.has(x) ? 1n : 0n)),
      );
  }
  const found = frontierOf(points, work, alone);
  if (found === null) return null;
  const widened = [...found.reward].map(([i, direction]) => {
    const wide = new Array<bigint>(size).fill(0n);
    states.forEach((x, k) => {
      wide[x] = direction[k]!;
    });
    return [i, wide] as const;
  });
  return { reward: new Map(widened), mix: found.mix };
}
