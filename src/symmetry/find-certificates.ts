import { internalError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import type { Theorem } from './certificate.js';
import { averageOfActionInstances, averageOfStateInstance } from './finder/average.js';
import { type Context, contextOf } from './finder/context.js';
import { copyOfActionInstances } from './finder/of-actions.js';
import { copyOfStateInstance, type Instance } from './finder/of-states.js';
import { oneCycleInstances } from './finder/one-cycles.js';
import type { Row } from './finder/rows.js';
import { verifyCertificate } from './verify.js';

export interface FindOptions {
  /** only instances about this state (for pairs of states: with it on either side) */
  readonly state?: number;
  /** only instances about these two actions of it, in either order; choices */
  readonly choices?: readonly [number, number];
  /** only instances of these theorems; what is not looked for is not in `cuts` */
  readonly theorems?: readonly Theorem[];
  /** effort allowed, in nodes of the search; default 2,000,000 */
  readonly budget?: number;
}

export interface Findings {
  /** every one has passed the checker */
  readonly instances: readonly Instance[];
  /** nodes of the search */
  readonly nodes: number;
  /** what was not searched to the end; where it is empty, the lists hold all instances there are */
  readonly cuts: readonly string[];
}

const DEFAULT_BUDGET = 2_000_000;
/** More instances are not listed. */
const MOST_INSTANCES = 150_000;
/** States met in looking for the starts from which E.47 speaks of two actions. */
const MOST_FOR_STARTS = 5_000_000;
/** Beyond, pairs of states and 1-cycles are looked at for the start (or the state that is asked for) alone. */
const MOST_STATES = 60;
/** Beyond, actions are compared at the start (or the state that is asked for) alone, and pairs of states not at all. */
const MOST_MEDIUM = 1000;

/**
 * Looks for instances of the theorems about "most reward functions" and hands each to the checker. The search is not
 * trusted: what it reports is proved by its certificate, what it misses is not disproved unless `cuts` is empty.
 *
 * @throws internalError the checker refuses what was found
 */
export function findCertificates(mdp: Mdp, options: FindOptions = {}): Findings {
  const { budget = DEFAULT_BUDGET } = options;
  const context = contextOf(mdp, budget);
  const instances: Instance[] = [];
  const looks = context.looks.nodes;
  for (const instance of allInstances(context, options)) {
    if (options.theorems?.includes(instance.certificate.theorem) === false) continue;
    const { valid, steps } = verifyCertificate(mdp, instance.certificate);
    if (!valid) {
      throw internalError('the checker refuses a certificate that the search has found', {
        found: `${instance.certificate.theorem}: ${steps.at(-1)!.hypothesis}: ${steps.at(-1)!.finding}`,
        hint: 'Please report this together with the model file.',
      });
    }
    instances.push(instance);
    context.looks.nodes -= mdp.stateCount + mdp.choiceCount;
    if (isSpent(context)) break;
    if (instances.length < MOST_INSTANCES) continue;
    context.cuts.add(`all that would come after ${MOST_INSTANCES} instances`);
    break;
  }
  if (context.budget.nodes <= 0) context.cuts.add(`all that would come after ${budget} nodes of the search`);
  if (context.looks.nodes <= 0)
    context.cuts.add(
      `all that would come after ${looks} looks at a state or choice, to compare and to check`,
    );
  return { instances, nodes: budget - Math.max(0, context.budget.nodes), cuts: [...context.cuts] };
}

function isSpent({ budget, looks }: Context): boolean {
  return budget.nodes <= 0 || looks.nodes <= 0;
}

/** Is any of these theorems asked for? */
type Wants = (...theorems: readonly Theorem[]) => boolean;

function* allInstances(context: Context, { state, choices, theorems }: FindOptions): Generator<Instance> {
  const wants: Wants = (...some) => theorems === undefined || some.some((one) => theorems.includes(one));
  const { mdp, rows, cuts } = context;
  const all = [...rows.keys()];
  const focus = state ?? mdp.start;
  const isSmall = mdp.stateCount <= MOST_STATES;
  if (choices === undefined && wants('6.14', 'D.12')) {
    for (const s of isSmall && state === undefined ? all : [focus]) {
      yield* oneCycleInstances(context, s);
    }
  }
  const isMedium = mdp.stateCount <= MOST_MEDIUM;
  const states = state === undefined && isMedium ? all : [focus];
  const effort = { left: MOST_FOR_STARTS };
  for (const s of states) yield* actionInstances(context, s, choices, effort, wants);
  const isOfPairs = choices === undefined && wants('6.6', '6.12');
  if (isOfPairs && isMedium) {
    for (const s of all) {
      for (const other of all) {
        if (s === other || ((state !== undefined || !isSmall) && s !== focus && other !== focus)) continue;
        if (isSpent(context)) return;
        context.looks.nodes -= mdp.stateCount;
        const instance = wants('6.6') ? copyOfStateInstance(context, s, other) : null;
        if (instance !== null) yield instance;
        const average = wants('6.12') ? averageOfStateInstance(context, s, other) : null;
        if (average !== null) yield { certificate: average, involutions: null };
      }
    }
  }
  if (!isSmall && state === undefined)
    cuts.add('pairs of states and 1-cycles, looked at for the start alone');
  if (!isMedium && (state === undefined || isOfPairs))
    cuts.add('actions, compared at one state alone, and pairs of states, in models over 1000 states');
}

function* actionInstances(
  context: Context,
  s: number,
  choices: readonly [number, number] | undefined,
  effort: { left: number },
  wants: Wants,
): Generator<Instance> {
  const { mdp, cuts } = context;
  let starts: readonly number[] | undefined;
  for (let first = mdp.choicePtr[s]!; first < mdp.choicePtr[s + 1]!; first++) {
    for (let second = mdp.choicePtr[s]!; second < mdp.choicePtr[s + 1]!; second++) {
      if (
        first === second ||
        (choices !== undefined && !(choices.includes(first) && choices.includes(second)))
      )
        continue;
      if (isSpent(context)) return;
      context.looks.nodes -= mdp.stateCount;
      const names = [mdp.actions[first]!, mdp.actions[second]!] as const;
      const rows = [rowOf(context, s, first), rowOf(context, s, second)] as const;
      if (wants('6.9(1)', '6.9(2)')) yield* copyOfActionInstances(context, s, names, rows);
      // Where s is met again, whatever reaches s reaches what follows them without them.
      const returns = !wants('E.47') || rows.some((row) => context.after(row).has(s));
      if (!returns) starts ??= startsOf(context, s);
      for (const start of returns ? [] : starts!) {
        effort.left -= mdp.stateCount;
        if (effort.left < 0) break;
        yield* copyOfActionInstances(context, s, names, rows, start);
      }
      if (effort.left < 0) cuts.add('E.47, for which too many starts would have to be looked at');
      const averages = wants('6.13', 'D.11') ? averageOfActionInstances(context, s, names, rows) : [];
      for (const certificate of averages) {
        yield { certificate, involutions: null };
      }
    }
  }
}

/** The other states from which s can be reached, ascending. */
function startsOf({ rows }: Context, s: number): number[] {
  const before = rows.map(() => [] as number[]);
  for (const [x, list] of rows.entries())
    for (const { next } of list) for (const t of next) before[t]!.push(x);
  const found = new Set([s]);
  for (const y of found) for (const x of before[y]!) found.add(x);
  return [...found].filter((x) => x !== s).sort((a, b) => a - b);
}

function rowOf({ mdp, rows }: Context, s: number, choice: number): Row {
  return rows[s]!.find((row) => row.choice === mdp.choiceClass[choice])!;
}
