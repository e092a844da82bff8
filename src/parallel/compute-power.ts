import { type Diagnostic, precisionError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import type { OptimalityRow, PowerEstimate, PowerRow } from '../power/result.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type EstimateOptions, estimatePower } from './estimate-power.js';
import { type ExactState, type ExactWork, exactStates } from './exact-rows.js';

export interface ComputeOptions extends EstimateOptions {
  /**
   * `exact`: fractions wherever there is a method, whatever it costs up to a minute a state; `auto`: where it costs less
   * than about a tenth of a second; `sampled`: nowhere.
   */
  readonly method: 'auto' | 'exact' | 'sampled';
}

/** What `computePower` gives: an estimate some of whose rows may be exact. */
export interface ComputedPower extends PowerEstimate {
  /** true if `exact` was asked for and some rows had to be sampled */
  readonly exactMissed: boolean;
}

/** Counted work for one answer; see ExactWork. */
const WORK: Record<'auto' | 'exact', ExactWork> = {
  auto: { limit: 1e5, policyLimit: 2_000 },
  exact: { limit: 3e7, policyLimit: 20_000 },
};

/** `auto` does not try models with more states to report, nor go on where this many states were refused. */
const MOST_STATES = 64;
const MOST_REFUSALS = 3;

/**
 * POWER and optimality probabilities, exact where the method says so and there is a way, sampled elsewhere: at one gamma,
 * the states without an exact answer are estimated together. Which rows are exact depends on counted work only.
 *
 * @throws {UserError} as estimatePower
 */
export async function computePower(
  mdp: Mdp,
  reward: RewardSpec,
  options: ComputeOptions,
): Promise<ComputedPower> {
  const { method, gammas, decide = true } = options;
  const states = options.states ?? mdp.states.map((_, s) => s);
  const answers = gammas.map((gamma) =>
    method === 'sampled' || (method === 'auto' && states.length > MOST_STATES)
      ? new Map<number, ExactState>()
      : exactAnswers(mdp, reward, gamma, decide, method, states),
  );
  const missing = gammas.filter((_, i) => states.some((s) => rowsOf(answers[i]!.get(s)) === undefined));
  refuseLimits(missing, gammas, answers);
  const sampled =
    missing.length === 0
      ? nothingSampled(options, reward)
      : await estimatePower(mdp, reward, { ...options, gammas: missing });
  const power: PowerRow[] = [];
  const optimality: OptimalityRow[] = [];
  for (const [i, gamma] of gammas.entries()) {
    const at = <Row extends { state: string; gamma: string }>(rows: readonly Row[], s: number): Row[] =>
      rows.filter((row) => row.gamma === gamma.text && row.state === mdp.states[s]);
    for (const s of states) {
      const exact = rowsOf(answers[i]!.get(s));
      power.push(...(exact === undefined ? at(sampled.power, s) : [exact.power]));
      optimality.push(...(exact === undefined ? at(sampled.optimality, s) : exact.optimality));
    }
  }
  const refusals = method === 'exact' ? refusalNotes(mdp, gammas, answers) : [];
  return {
    ...sampled,
    power,
    optimality,
    notes: [...sampled.notes, ...refusals],
    exactMissed: refusals.length > 0,
  };
}

function rowsOf(answer: ExactState | undefined): Exclude<ExactState, { refusal: string }> | undefined {
  return answer === undefined || answer.refusal !== undefined ? undefined : answer;
}

/** The limits gamma -> 0 and gamma -> 1 are exact or not at all. */
function refuseLimits(
  missing: readonly Discount[],
  gammas: readonly Discount[],
  answers: readonly ReadonlyMap<number, ExactState>[],
): void {
  const limit = missing.find((gamma) => limitOf(gamma) !== undefined);
  if (limit === undefined) return;
  const refusal = [...answers[gammas.indexOf(limit)]!.values()].find(
    (answer) => answer.refusal !== undefined,
  );
  throw precisionError(
    `the limit gamma -> ${limit.text} is computed exactly only, and here there is no way`,
    {
      ...(refusal?.refusal === undefined ? {} : { found: refusal.refusal }),
      hint: 'a gamma such as 0.999999 or 1e-6 comes near it',
    },
  );
}

function exactAnswers(
  mdp: Mdp,
  reward: RewardSpec,
  gamma: Discount,
  decide: boolean,
  method: 'auto' | 'exact',
  states: readonly number[],
): Map<number, ExactState> {
  const answers = new Map<number, ExactState>();
  const answer = exactStates(mdp, reward, gamma, decide, WORK[method]);
  let refusals = 0;
  for (const s of states) {
    const found = answer(s);
    answers.set(s, found);
    if (found.refusal !== undefined && ++refusals === MOST_REFUSALS && method === 'auto') break;
  }
  return answers;
}

/** Why something that was asked for as exact is sampled, one note for each reason. */
function refusalNotes(
  mdp: Mdp,
  gammas: readonly Discount[],
  answers: readonly ReadonlyMap<number, ExactState>[],
): Diagnostic[] {
  const places = new Map<string, string[]>();
  for (const [i, gamma] of gammas.entries()) {
    for (const [s, { refusal }] of answers[i]!) {
      if (refusal === undefined) continue;
      places.set(refusal, [...(places.get(refusal) ?? []), `${mdp.states[s]} at gamma ${gamma.text}`]);
    }
  }
  return [...places].map(([reason, where]) => ({
    code: 'W_NOT_EXACT',
    message: `sampled, not exact: ${where.slice(0, 3).join(', ')}${where.length > 3 ? ` and ${where.length - 3} more` : ''}: ${reason}`,
  }));
}

/** The frame of a result in which every row is exact. */
function nothingSampled(options: ComputeOptions, reward: RewardSpec): PowerEstimate {
  return {
    power: [],
    optimality: [],
    effort: [],
    samples: 0,
    seed: options.seed,
    reward: reward.text,
    confidence: options.confidence ?? 0.95,
    simultaneous: options.simultaneous ?? false,
    threads: 1,
    precisionReached: true,
    notes: [],
  };
}
