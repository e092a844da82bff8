import type { Mdp } from '../../mdp/model.js';
import { nearestDouble } from '../../number/nearest-double.js';
import { type Rational, rationalOfDouble, ZERO } from '../../number/rational.js';
import type { RewardSource } from '../../rewards/source.js';
import type { LinearForm } from '../linear-form.js';
import type { AssertionRow, FormEstimate } from '../result.js';
import type { Claim, ClaimTerm } from './bind-assertions.js';
import { type EqualQuantities, equalQuantities } from './equal-quantities.js';
import type { Comparison } from './syntax.js';

/** Claims in their simplest form, and the linear forms that have to be sampled to judge them. */
export interface JudgePlan {
  readonly claims: readonly Claim[];
  /** the forms of the claims that are not proved, in their order */
  readonly forms: readonly LinearForm[];
}

/**
 * Replaces what is proved equal by one and the same quantity and adds up, exactly. A claim in which all terms cancel is
 * settled without samples.
 */
export function planClaims(mdp: Mdp, source: RewardSource, claims: readonly Claim[]): JudgePlan {
  let known: EqualQuantities | undefined;
  const simple = claims.map((claim) => {
    if (claim.terms.length === 0) return claim;
    known ??= equalQuantities(mdp, source);
    return simplified(claim, known);
  });
  return { claims: simple, forms: simple.filter(({ terms }) => terms.length > 0).map(formOf) };
}

/**
 * Whether each claim holds. What was proved is compared exactly. Else a claim holds if every value within the limits
 * satisfies it, fails if none does, and is undecided otherwise; a point estimate decides nothing. Sampling can refute an
 * equality, never confirm it.
 *
 * @param estimates of the forms of the plan, in their order
 */
export function judgeClaims({ claims }: JudgePlan, estimates: readonly FormEstimate[]): AssertionRow[] {
  let next = 0;
  return claims.map(({ text, claim, gamma, comparison, constant, terms }): AssertionRow => {
    if (terms.length === 0) {
      const difference = nearestDouble(constant);
      const outcome = outcomeOf(comparison, constant, constant);
      return { text, claim, gamma, outcome, difference, low: difference, high: difference, basis: 'proved' };
    }
    const { mean, low, high } = estimates[next++]!;
    const limits = [low ?? -Infinity, high ?? Infinity].map((limit) => plus(limit, constant)) as [
      Limit,
      Limit,
    ];
    const [exactLow, exactHigh] = limits;
    const outcome =
      comparison === '=' || comparison === '!='
        ? unequal(comparison, limits)
        : outcomeOf(comparison, ...limits);
    return {
      text,
      claim,
      gamma,
      outcome,
      difference: mean + nearestDouble(constant),
      low: exactLow === null ? null : nearestDouble(exactLow),
      high: exactHigh === null ? null : nearestDouble(exactHigh),
      basis: 'sampled',
    };
  });
}

/** An exact limit; null where there is none. */
type Limit = Rational | null;

function plus(limit: number, constant: Rational): Limit {
  return Number.isFinite(limit) ? rationalOfDouble(limit).add(constant) : null;
}

function outcomeOf(comparison: Comparison, low: Limit, high: Limit): AssertionRow['outcome'] {
  const sign = (limit: Limit, missing: number): number => (limit === null ? missing : limit.compare(ZERO));
  const [least, most] = [sign(low, -1), sign(high, 1)];
  const [holds, fails] = {
    '>': [least > 0, most <= 0],
    '>=': [least >= 0, most < 0],
    '<': [most < 0, least >= 0],
    '<=': [most <= 0, least > 0],
    '=': [least === 0 && most === 0, least > 0 || most < 0],
    '!=': [least > 0 || most < 0, least === 0 && most === 0],
  }[comparison] as [boolean, boolean];
  return holds ? 'holds' : fails ? 'fails' : 'undecided';
}

/** An interval that is the point 0 by chance proves no equality. */
function unequal(comparison: '=' | '!=', [low, high]: readonly [Limit, Limit]): AssertionRow['outcome'] {
  const excludesZero = (low !== null && low.compare(ZERO) > 0) || (high !== null && high.compare(ZERO) < 0);
  if (!excludesZero) return 'undecided';
  return comparison === '=' ? 'fails' : 'holds';
}

/** The claim over representatives of what is equal, each once, without what cancels or is certain. */
function simplified(claim: Claim, { power, choice, isOnly }: EqualQuantities): Claim {
  const merged = new Map<string, ClaimTerm>();
  let { constant } = claim;
  for (const term of claim.terms) {
    const { quantity, index, gamma, coefficient } = term;
    if (quantity !== 'power' && isOnly[index] === 1) {
      constant = constant.add(coefficient);
      continue;
    }
    const first = quantity === 'power' ? power[index]! : choice[index]!;
    const key = `${quantity} ${first} ${gamma}`;
    const before = merged.get(key);
    merged.set(key, {
      ...term,
      index: first,
      coefficient: before ? before.coefficient.add(coefficient) : coefficient,
    });
  }
  return {
    ...claim,
    constant,
    terms: [...merged.values()].filter(({ coefficient }) => coefficient.n !== 0n),
  };
}

function formOf({ terms }: Claim): LinearForm {
  return terms.map(({ coefficient, ...term }) => ({ ...term, coefficient: nearestDouble(coefficient) }));
}
