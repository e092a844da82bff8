import { rationalFunctionText } from '../../number/factor-text.js';
import { polynomial, ZERO_POLYNOMIAL } from '../../number/polynomial.js';
import { ONE_RATIO, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { type RationalFunction, rationalFunction } from '../../number/rational-function.js';
import {
  EMPTY_THIELE,
  extendThiele,
  simpleFractions,
  type Thiele,
  thieleFunction,
} from '../../number/thiele.js';
import { type PartialPolicy, policiesFrom } from './policies.js';
import type { Rows } from './rows.js';
import { lassoOf, visitsOf } from './visit-distributions.js';

/** One element of F(s) as functions of γ (Turner et al. 2021, Def. 3.3). */
export interface VisitFunctions {
  /** (S) */
  readonly functions: readonly RationalFunction[];
  /** the rows at s of policies that induce it, ascending */
  readonly firstRows: readonly number[];
  /** one policy that induces it */
  readonly policy: PartialPolicy;
}

/**
 * F(s) as distinct functions. Two of them can be equal at single gammas, so there may be fewer vectors at one γ.
 * @throws {ExactRefusal} more than `limit` policies differ on what they reach
 */
export function allVisitFunctions(rows: Rows, s: number, limit: number): VisitFunctions[] {
  const found = new Map<
    string,
    { functions: RationalFunction[]; firstRows: Set<number>; policy: PartialPolicy }
  >();
  for (const policy of policiesFrom(rows, s, { limit })) {
    const functions = visitFunctions(rows, s, policy);
    const key = functions.map((f) => rationalFunctionText(f, 'x')).join();
    const known = found.get(key);
    if (known === undefined) found.set(key, { functions, firstRows: new Set([policy.get(s)!]), policy });
    else known.firstRows.add(policy.get(s)!);
  }
  return [...found.values()].map(({ functions, firstRows, policy }) => ({
    functions,
    firstRows: [...firstRows].sort((a, b) => a - b),
    policy,
  }));
}

/**
 * f^{π,s} as rational functions of γ, one per state: γ^n on the way of a lasso and γ^n/(1 − γ^L) on its cycle of length L;
 * for random transitions through exact values at enough points. On k reached states numerator and denominator have degree
 * at most k (Cramer's rule on I − γPᵀ), so agreement at 2k + 2 points proves the function.
 */
export function visitFunctions(rows: Rows, s: number, policy: PartialPolicy): RationalFunction[] {
  const nothing: RationalFunction = rationalFunction(ZERO_POLYNOMIAL, polynomial([1n]));
  const result = rows.map(() => nothing);
  const lasso = lassoOf(rows, s, policy);
  if (lasso !== undefined) {
    const length = lasso.path.length - lasso.cycleStart;
    lasso.path.forEach((t, n) => {
      const cycle = polynomial([1n, ...new Array<bigint>(length - 1).fill(0n), -1n]);
      const once = polynomial([...new Array<bigint>(n).fill(0n), 1n]);
      result[t] = rationalFunction(once, n < lasso.cycleStart ? polynomial([1n]) : cycle);
    });
    return result;
  }
  const states = [...policy.keys()];
  const samples: { gamma: Ratio; visits: Ratio[] }[] = [];
  for (const gamma of simpleFractions(ZERO_RATIO, ONE_RATIO)) {
    if (samples.length === 2 * states.length + 2) break;
    samples.push({ gamma, visits: visitsOf(rows, s, policy, gamma) });
  }
  for (const t of states)
    result[t] = through(
      samples.map(({ gamma, visits }) => [gamma, visits[t]!]),
      (gamma) => visitsOf(rows, s, policy, gamma)[t]!,
    );
  return result;
}

/** The rational function through the points; points that the continued fraction cannot use are replaced by further ones. */
function through(
  points: readonly (readonly [Ratio, Ratio])[],
  valueAt: (gamma: Ratio) => Ratio,
): RationalFunction {
  let fraction: Thiele = EMPTY_THIELE;
  let used = 0;
  const add = (x: Ratio, y: Ratio): void => {
    const next = extendThiele(fraction, x, y);
    if (next === 'unlucky') return;
    used++;
    if (next !== 'met') fraction = next;
  };
  for (const [x, y] of points) add(x, y);
  if (used < points.length) {
    const last = points.at(-1)![0];
    for (const gamma of simpleFractions(ZERO_RATIO, ONE_RATIO)) {
      if (used === points.length) break;
      if (gamma.d > last.d) add(gamma, valueAt(gamma));
    }
  }
  return thieleFunction(fraction);
}
