/** The order of two results: which is greater, or that they are equal, or (from samples) not known. */
export type OrderSign = '>' | '<' | '=';

/** A γ at which two states' POWER, or the probabilities of two actions of one state to be optimal, change order. */
export interface CrossingRow {
  readonly kind: 'POWER' | 'P';
  /** the first state; of `P` the state of both actions */
  readonly state: string;
  /** null for POWER */
  readonly action: string | null;
  /** the other state or action */
  readonly other: string;
  /** the middle of low and high */
  readonly gamma: number;
  /** between these, as fractions or decimals: exact texts */
  readonly low: string;
  readonly high: string;
  /** γ as a fraction; null if it is none, or only enclosed */
  readonly exact: string | null;
  /** what γ is a root of, where it is known as one: `γ² + γ − 1` */
  readonly polynomial: string | null;
  /** first against other just below low, and just above high */
  readonly before: OrderSign;
  readonly after: OrderSign;
  /** `exact`: from rational functions of γ; `sampled`: both orders shown by intervals, at `low` and `high` themselves */
  readonly method: 'exact' | 'sampled';
}

/** Two states or actions, and what is known of their order. */
export interface CrossingPair {
  readonly state: string;
  readonly action: string | null;
  readonly other: string;
  /** the orders that they have as γ goes from 0 to 1: one if it never changes; none if no order was shown */
  readonly orders: readonly OrderSign[];
  /** `proved`: equal at every γ by equal rows or symmetry */
  readonly method: 'exact' | 'sampled' | 'proved';
}

/** All pairs that were compared, and where their orders change. */
export interface CrossingReport {
  readonly rows: readonly CrossingRow[];
  readonly pairs: readonly CrossingPair[];
  /** of the sampled orders, all at once; null if nothing was sampled */
  readonly confidence: number | null;
  /** comparisons for which that confidence was shared out: pairs times the γ that might have been looked at */
  readonly comparisons: number;
}
