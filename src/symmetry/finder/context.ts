import type { Mdp } from '../../mdp/model.js';
import { rational, rationalText } from '../../number/rational.js';
import type { Certificate, Dominated, Names, Witness } from '../certificate.js';
import { modelHash } from '../model-hash.js';
import { mix as scatter } from '../structure.js';
import { firstTwins } from '../twins.js';
import { compatibleStates } from './compatible.js';
import type { Budget } from './copy-search.js';
import { type Ends, endsOfStates } from './ends.js';
import { frontiers, type Lasso, type StateFrontier } from './lassos.js';
import { type OptimalValues, optimalValues } from './optimal-values.js';
import { type Row, type Rows, rowsOf, statesAfter } from './rows.js';

/** What all searches in one model share. */
export interface Context {
  readonly mdp: Mdp;
  readonly rows: Rows;
  readonly hash: string;
  readonly frontier: (s: number) => StateFrontier | null;
  /** recurrent state distributions */
  readonly ends: (s: number) => Ends | null;
  /** necessary for a state, all of whose rows and of what follows need copies, to go to another */
  readonly isCompatible: (x: number, y: number) => boolean;
  /** REACH of an action ([P19] Def. 6.8) */
  readonly after: (row: Row) => ReadonlySet<number>;
  readonly twinClass: Int32Array;
  readonly budget: Budget;
  /** for comparing and checking, in states and choices looked at */
  readonly looks: Budget;
  /** for counting involutions, which nothing depends on */
  readonly counting: Budget;
  /** what was cut short, in words, each once */
  readonly cuts: Set<string>;
}

const NO_FRONTIER =
  '6.6 and E.47 for states with random transitions or very many policies ahead, where exact copies of all rows are looked for';
const NO_ENDS = '6.12, 6.13 and D.11 for states with very many policies ahead';

/** Nodes for counting the involutions of all instances of a model. */
const MOST_COUNTING = 1_000_000;

const MOST_REACHES = 500;

/** States and choices that may be looked at in comparing and checking, for each node of the search. */
const LOOKS_PER_NODE = 20;

export function contextOf(mdp: Mdp, nodes: number): Context {
  const rows = rowsOf(mdp);
  const cuts = new Set<string>();
  const frontier = frontiers(rows);
  const ends = endsOfStates(mdp, rows);
  let related: Uint8Array | null | undefined;
  const reach = new Map<Row, ReadonlySet<number>>();
  return {
    mdp,
    rows,
    hash: modelHash(mdp),
    frontier: (s) => {
      const found = frontier(s);
      if (found === null) cuts.add(NO_FRONTIER);
      return found;
    },
    ends: (s) => {
      const found = ends(s);
      if (found === null) cuts.add(NO_ENDS);
      return found;
    },
    isCompatible: (x, y) => {
      if (related === undefined) related = compatibleStates(rows);
      return related === null ? rows[x]!.length <= rows[y]!.length : related[x * rows.length + y] === 1;
    },
    after: (row) => {
      const found = reach.get(row) ?? statesAfter([row], (x) => rows[x]!);
      // The actions of one state come together; all of a large model would not fit.
      if (reach.size >= MOST_REACHES) reach.clear();
      reach.set(row, found);
      return found;
    },
    twinClass: firstTwins(
      mdp,
      Int32Array.from(rows, (list) => list.length),
    ),
    budget: { nodes },
    looks: { nodes: LOOKS_PER_NODE * nodes },
    counting: { nodes: MOST_COUNTING },
    cuts,
  };
}

/** The fields that every certificate has. */
export function certified(
  { hash }: Context,
  fields: Omit<Certificate, 'certificate' | 'model'>,
): Certificate {
  return { certificate: 1, model: hash, ...fields };
}

/** The states that move, by name. */
export function permutationNames({ mdp }: Context, phi: ReadonlyMap<number, number>): Names {
  const moved = [...phi].filter(([from, to]) => from !== to).sort(([a], [b]) => a - b);
  return Object.fromEntries(moved.map(([from, to]) => [mdp.states[from]!, mdp.states[to]!]));
}

function pathNames({ mdp }: Context, lasso: Lasso): string[] {
  return lasso.map((x) => mdp.states[x]!);
}

/** The proof that lassos are dominated. */
export function dominatedNames(
  context: Context,
  { lassos, visits }: StateFrontier,
  dominated: Iterable<number>,
): Dominated[] {
  return [...dominated].map((i) => ({
    path: pathNames(context, lassos[i]!),
    mix: [...visits.mix.get(i)!].map(([j, weight]) => ({
      weight: rationalText(weight),
      path: pathNames(context, lassos[j]!),
    })),
  }));
}

export function rewardNames({ mdp }: Context, reward: readonly bigint[]): Names {
  return Object.fromEntries(
    reward.flatMap((value, x) => (value === 0n ? [] : [[mdp.states[x]!, String(value)]])),
  );
}

const HALF = rational(1n, 2n);

/** A reward at γ = 1/2 with its exact optimal values. */
export function witnessFor(context: Context, s: number, reward: readonly bigint[]): Witness | null {
  const solved = optimalValues(context.mdp, context.rows, s, reward, HALF);
  return solved === null ? null : witnessOf(context, reward, solved, '1/2');
}

function witnessOf(
  context: Context,
  reward: readonly bigint[],
  { value }: OptimalValues,
  gamma: string,
): Witness {
  const { mdp } = context;
  const relevant = reward.map((number, x) => (value.has(x) ? number : 0n));
  return {
    gamma,
    reward: rewardNames(context, relevant),
    values: Object.fromEntries(
      [...value]
        .filter(([, { n }]) => n !== 0n)
        .sort(([a], [b]) => a - b)
        .map(([x, worth]) => [mdp.states[x]!, rationalText(worth)]),
    ),
  };
}

/** Rewards tried for a witness where the frontier is out of reach. */
const TRIES = 12;

/**
 * A witness by trial: rewards with one or two prominent states among `attractive` and small numbers elsewhere, until
 * the only optimum is one that has no copy.
 */
export function witnessByTrial(
  context: Context,
  s: number,
  attractive: readonly number[],
  hasNoCopy: (course: ReadonlyMap<number, Row>) => boolean,
): Witness | null {
  const { mdp, rows } = context;
  // Far states must count, in large models too.
  const [gamma, text] = mdp.stateCount <= 16 ? [HALF, '1/2'] : [rational(9n, 10n), '9/10'];
  for (let k = 0; k < TRIES; k++) {
    const reward = Array.from({ length: mdp.stateCount }, (_, x) => BigInt(scatter(k * 65_537 + x) % 100));
    if (attractive.length > 0 && k % 3 !== 2) {
      reward[attractive[k % attractive.length]!]! += 1_000_000n;
      if (k % 3 === 1) reward[attractive[(k * 7 + 1) % attractive.length]!]! += 900_000n;
    }
    const solved = optimalValues(mdp, rows, s, reward, gamma);
    if (solved === null) return null;
    if (solved.course !== null && hasNoCopy(solved.course)) return witnessOf(context, reward, solved, text);
  }
  return null;
}
