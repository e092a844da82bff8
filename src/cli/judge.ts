import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { type Rational, rationalOfDouble } from '../number/rational.js';
import { writtenNumber } from '../number/written-number.js';
import {
  type ComputedPower,
  type ComputeOptions,
  computePower,
  MOST_EXACT_STATES,
} from '../parallel/compute-power.js';
import type { ClaimTerm } from '../power/assertion/bind-assertions.js';
import { type JudgePlan, judgeClaims, withKnown } from '../power/assertion/judge.js';
import type { Range } from '../power/assertion/range.js';
import type { AssertionRow } from '../power/result.js';
import type { RewardSpec } from '../rewards/spec.js';

interface Judged {
  readonly estimate: ComputedPower;
  readonly assertions: readonly AssertionRow[];
}

/**
 * The numbers that are asked for, and whether the claims about them hold: exactly where the method finds exact values of all
 * that a claim names, from paired samples elsewhere.
 */
export async function computeAndJudge(
  mdp: Mdp,
  reward: RewardSpec,
  options: ComputeOptions,
  plan: JudgePlan,
): Promise<Judged> {
  const compute = (more: Partial<ComputeOptions>): Promise<ComputedPower> =>
    computePower(mdp, reward, { ...options, ...more });
  const reported = options.states ?? mdp.states.map((_, s) => s);
  const states = [...new Set([...reported, ...plan.terms.map((term) => stateOfTerm(mdp, term))])].sort(
    (a, b) => a - b,
  );
  if (plan.forms.length === 0 || options.method === 'sampled' || states.length > MOST_EXACT_STATES) {
    const estimate = await compute({ forms: plan.forms });
    return { estimate, assertions: judgeClaims(plan, estimate.forms) };
  }
  const decide = options.decide || plan.terms.some(({ quantity }) => quantity !== 'power');
  const known = await compute({ states, decide });
  const names = new Set(reported.map((s) => mdp.states[s]!));
  const rows = {
    power: known.power.filter(({ state }) => names.has(state)),
    optimality: options.decide ? known.optimality.filter(({ state }) => names.has(state)) : [],
  };
  // Nothing more is sampled after an interruption: what is there is the result, and no claim is judged.
  if (!known.complete) return { estimate: { ...known, ...rows }, assertions: [] };
  const settled = withKnown(plan, exactRanges(mdp, options.gammas, known));
  if (settled.forms.length === 0)
    return { estimate: { ...known, ...rows }, assertions: judgeClaims(settled, []) };
  if (options.signal?.aborted)
    return { estimate: { ...known, ...rows }, assertions: withoutSamples(settled) };
  const sampled = await compute({ forms: settled.forms, decide: false, states: reported.slice(0, 1) });
  return {
    estimate: {
      ...sampled,
      ...rows,
      exactMissed: known.exactMissed,
      notes: sampled.complete ? known.notes : sampled.notes,
    },
    assertions: judgeClaims(settled, sampled.forms),
  };
}

/** What a run that was interrupted can say: claims that need samples are undecided. */
function withoutSamples(plan: JudgePlan): AssertionRow[] {
  const unknown = plan.forms.map(() => ({ mean: 0, low: null, high: null }));
  return judgeClaims(plan, unknown).map((row) =>
    row.basis === 'sampled' ? { ...row, difference: null } : row,
  );
}

function stateOfTerm(mdp: Mdp, { quantity, index }: ClaimTerm): number {
  if (quantity === 'power') return index;
  return mdp.choicePtr.findLastIndex((first) => first <= index);
}

/** Where the quantities lie that have rows without samples: fractions, or numbers with a proved error. */
function exactRanges(
  mdp: Mdp,
  gammas: readonly Discount[],
  { power, optimality }: ComputedPower,
): (term: ClaimTerm) => Range | undefined {
  const key = (...parts: readonly string[]): string => JSON.stringify(parts);
  const powers = new Map(power.map((row) => [key(row.state, row.gamma), row]));
  const chances = new Map(optimality.map((row) => [key(row.state, row.action, row.gamma), row]));
  return (term) => {
    const gamma = gammas[term.gamma]!.text;
    const state = mdp.states[stateOfTerm(mdp, term)]!;
    const row =
      term.quantity === 'power'
        ? powers.get(key(state, gamma))
        : chances.get(key(state, mdp.actions[term.index]!, gamma));
    if (row?.method !== 'exact') return undefined;
    if (term.quantity === 'strict' && 'strict' in row) return nearest(row.strict, row.high - row.low);
    if (row.exact !== null) return point(writtenNumber(row.exact)!);
    return row.low === null || row.high === null
      ? undefined
      : { low: rationalOfDouble(row.low), high: rationalOfDouble(row.high) };
  };
}

function point(value: Rational): Range {
  return { low: value, high: value };
}

/** A number of which the row has the nearest double only, or one that is as uncertain as its row. */
function nearest(value: number, width: number): Range {
  const error = rationalOfDouble(value * 2 ** -52 + width);
  return { low: rationalOfDouble(value).sub(error), high: rationalOfDouble(value).add(error) };
}
