/**
 * What a user wrote as a law of reward functions, checked and in canonical form: plain data that can be sent to threads
 * and stored in results. Numbers are texts of exact values (`0.3`, `1/3`). `text` alone gives the same law again.
 */
export type RewardSpec = IndependentSpec | FeatureSpec | ListSpec | OrbitSpec;

/** Rewards of states are independent; state s has the law laws[ofState[s]]. No two laws are the same. */
export interface IndependentSpec {
  readonly form: 'independent';
  readonly text: string;
  readonly laws: readonly Law[];
  readonly ofState: readonly number[];
}

/** R = Φ w: state s has the reward Σ_f features[s][f]·w_f, with independent weights w_f of one law. */
export interface FeatureSpec {
  readonly form: 'features';
  readonly text: string;
  /** (S × F) */
  readonly features: readonly (readonly string[])[];
  readonly weights: Law;
}

/** One of finitely many reward functions, with the given probabilities, which sum to 1. */
export interface ListSpec {
  readonly form: 'list';
  readonly text: string;
  readonly functions: readonly { readonly weight: string; readonly reward: readonly string[] }[];
}

/** The reward vector in a random order: every distinct arrangement is equally likely. */
export interface OrbitSpec {
  readonly form: 'orbit';
  readonly text: string;
  readonly reward: readonly string[];
}

/** A law of one real number; see `law-text.ts` for how each is written. */
export type Law =
  | { readonly kind: 'uniform'; readonly text: string; readonly low: string; readonly high: string }
  | { readonly kind: 'normal'; readonly text: string; readonly mean: string; readonly sd: string }
  | { readonly kind: 'exponential'; readonly text: string; readonly rate: string }
  | { readonly kind: 'beta'; readonly text: string; readonly a: string; readonly b: string }
  | { readonly kind: 'pareto'; readonly text: string; readonly scale: string; readonly shape: string }
  | DiscreteLaw
  | { readonly kind: 'quantile'; readonly text: string; readonly program: Program };

/** Finitely many values, ascending and distinct, with positive probabilities that sum to 1; `bernoulli` and `point` too. */
export interface DiscreteLaw {
  readonly kind: 'discrete';
  readonly text: string;
  readonly atoms: readonly { readonly value: string; readonly probability: string }[];
}

/** An expression in postfix order: a number is itself, a text is the variable `u` or an operation (`program.ts`). */
export type Program = readonly (number | string)[];
