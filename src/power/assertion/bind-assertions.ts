import type { Mdp } from '../../mdp/model.js';
import { type Discount, parseDiscount } from '../../number/discount.js';
import { nearestDouble } from '../../number/nearest-double.js';
import type { Rational } from '../../number/rational.js';
import type { Quantity } from '../linear-form.js';
import { assertionError } from './assertion-error.js';
import { choiceOf, stateOf } from './names.js';
import { type Assertion, type Comparison, placeIn, type Word, type WrittenTerm } from './syntax.js';
import { bindTheorem, type TheoremClaim } from './theorem-claim.js';

export interface ClaimTerm {
  readonly coefficient: Rational;
  readonly quantity: Quantity;
  /** state or choice, as in FormTerm */
  readonly index: number;
  /** number of the discount */
  readonly gamma: number;
}

/** coefficient · |constant + Σ terms|. */
interface ClaimSize {
  readonly coefficient: Rational;
  readonly constant: Rational;
  readonly terms: readonly ClaimTerm[];
}

/** constant + Σ terms + Σ sizes, compared with 0: one link of an assertion at one gamma. */
export interface Claim {
  readonly kind: 'comparison';
  readonly text: string;
  readonly claim: string;
  /** null if its terms name several */
  readonly gamma: string | null;
  readonly comparison: Comparison;
  readonly constant: Rational;
  readonly terms: readonly ClaimTerm[];
  readonly sizes: readonly ClaimSize[];
}

/**
 * What the assertions claim of a model, one claim for each comparison and each discount asked for; a comparison whose terms
 * all name their discount is one claim.
 *
 * @throws {UserError} E_ASSERTION: a state, action or discount that is not there
 */
export function bindAssertions(
  mdp: Mdp,
  gammas: readonly Discount[],
  assertions: readonly Assertion[],
): (Claim | TheoremClaim)[] {
  return assertions.flatMap((assertion): (Claim | TheoremClaim)[] =>
    assertion.theorem === undefined
      ? comparisons(mdp, gammas, assertion)
      : [bindTheorem(mdp, assertion.written, assertion.theorem)],
  );
}

function comparisons(mdp: Mdp, gammas: readonly Discount[], assertion: Assertion): Claim[] {
  return assertion.claims.flatMap((claim) => {
    const terms = [...claim.left.terms, ...claim.right.terms.map(negated)];
    const sizes = [...claim.left.sizes, ...claim.right.sizes.map(negated)];
    const numberOf = ({ gamma }: WrittenTerm): number | undefined => {
      const word = gamma ?? assertion.gamma;
      return word === undefined ? undefined : discountNamed(assertion, word, gammas);
    };
    const all = [...terms, ...sizes.flatMap((size) => size.terms)];
    const perGamma = all.some((term) => numberOf(term) === undefined)
      ? gammas.map((_, number) => number)
      : [0];
    return perGamma.map((number): Claim => {
      const bind = (term: WrittenTerm): ClaimTerm => ({
        coefficient: term.coefficient,
        quantity: term.quantity,
        index: indexOf(mdp, assertion, term),
        gamma: numberOf(term) ?? number,
      });
      const bound = terms.map(bind);
      const boundSizes = sizes.map((size) => ({ ...size, terms: size.terms.map(bind) }));
      const constant = claim.left.constant.sub(claim.right.constant);
      const everyTerm = [...bound, ...boundSizes.flatMap((size) => size.terms)];
      const numbers = [...everyTerm, ...boundSizes].map(({ coefficient }) => coefficient);
      for (const value of [constant, ...boundSizes.map((size) => size.constant), ...numbers])
        checkSize(assertion, value);
      const used = new Set(everyTerm.map(({ gamma }) => gamma));
      return {
        kind: 'comparison',
        text: assertion.written.text.trim(),
        claim: claim.text,
        gamma: used.size === 1 ? gammas[[...used][0]!]!.text : null,
        comparison: claim.comparison,
        constant,
        terms: bound,
        sizes: boundSizes,
      };
    });
  });
}

function negated<T extends { readonly coefficient: Rational }>(term: T): T {
  return { ...term, coefficient: term.coefficient.neg() };
}

/** Numbers that a double cannot hold could not be multiplied with samples. */
function checkSize({ written }: Assertion, number: Rational): void {
  const double = nearestDouble(number);
  if (Number.isFinite(double) && (double !== 0 || number.n === 0n)) return;
  throw assertionError(
    written,
    0,
    'a number of this assertion is too large or too small for double precision',
  );
}

function discountNamed({ written }: Assertion, word: Word, gammas: readonly Discount[]): number {
  const { exact } = parseDiscount(word.text, placeIn(written, word.offset));
  const number = gammas.findIndex((discount) => discount.exact.equals(exact));
  if (number >= 0) return number;
  const asked = gammas.map(({ text }) => text);
  throw assertionError(written, word.offset, `gamma ${word.text} is not among the discounts asked for`, {
    found: word.text,
    wanted: `one of ${asked.slice(0, 10).join(', ')}${asked.length > 10 ? ', …' : ''}`,
    hint: `add it: --gamma ${[...asked.slice(0, 10), word.text].join(',')}`,
  });
}

function indexOf(mdp: Mdp, assertion: Assertion, { quantity, names }: WrittenTerm): number {
  const state = stateOf(mdp, assertion.written, names[0]!);
  return quantity === 'power' ? state : choiceOf(mdp, assertion.written, state, names[1]!);
}
