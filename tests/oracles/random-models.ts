import fc from 'fast-check';
import type { Discount } from '../../src/number/discount.js';
import { type Rational, rational, rationalText } from '../../src/number/rational.js';
import { certain, type ExactModel, type ExactRow, weighted } from './exact-model.js';

export interface RandomModelOptions {
  readonly minStates?: number;
  /** default 4 */
  readonly maxStates?: number;
  /** actions per state, default 3 */
  readonly maxActions?: number;
  /** false: every action is deterministic; default true: rows with up to three successors and denominators up to 6 */
  readonly stochastic?: boolean;
}

/**
 * Random small models, rich in what breaks algorithms: duplicate rows, self-loops, absorbing states, unreachable states,
 * states with one action. Shrinks towards few states with self-loops.
 */
export function randomModel(options: RandomModelOptions = {}): fc.Arbitrary<ExactModel> {
  const { minStates = 1, maxStates = 4, maxActions = 3, stochastic = true } = options;
  return fc
    .integer({ min: minStates, max: maxStates })
    .chain((size) =>
      fc.tuple(...Array.from({ length: size }, (_, s) => randomActions(s, size, maxActions, stochastic))),
    );
}

function randomActions(
  state: number,
  size: number,
  maxActions: number,
  stochastic: boolean,
): fc.Arbitrary<readonly ExactRow[]> {
  const someState = fc.nat({ max: size - 1 });
  const deterministic = someState.map(certain);
  const random = fc
    .array(fc.tuple(someState, fc.integer({ min: 1, max: 2 })), { minLength: 2, maxLength: 3 })
    .map((parts) =>
      weighted(
        parts.map(([t]) => t),
        parts.map(([, weight]) => weight),
      ),
    );
  const row = stochastic
    ? fc.oneof({ weight: 2, arbitrary: deterministic }, { weight: 3, arbitrary: random })
    : deterministic;
  const free = fc.array(row, { minLength: 1, maxLength: maxActions });
  const withDuplicate = fc
    .array(row, { minLength: 1, maxLength: Math.max(1, maxActions - 1) })
    .map((rows) => (rows.length < maxActions ? [...rows, rows[0]!] : rows));
  const absorbing = fc.constant([certain(state)]);
  return fc.oneof(
    { weight: 1, arbitrary: absorbing },
    { weight: 5, arbitrary: free },
    { weight: 1, arbitrary: withDuplicate },
  );
}

/** Exact rewards, one per state: small integers and halves, so that exact ties are common. */
export function randomRewards(size: number): fc.Arbitrary<Rational[]> {
  return fc.array(
    fc.integer({ min: -4, max: 4 }).map((n) => rational(n, 2)),
    { minLength: size, maxLength: size },
  );
}

/** A discount n/d with 0 < n < d ≤ 20, or one close to 0 or 1. */
export const randomDiscount: fc.Arbitrary<Discount> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc
        .integer({ min: 2, max: 20 })
        .chain((d) => fc.tuple(fc.integer({ min: 1, max: d - 1 }), fc.constant(d))),
    },
    { weight: 1, arbitrary: fc.constantFrom<[number, number]>([1, 1000], [999, 1000], [999_999, 1_000_000]) },
  )
  .map(([n, d]) => discountOf(n, d));

/** The discount numerator/denominator, made without the parser. */
export function discountOf(numerator: number, denominator: number): Discount {
  const exact = rational(numerator, denominator);
  return {
    text: rationalText(exact),
    gamma: numerator / denominator,
    oneMinusGamma: (denominator - numerator) / denominator,
    exact,
  };
}
