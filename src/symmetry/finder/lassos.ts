import { type Frontier, frontierOf } from './frontier.js';
import type { Rows } from './rows.js';
import type { Work } from './separate.js';

/** What a policy does where nothing is random: states from the root to the first that comes again, which ends it. */
export type Lasso = readonly number[];

/** All that can be done from a state where nothing is random, and what of it can be the only optimum. */
export interface StateFrontier {
  readonly lassos: readonly Lasso[];
  /** of the visits at γ = 1/2 */
  readonly visits: Frontier;
}

/** More lassos are not gone through. */
const MOST_LASSOS = 600;
/** Longer lassos have visits with too many digits. */
const LONGEST = 24;
/** Products of big integers for the frontiers of all states of a model: half a second. */
const MOST_PRODUCTS = 3e6;

/** A function that finds the frontier of a state, once; null for random transitions and where there is too much to do. */
export function frontiers(rows: Rows): (s: number) => StateFrontier | null {
  const known = new Map<number, StateFrontier | null>();
  const work = { left: MOST_PRODUCTS };
  return (s) => {
    let found = known.get(s);
    if (found === undefined) {
      const lassos = lassosFrom(rows, s);
      found = lassos === null || work.left < 0 ? null : frontierOfLassos(lassos, rows.length, work);
      known.set(s, found);
    }
    return found;
  };
}

function lassosFrom(rows: Rows, root: number): Lasso[] | null {
  const lassos: Lasso[] = [];
  const path = [root];
  const extend = (): boolean => {
    if (path.length > LONGEST) return false;
    for (const row of rows[path.at(-1)!]!) {
      if (row.next.length > 1) return false;
      const next = row.next[0]!;
      if (path.includes(next)) {
        if (lassos.push([...path, next]) > MOST_LASSOS) return false;
      } else {
        path.push(next);
        if (!extend()) return false;
        path.pop();
      }
    }
    return true;
  };
  return extend() ? lassos : null;
}

function frontierOfLassos(lassos: readonly Lasso[], size: number, work: Work): StateFrontier | null {
  const states = [...new Set(lassos.flat())].sort((a, b) => a - b);
  const place = new Map(states.map((x, i) => [x, i]));
  const visits = frontierOf(visitsOf(lassos, states.length, place), work);
  return visits === null ? null : { lassos, visits: widened(visits, states, size) };
}

/** Discounted visits at γ = 1/2 as integers with a common factor: V(x) = Σ_t 2^−t [x at t]. */
function visitsOf(lassos: readonly Lasso[], width: number, place: ReadonlyMap<number, number>): bigint[][] {
  const parts = lassos.map((lasso) => {
    const first = lasso.indexOf(lasso.at(-1)!);
    return { first, around: (1n << BigInt(lasso.length - 1 - first)) - 1n };
  });
  const longest = Math.max(...lassos.map(({ length }) => length));
  const common = commonMultiple(parts.map(({ around }) => around)) << BigInt(longest);
  return lassos.map((lasso, i) => {
    const { first, around } = parts[i]!;
    const visits = new Array<bigint>(width).fill(0n);
    lasso.slice(0, -1).forEach((x, t) => {
      const once = common >> BigInt(t);
      visits[place.get(x)!] = t < first ? once : (once / around) * (around + 1n);
    });
    return visits;
  });
}

/** Rewards on the states of the lassos become rewards on all states. */
function widened({ reward, mix }: Frontier, states: readonly number[], size: number): Frontier {
  const wide = new Map<number, readonly bigint[]>();
  for (const [point, direction] of reward) {
    const all = new Array<bigint>(size).fill(0n);
    states.forEach((x, i) => {
      all[x] = direction[i]!;
    });
    wide.set(point, all);
  }
  return { reward: wide, mix };
}

function commonMultiple(numbers: readonly bigint[]): bigint {
  return numbers.reduce((multiple, number) => {
    let [a, b] = [multiple, number];
    while (b !== 0n) [a, b] = [b, a % b];
    return (multiple / a) * number;
  }, 1n);
}
