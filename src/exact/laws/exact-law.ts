import { lcm } from '../../number/integer.js';
import { ONE_RATIO, type Ratio } from '../../number/ratio.js';
import type { Piecewise } from './piecewise.js';

/** One value of a discrete law and its probability, positive. */
export interface Atom {
  readonly value: Ratio;
  readonly probability: Ratio;
}

/** The law of one state's reward, as far as exact methods know it. */
export type Marginal =
  | { readonly kind: 'uniform'; readonly low: Ratio; readonly high: Ratio }
  /** distinct values, probabilities of sum 1; one atom is a constant */
  | { readonly kind: 'discrete'; readonly atoms: readonly Atom[] }
  /** any law without atoms whose distribution function is a piecewise polynomial; equal texts for equal laws */
  | { readonly kind: 'polynomial'; readonly law: Piecewise; readonly text: string }
  | { readonly kind: 'exponential'; readonly rate: Ratio }
  | { readonly kind: 'normal'; readonly mean: Ratio; readonly deviation: Ratio }
  /** a law without exact methods; its text is for messages */
  | { readonly kind: 'other'; readonly text: string };

/** A distribution over reward functions in the forms that have exact methods. */
export type ExactLaw =
  /** independent over states; marginals[s] */
  | { readonly kind: 'independent'; readonly marginals: readonly Marginal[] }
  /** a finite list of reward functions with their probabilities, of sum 1 */
  | { readonly kind: 'list'; readonly outcomes: readonly { probability: Ratio; reward: readonly Ratio[] }[] }
  /** uniform over the distinct permutations of one reward function */
  | { readonly kind: 'orbit'; readonly reward: readonly Ratio[] }
  /** R(s) = Σ_f features[s][f]·w_f with independent weights of one law */
  | {
      readonly kind: 'features';
      readonly features: readonly (readonly Ratio[])[];
      readonly weights: Marginal;
    };

/** The same law at every state. */
export function identical(marginal: Marginal, states: number): ExactLaw {
  return { kind: 'independent', marginals: Array.from({ length: states }, () => marginal) };
}

/** A reward that is always the same. */
export function constantMarginal(value: Ratio): Marginal {
  return { kind: 'discrete', atoms: [{ value, probability: ONE_RATIO }] };
}

/** One value that a reward can take at a node of an outcome tree, with the number of outcomes behind it. */
interface Option {
  readonly value: bigint;
  readonly weight: bigint;
  readonly next: OutcomeNode;
}

/** The options for the next coordinate, or the weight that remains when all coordinates are set. */
export type OutcomeNode = { readonly options: () => readonly Option[] } | { readonly leafWeight: bigint };

/**
 * A law of finite support on some coordinates, in order, as a tree of choices; values are integers over `scale`, and the
 * probability of an outcome is the product of its weights over `total`.
 */
export interface OutcomeTree {
  readonly root: OutcomeNode;
  readonly scale: bigint;
  readonly total: bigint;
  /** the number of leaves, as a double */
  readonly leaves: number;
}

/** The tree of a law on the coordinates `states`. @throws {RangeError} the law has no finite support there */
export function outcomeTree(law: ExactLaw, states: readonly number[]): OutcomeTree {
  if (law.kind === 'features') throw new RangeError('features are to be projected first');
  if (law.kind === 'list') return listTree(law.outcomes, states);
  return law.kind === 'orbit' ? orbitTree(law.reward, states) : productTree(law.marginals, states);
}

function productTree(marginals: readonly Marginal[], states: readonly number[]): OutcomeTree {
  const atoms = states.map((t) => {
    const marginal = marginals[t]!;
    if (marginal.kind !== 'discrete') throw new RangeError(`the reward of state ${t} has no finite support`);
    return marginal.atoms;
  });
  const scale = lcm(atoms.flat().map(({ value }) => value.d));
  const shares = atoms.map((list) => lcm(list.map(({ probability }) => probability.d)));
  const node = (depth: number): OutcomeNode => {
    if (depth === atoms.length) return { leafWeight: 1n };
    const next = node(depth + 1);
    const options = atoms[depth]!.map(({ value, probability }) => ({
      value: value.n * (scale / value.d),
      weight: probability.n * (shares[depth]! / probability.d),
      next,
    }));
    return { options: () => options };
  };
  return {
    root: node(0),
    scale,
    total: shares.reduce((product, share) => product * share, 1n),
    leaves: atoms.reduce((product, list) => product * list.length, 1),
  };
}

function listTree(
  outcomes: readonly { probability: Ratio; reward: readonly Ratio[] }[],
  states: readonly number[],
): OutcomeTree {
  const scale = lcm(outcomes.flatMap(({ reward }) => states.map((t) => reward[t]!.d)));
  const total = lcm(outcomes.map(({ probability }) => probability.d));
  const node = (outcome: (typeof outcomes)[number], depth: number): OutcomeNode => {
    const weight = outcome.probability.n * (total / outcome.probability.d);
    if (depth === states.length) return { leafWeight: weight };
    const value = outcome.reward[states[depth]!]!;
    const option = () => [{ value: value.n * (scale / value.d), weight: 1n, next: node(outcome, depth + 1) }];
    return { options: option };
  };
  // The first coordinate branches over all outcomes; with no coordinate there is one leaf.
  const root: OutcomeNode =
    states.length === 0
      ? { leafWeight: total }
      : {
          options: () =>
            outcomes.flatMap((outcome) => {
              const first = node(outcome, 0);
              return 'options' in first ? first.options() : [];
            }),
        };
  return { root, scale, total, leaves: outcomes.length };
}

function orbitTree(reward: readonly Ratio[], states: readonly number[]): OutcomeTree {
  const scale = lcm(reward.map((value) => value.d));
  const counts = new Map<bigint, number>();
  for (const value of reward) {
    const key = value.n * (scale / value.d);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const values = [...counts.keys()];
  // Every arrangement of the labelled rewards counts, so that equal ones need no correction: weight = copies left.
  const node = (left: readonly number[], depth: number): OutcomeNode =>
    depth === states.length
      ? { leafWeight: 1n }
      : {
          options: () =>
            values.flatMap((value, i) =>
              left[i] === 0
                ? []
                : [{ value, weight: BigInt(left[i]!), next: node(left.with(i, left[i]! - 1), depth + 1) }],
            ),
        };
  let total = 1n;
  for (let k = 0; k < states.length; k++) total *= BigInt(reward.length - k);
  const leaves = Math.min(Number(total), values.length ** states.length);
  return { root: node([...counts.values()], 0), scale, total, leaves };
}
