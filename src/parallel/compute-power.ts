import type { Diagnostic } from '../errors.js';
import { newBudget } from '../exact/budget.js';
import {
  type ExactRequest,
  type ExactResult,
  exactAnswers,
  joinAnswers,
  type Refused,
} from '../exact/exact-result.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { PowerEstimate } from '../power/result.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { EstimateOptions } from './estimate-options.js';
import { estimatePower } from './estimate-power.js';
import { interruptedNote } from './interrupted-note.js';
import { breathe } from './run-blocks.js';

export interface ComputeOptions extends EstimateOptions {
  /**
   * `exact`: fractions wherever there is a method, whatever it costs up to a minute a state; `auto`: where one answer costs
   * less than about a tenth of a second and all of them a few seconds; `sampled`: nowhere.
   */
  readonly method: 'auto' | 'exact' | 'sampled';
  /** given each exact answer as soon as it is found, with the frame of the result that it belongs to, which has no rows */
  readonly onExact?: ((frame: ComputedPower, answer: ExactResult) => void) | undefined;
}

/** What `computePower` gives: an estimate some of whose rows may be exact. */
export interface ComputedPower extends PowerEstimate {
  /** true if `exact` was asked for and some rows had to be sampled */
  readonly exactMissed: boolean;
}

/** Counted work for each answer and for a run, and refused answers at one gamma after which no more are tried. */
const AUTO = { each: 1e5, whole: 2e6, policyLimit: 2_000, mostRefused: 3 };

/** Where more states are asked for, `auto` tries no exact answers. */
export const MOST_EXACT_STATES = 64;

/**
 * POWER and optimality probabilities, exact where the method says so and there is a way, sampled elsewhere: at one gamma,
 * all that has no exact answer is estimated together. Which rows are exact depends on counted work only. A run that the
 * signal ends with `keepPartial` gives the exact answers found by then, if there are any.
 *
 * @throws {UserError} as estimatePower
 */
export async function computePower(
  mdp: Mdp,
  reward: RewardSpec,
  options: ComputeOptions,
): Promise<ComputedPower> {
  const { gammas, forms = [], decide = true, signal } = options;
  // Linear forms are estimated from samples, and their rows with them.
  const method = forms.length > 0 ? 'sampled' : options.method;
  const states = options.states ?? mdp.states.map((_, s) => s);
  const work = method === 'auto' ? autoWork() : {};
  const answers = gammas.map((): ExactResult[] => []);
  const found = (): ExactResult[] => answers.map(joinAnswers);
  const interrupted = (): ComputedPower => interruptedExact(found(), options, reward);
  const isSampled = method === 'sampled' || (method === 'auto' && states.length > MOST_EXACT_STATES);
  try {
    if (!isSampled) {
      const frame = { ...interrupted(), notes: [] };
      for (const [i, gamma] of gammas.entries()) {
        for (const answer of exactAnswers(mdp, reward, { gammas: [gamma], states, decide, ...work })) {
          answers[i]!.push(answer);
          options.onExact?.(frame, answer);
          await breathe(signal);
        }
      }
    }
    const exact = found();
    const missing = gammas.filter((_, i) => !isComplete(mdp, states, decide, exact[i]!));
    const sampled =
      missing.length === 0
        ? nothingSampled(options, reward)
        : await estimatePower(mdp, reward, { ...options, gammas: missing });
    return together(mdp, states, gammas, exact, sampled, method);
  } catch (error) {
    const isPartial = answers.flat().some(({ power, optimality }) => power.length + optimality.length > 0);
    if (!(options.keepPartial && signal?.aborted && isPartial)) throw error;
    return interrupted();
  }
}

/** What there is where a run ends among or after its exact answers, before any sample is done. */
function interruptedExact(
  exact: readonly ExactResult[],
  options: ComputeOptions,
  reward: RewardSpec,
): ComputedPower {
  const { power, optimality } = joinAnswers(exact);
  return {
    ...nothingSampled(options, reward),
    power,
    optimality,
    complete: false,
    notes: [interruptedNote('these are the exact answers that were found', options.signal?.reason)],
    exactMissed: false,
  };
}

/** Exact rows where there are any, sampled ones elsewhere. */
function together(
  mdp: Mdp,
  states: readonly number[],
  gammas: readonly Discount[],
  answers: readonly ExactResult[],
  sampled: PowerEstimate,
  method: ComputeOptions['method'],
): ComputedPower {
  const names = states.map((s) => mdp.states[s]!);
  const { power, optimality, refused: all } = joinAnswers(answers);
  const refused = method === 'exact' ? all : [];
  return {
    ...sampled,
    power: exactFirst(power, sampled.power, gammas, names),
    optimality: exactFirst(optimality, sampled.optimality, gammas, names),
    notes: [...sampled.notes, ...refusalNotes(refused)],
    exactMissed: refused.length > 0,
  };
}

function autoWork(): Pick<ExactRequest, 'limit' | 'policyLimit' | 'mostRefused'> {
  const { each, whole, policyLimit, mostRefused } = AUTO;
  return { limit: { each, whole: newBudget(whole) }, policyLimit, mostRefused };
}

/** Whether every row that is wanted is exact. */
function isComplete(mdp: Mdp, states: readonly number[], decide: boolean, answer: ExactResult): boolean {
  const choices = states.reduce((sum, s) => sum + mdp.choicePtr[s + 1]! - mdp.choicePtr[s]!, 0);
  return answer.power.length === states.length && (!decide || answer.optimality.length === choices);
}

/** For each gamma and state the exact rows if there are any, else the sampled ones. */
function exactFirst<Row extends { readonly state: string; readonly gamma: string }>(
  exact: readonly Row[],
  sampled: readonly Row[],
  gammas: readonly Discount[],
  states: readonly string[],
): Row[] {
  const byPlace = (rows: readonly Row[]): Map<string, Row[]> => {
    const places = new Map<string, Row[]>();
    for (const row of rows) {
      const place = JSON.stringify([row.gamma, row.state]);
      const there = places.get(place);
      if (there === undefined) places.set(place, [row]);
      else there.push(row);
    }
    return places;
  };
  const [known, drawn] = [byPlace(exact), byPlace(sampled)];
  return gammas.flatMap(({ text }) =>
    states.flatMap((state) => {
      const place = JSON.stringify([text, state]);
      return known.get(place) ?? drawn.get(place) ?? [];
    }),
  );
}

/** Why something that was asked for as exact is sampled, one note for each reason. */
function refusalNotes(refused: readonly Refused[]): Diagnostic[] {
  const places = new Map<string, string[]>();
  for (const { quantity, state, gamma, reason } of refused) {
    places.set(reason, [...(places.get(reason) ?? []), `${quantity} of ${state} at gamma ${gamma}`]);
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
    complete: true,
    estimator: { sampler: 'random', sets: null, setSize: null, averaged: false, controls: [] },
    untilWidth: options.untilWidth ?? null,
    widthReached: true,
    seed: options.seed,
    reward: reward.text,
    confidence: options.confidence ?? 0.95,
    simultaneous: options.simultaneous ?? false,
    threads: 1,
    precisionReached: true,
    forms: [],
    notes: [],
  };
}
