import type { Mdp } from '../../mdp/model.js';
import { nearestDouble } from '../../number/nearest-double.js';
import { ONE, type Rational, rationalOfDouble, rationalText, ZERO } from '../../number/rational.js';
import type { RewardSource } from '../../rewards/source.js';
import type { LinearForm } from '../linear-form.js';
import type { AssertionRow, FormEstimate } from '../result.js';
import type { Claim, ClaimTerm } from './bind-assertions.js';
import { type EqualQuantities, equalQuantities } from './equal-quantities.js';
import { middleOf, type Range, scaledRange, sizeOf, sumOfRanges } from './range.js';
import type { Comparison } from './syntax.js';
import { judgeTheorem, type TheoremClaim } from './theorem-claim.js';

/** constant + Σ terms, or the size of it, times a coefficient; `range` where it is known without samples. */
interface Part {
  readonly coefficient: Rational;
  readonly isSize: boolean;
  readonly constant: Rational;
  readonly terms: readonly ClaimTerm[];
  readonly range: Range | null;
}

interface PlannedComparison extends Pick<Claim, 'text' | 'claim' | 'gamma' | 'comparison'> {
  readonly parts: readonly Part[];
}

/** Claims in their simplest form, and the linear forms that have to be sampled to judge them. */
export interface JudgePlan {
  readonly claims: readonly (PlannedComparison | { readonly row: AssertionRow })[];
  /** the forms of the parts that are not known, in their order */
  readonly forms: readonly LinearForm[];
  /** the terms of these */
  readonly terms: readonly ClaimTerm[];
}

/**
 * Replaces what is proved equal by one and the same quantity and adds up, exactly. A claim in which all terms cancel is
 * settled without samples, and so are theorems.
 */
export function planClaims(
  mdp: Mdp,
  source: RewardSource,
  claims: readonly (Claim | TheoremClaim)[],
): JudgePlan {
  let equal: EqualQuantities | undefined;
  return planOf(
    claims.map((claim) => {
      if (claim.kind === 'theorem') return { row: judgeTheorem(mdp, claim) };
      const part = (
        coefficient: Rational,
        isSize: boolean,
        sum: { readonly constant: Rational; readonly terms: readonly ClaimTerm[] },
      ): Part => {
        if (sum.terms.length > 0) equal ??= equalQuantities(mdp, source);
        const { constant, terms } = equal === undefined ? sum : simplified(sum, equal);
        const range = terms.length === 0 ? { low: constant, high: constant } : null;
        return { coefficient, isSize, constant, terms, range };
      };
      const parts = [
        part(ONE, false, claim),
        ...claim.sizes.map((size) => part(size.coefficient, true, size)),
      ];
      return {
        text: claim.text,
        claim: claim.claim,
        gamma: claim.gamma,
        comparison: claim.comparison,
        parts,
      };
    }),
  );
}

/** The plan where some quantities are known exactly, or to an error that is proved. */
export function withKnown(plan: JudgePlan, known: (term: ClaimTerm) => Range | undefined): JudgePlan {
  return planOf(
    plan.claims.map((claim) =>
      'row' in claim
        ? claim
        : {
            ...claim,
            parts: claim.parts.map((part) => ({ ...part, range: part.range ?? rangeOf(part, known) })),
          },
    ),
  );
}

function planOf(claims: JudgePlan['claims']): JudgePlan {
  const unknown = claims
    .flatMap((claim) => ('row' in claim ? [] : claim.parts))
    .filter(({ range }) => range === null);
  return { claims, forms: unknown.map(formOf), terms: unknown.flatMap(({ terms }) => terms) };
}

function rangeOf({ constant, terms }: Part, known: (term: ClaimTerm) => Range | undefined): Range | null {
  const ranges = terms.map((term) => {
    const range = known(term);
    return range === undefined ? undefined : scaledRange(range, term.coefficient);
  });
  if (!ranges.every((range) => range !== undefined)) return null;
  return ranges.reduce<Range>(sumOfRanges, { low: constant, high: constant });
}

/**
 * Whether each claim holds. What was proved or is known exactly is compared exactly. Else a claim holds if every value within
 * the limits satisfies it, fails if none does, and is undecided otherwise; a point estimate decides nothing. Sampling can
 * refute an equality, never confirm it.
 *
 * @param estimates of the forms of the plan, in their order; their limits hold together
 */
export function judgeClaims({ claims }: JudgePlan, estimates: readonly FormEstimate[]): AssertionRow[] {
  let next = 0;
  return claims.map((planned): AssertionRow => {
    if ('row' in planned) return planned.row;
    const { text, claim, gamma, comparison, parts } = planned;
    let total: Range = { low: ZERO, high: ZERO };
    let mean = 0;
    for (const { coefficient, isSize, constant, range } of parts) {
      const estimate = range === null ? estimates[next++]! : null;
      const plain = range ?? limitsOf(estimate!, constant);
      total = sumOfRanges(total, scaledRange(isSize ? sizeOf(plain) : plain, coefficient));
      const middle = estimate === null ? middleOf(plain) : estimate.mean + nearestDouble(constant);
      mean += nearestDouble(coefficient) * (isSize ? Math.abs(middle) : middle);
    }
    const { low, high } = total;
    const isPoint = low !== null && high !== null && low.equals(high);
    const sampled = parts.some(({ range }) => range === null);
    const outcome =
      (sampled || !isPoint) && (comparison === '=' || comparison === '!=')
        ? unequal(comparison, total)
        : outcomeOf(comparison, total);
    return {
      text,
      claim,
      gamma,
      outcome,
      difference: isPoint && !sampled ? nearestDouble(low) : mean,
      low: low === null ? null : nearestDouble(low),
      high: high === null ? null : nearestDouble(high),
      exact: isPoint && !sampled ? rationalText(low) : null,
      basis: sampled ? 'sampled' : parts.some(({ terms }) => terms.length > 0) ? 'exact' : 'proved',
      evidence: null,
    };
  });
}

function limitsOf({ low, high }: FormEstimate, constant: Rational): Range {
  const limit = (value: number | null): Rational | null =>
    value === null || !Number.isFinite(value) ? null : rationalOfDouble(value).add(constant);
  return { low: limit(low), high: limit(high) };
}

function outcomeOf(comparison: Comparison, { low, high }: Range): AssertionRow['outcome'] {
  const sign = (limit: Rational | null, missing: number): number =>
    limit === null ? missing : limit.compare(ZERO);
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
function unequal(comparison: '=' | '!=', { low, high }: Range): AssertionRow['outcome'] {
  const excludesZero = (low !== null && low.compare(ZERO) > 0) || (high !== null && high.compare(ZERO) < 0);
  if (!excludesZero) return 'undecided';
  return comparison === '=' ? 'fails' : 'holds';
}

/** A sum over representatives of what is equal, each once, without what cancels or is certain. */
function simplified(
  sum: { readonly constant: Rational; readonly terms: readonly ClaimTerm[] },
  { power, choice, isOnly }: EqualQuantities,
): { constant: Rational; terms: ClaimTerm[] } {
  const merged = new Map<string, ClaimTerm>();
  let { constant } = sum;
  for (const term of sum.terms) {
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
  return { constant, terms: [...merged.values()].filter(({ coefficient }) => coefficient.n !== 0n) };
}

function formOf({ terms }: Part): LinearForm {
  return terms.map(({ coefficient, ...term }) => ({ ...term, coefficient: nearestDouble(coefficient) }));
}
