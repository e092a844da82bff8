import { ExitCode, usageError } from '../errors.js';
import { ExactRefusal } from '../exact/budget.js';
import { exactCrossings } from '../exact/gamma/crossing-rows.js';
import { gammaFunctions, SYMBOLIC_LIMIT } from '../exact/gamma/gamma-functions.js';
import type { Rows } from '../exact/policies/rows.js';
import type { Mdp } from '../mdp/model.js';
import { type SampledCrossings, type SampledPair, sampledCrossings } from '../parallel/sampled-crossings.js';
import { type EqualQuantities, equalQuantities } from '../power/assertion/equal-quantities.js';
import type { CrossingPair, CrossingReport, CrossingRow } from '../power/crossing-row.js';
import { formatDuration } from '../report/format.js';
import { rewardSource } from '../rewards/reward-source.js';
import {
  DEFAULT_SAMPLES,
  type EstimateValues,
  methodOf,
  rewardOf,
  statesNamed,
  threadsOf,
} from './estimate.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { notExactNotes } from './not-exact.js';
import { estimateOptions } from './options.js';
import { destinations, writeResult } from './output.js';
import { startProgress } from './progress.js';
import { documentOf } from './result.js';

/** More pairs than this are refused: no table of them can be read. */
const MOST_PAIRS = 2_016;
/** What exact functions may cost where they were not asked for: about ten seconds on one core. */
const AUTO_LIMIT = 3e7;

/** Two states or two choices, and where their exact functions are. */
interface Pair extends SampledPair {
  /** the state of `P`; the rows at it */
  readonly s: number;
  readonly rows: readonly [number, number];
}

/**
 * The gammas at which POWER of two states, or the probabilities of two actions of a state, change order: for all states, or
 * those that are named.
 * @throws {UserError} usage: too many pairs, or a list of gammas
 */
export async function runCrossings(
  command: 'power' | 'optimality',
  path: string,
  options: EstimateValues & { readonly state?: readonly string[] },
  io: Io,
): Promise<ExitCode> {
  const started = io.now();
  if (options.gamma !== estimateOptions.gamma.fallback)
    throw usageError('--crossings looks at every gamma from 0 to 1', { hint: 'leave out --gamma' });
  const to = await destinations(options, [path, options.reward ?? ''], io);
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const states = statesNamed(mdp, options.state) ?? mdp.states.map((_, s) => s);
  const method = methodOf(options);
  const functions = gammaFunctions(mdp, reward, method === 'auto' ? AUTO_LIMIT : SYMBOLIC_LIMIT);
  const pairs =
    command === 'power' ? pairsOfStates(mdp, states) : pairsOfActions(mdp, functions.rows, states);
  if (pairs.length > MOST_PAIRS)
    throw usageError(`${pairs.length} pairs are more than can be compared`, {
      wanted: `at most ${MOST_PAIRS}`,
      hint: 'name the states with --state',
    });

  const equal = equalQuantities(mdp, rewardSource(reward, mdp, options.seed));
  const rows: CrossingRow[] = [];
  const known: CrossingPair[] = [];
  const open: SampledPair[] = [];
  const refused: [place: string, reason: string][] = [];
  for (const { s, rows: places, ...pair } of pairs) {
    const { kind, state, action, other } = pair;
    if (isEqual(equal, pair)) {
      known.push({ state, action, other, orders: ['='], method: 'proved' });
      continue;
    }
    if (method === 'sampled') {
      open.push(pair);
      continue;
    }
    const functionOf = (place: 0 | 1) => () =>
      kind === 'POWER'
        ? functions.power(place === 0 ? pair.first : pair.second)
        : functions.chance(s, places[place]);
    try {
      const found = exactCrossings({
        kind,
        state,
        action,
        other,
        first: functionOf(0),
        second: functionOf(1),
      });
      known.push(found.pair);
      rows.push(...found.rows);
    } catch (error) {
      if (!(error instanceof ExactRefusal)) throw error;
      open.push(pair);
      refused.push([
        action === null ? `${state} and ${other}` : `${action} and ${other} at ${state}`,
        error.message,
      ]);
    }
  }

  const threads = await threadsOf(options, io);
  const progress = await startProgress(options.progress, options.quiet, io);
  let sampled: SampledCrossings = { pairs: [], rows: [], comparisons: 0 };
  try {
    if (open.length > 0)
      sampled = await io.interruptible((signal) =>
        sampledCrossings(mdp, reward, open, {
          samples: options.samples ?? DEFAULT_SAMPLES,
          seed: options.seed,
          threads,
          confidence: options.confidence,
          tolerance: options.tolerance,
          onProgress: progress.update,
          signal,
        }),
      );
  } finally {
    progress.stop();
  }
  const order = new Map(pairs.map((pair, i) => [keyOf(pair), i]));
  const inOrder = <T extends { state: string; action: string | null; other: string }>(
    list: readonly T[],
  ): T[] => [...list].sort((a, b) => order.get(keyOf(a))! - order.get(keyOf(b))!);
  const report: CrossingReport = {
    rows: inOrder([...rows, ...sampled.rows]),
    pairs: inOrder([...known, ...sampled.pairs]),
    confidence: open.length === 0 ? null : options.confidence,
    comparisons: sampled.comparisons,
  };
  const notes = method === 'exact' ? notExactNotes('sampled, not exact', refused) : [];
  const parameters = {
    reward: reward.text,
    ...(open.length === 0
      ? {}
      : {
          samples: options.samples ?? DEFAULT_SAMPLES,
          seed: String(options.seed),
          confidence: options.confidence,
        }),
    method,
    normalizeRows: options.normalizeRows,
  } as const;
  await writeResult(
    { ...documentOf(command, mdp, parameters, notes), crossings: report },
    to,
    options,
    io,
    formatDuration(io.now() - started),
  );
  return notes.length > 0 ? ExitCode.undecided : ExitCode.done;
}

function keyOf({ state, action, other }: { state: string; action: string | null; other: string }): string {
  return JSON.stringify([state, action, other]);
}

function pairsOfStates(mdp: Mdp, states: readonly number[]): Pair[] {
  return states.flatMap((s, i) =>
    states.slice(i + 1).map(
      (t): Pair => ({
        kind: 'POWER',
        state: mdp.states[s]!,
        action: null,
        other: mdp.states[t]!,
        first: s,
        second: t,
        s,
        rows: [0, 0],
      }),
    ),
  );
}

/** Pairs of distinct actions: the first of each class of equal ones. */
function pairsOfActions(mdp: Mdp, rows: Rows, states: readonly number[]): Pair[] {
  return states.flatMap((s) => {
    const firsts = rows[s]!.map((row) => row.choices[0]!);
    return firsts.flatMap((first, i) =>
      firsts.slice(i + 1).map(
        (second, k): Pair => ({
          kind: 'P',
          state: mdp.states[s]!,
          action: mdp.actions[first]!,
          other: mdp.actions[second]!,
          first,
          second,
          s,
          rows: [i, i + 1 + k],
        }),
      ),
    );
  });
}

function isEqual({ power, choice }: EqualQuantities, { kind, first, second }: SampledPair): boolean {
  return kind === 'POWER' ? power[first] === power[second] : choice[first] === choice[second];
}
