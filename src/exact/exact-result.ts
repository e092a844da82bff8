import { bisimulation } from '../mdp/bisimulation.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { approximate, fromRational, type Ratio, ratioText } from '../number/ratio.js';
import type { OptimalityRow, PowerRow } from '../power/result.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { ExactRefusal, type WorkLimit } from './budget.js';
import { lawOfSpec } from './laws/law-of-spec.js';
import type { Measured } from './laws/orthant.js';
import { exactRows, type Row } from './policies/rows.js';
import { type ExactQuestion, exactSolver } from './solvers/exact-solver.js';
import { normalSolver } from './solvers/normal-solver.js';

/** What is asked for, in the terms of a result. */
export interface ExactRequest {
  /** 0 ≤ γ ≤ 1; the ends are the limits */
  readonly gammas: readonly Pick<Discount, 'text' | 'exact'>[];
  /** in the order of the result; default all */
  readonly states?: readonly number[];
  /** false: POWER only; default true */
  readonly decide?: boolean;
  /** operations on big rationals for each answer (budget.ts) and policies enumerated from one state */
  readonly limit?: number | WorkLimit;
  readonly policyLimit?: number;
  /** gives up, at each gamma, after this many answers that were refused; default never */
  readonly mostRefused?: number;
}

/** An answer that is not given, and why. */
export interface Refused {
  readonly quantity: 'POWER' | 'optimality';
  readonly state: string;
  readonly gamma: string;
  readonly reason: string;
}

/** Rows without sampling: fractions (`exact`), or for normal rewards numbers whose limits are their error. */
export interface ExactResult {
  readonly power: readonly PowerRow[];
  readonly optimality: readonly OptimalityRow[];
  readonly refused: readonly Refused[];
}

/**
 * POWER and optimality probabilities of a model without sampling, as far as exact methods reach within the limits of work;
 * rows ordered by gamma, then state, then action. Choices that are the same for every reward function are one action, as in
 * sampled results.
 */
export function exactResult(mdp: Mdp, reward: RewardSpec, request: ExactRequest): ExactResult {
  return joinAnswers([...exactAnswers(mdp, reward, request)]);
}

/** The same, one answer after the other as each is found: of one state at one gamma. */
export function* exactAnswers(mdp: Mdp, reward: RewardSpec, request: ExactRequest): Generator<ExactResult> {
  const { states = mdp.states.map((_, s) => s), decide = true, mostRefused = Infinity } = request;
  const classes = bisimulation(mdp, rewardSource(reward, mdp, 0n).equalRewardClass);
  const rows = exactRows(mdp, classes);
  const law = lawOfSpec(reward);
  for (const { text: gamma, exact } of request.gammas) {
    const solve = answers({ ...request, rows, law, gamma: fromRational(exact) });
    let refusedHere = 0;
    for (const s of states) {
      if (refusedHere >= mostRefused) break;
      const state = mdp.states[s]!;
      const attempt = (quantity: Refused['quantity'], found: () => Partial<ExactResult>): ExactResult => {
        try {
          return { ...NOTHING, ...found() };
        } catch (error) {
          if (!(error instanceof ExactRefusal)) throw error;
          refusedHere++;
          return { ...NOTHING, refused: [{ quantity, state, gamma, reason: error.message }] };
        }
      };
      yield attempt('POWER', () => ({ power: [{ state, gamma, ...powerCells(solve.power(s)) }] }));
      if (decide)
        yield attempt('optimality', () => ({
          optimality: optimalityRows(mdp, rows[s]!, state, gamma, solve.chances(s)),
        }));
    }
  }
}

const NOTHING: ExactResult = { power: [], optimality: [], refused: [] };

/** Answers, in their order, as one result. */
export function joinAnswers(answers: readonly ExactResult[]): ExactResult {
  return {
    power: answers.flatMap(({ power }) => power),
    optimality: answers.flatMap(({ optimality }) => optimality),
    refused: answers.flatMap(({ refused }) => refused),
  };
}

/** A value known as a fraction, or to an error. */
interface Known extends Measured {
  readonly exact: string | null;
}

interface KnownChances {
  readonly weak: Known;
  readonly strict: number;
  readonly fractional: number;
  readonly average?: Known;
}

interface Answers {
  readonly power: (s: number) => Known;
  readonly chances: (s: number) => readonly KnownChances[];
}

function answers(question: ExactQuestion): Answers {
  const { law, gamma } = question;
  const atOne = gamma.n === gamma.d;
  const isNormal =
    (law.kind === 'features' && law.weights.kind === 'normal') ||
    (law.kind === 'independent' && law.marginals.some((marginal) => marginal.kind === 'normal'));
  if (isNormal) {
    const normal = normalSolver(question);
    return {
      power: (s) => ({ ...normal.power(s), exact: null }),
      chances: (s) => {
        const average = atOne ? normal.averageChances(s) : undefined;
        return normal.chances(s).map((chance, row) => ({
          weak: { ...chance, exact: null },
          strict: chance.value,
          fractional: chance.value,
          ...(average === undefined ? {} : { average: { ...average[row]!, exact: null } }),
        }));
      },
    };
  }
  const solver = exactSolver(question);
  return {
    power: (s) => known(solver.power(s)),
    chances: (s) => {
      const average = atOne ? solver.averageChances(s) : undefined;
      return solver.chances(s).map(({ weak, strict, fractional }, row) => ({
        weak: known(weak),
        strict: approximate(strict),
        fractional: approximate(fractional),
        ...(average === undefined ? {} : { average: known(average[row]!.weak) }),
      }));
    },
  };
}

/** The nearest double and the fraction: no error. */
function known(value: Ratio): Known {
  return { value: approximate(value), error: 0, exact: ratioText(value) };
}

function powerCells({ value, error, exact }: Known): Omit<PowerRow, 'state' | 'gamma'> {
  return {
    power: value,
    low: value - error,
    high: value + error,
    standardError: 0,
    solverError: error,
    samples: 0,
    method: 'exact',
    exact,
  };
}

function optimalityRows(
  mdp: Mdp,
  rows: readonly Row[],
  state: string,
  gamma: string,
  chances: readonly KnownChances[],
): OptimalityRow[] {
  const made = rows.flatMap((row, i) => {
    const { weak, strict, fractional, average } = chances[i]!;
    return row.choices.map((choice) => ({
      choice,
      row: {
        state,
        action: mdp.actions[choice]!,
        gamma,
        probability: weak.value,
        low: Math.max(0, weak.value - weak.error),
        high: Math.min(1, weak.value + weak.error),
        strict,
        fractional,
        undecided: 0,
        samples: 0,
        method: 'exact' as const,
        exact: weak.exact,
        ...(average === undefined
          ? {}
          : {
              averageProbability: average.value,
              averageLow: Math.max(0, average.value - average.error),
              averageHigh: Math.min(1, average.value + average.error),
              averageUndecided: 0,
              averageExact: average.exact,
            }),
      },
    }));
  });
  return made.sort((a, b) => a.choice - b.choice).map(({ row }) => row);
}
