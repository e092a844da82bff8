import { quoted } from '../../errors.js';
import { choicesOf } from '../../mdp/graph.js';
import type { Mdp } from '../../mdp/model.js';
import { didYouMean } from '../../mdp/suggest.js';
import { type Discount, parseDiscount } from '../../number/discount.js';
import { nearestDouble } from '../../number/nearest-double.js';
import type { Rational } from '../../number/rational.js';
import type { Quantity } from '../linear-form.js';
import { assertionError } from './assertion-error.js';
import { type Assertion, type Comparison, placeIn, type Word, type WrittenTerm } from './syntax.js';

export interface ClaimTerm {
  readonly coefficient: Rational;
  readonly quantity: Quantity;
  /** state or choice, as in FormTerm */
  readonly index: number;
  /** number of the discount */
  readonly gamma: number;
}

/** constant + Σ terms, compared with 0: one link of an assertion at one gamma. */
export interface Claim {
  readonly text: string;
  readonly claim: string;
  /** null if its terms name several */
  readonly gamma: string | null;
  readonly comparison: Comparison;
  readonly constant: Rational;
  readonly terms: readonly ClaimTerm[];
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
): Claim[] {
  return assertions.flatMap((assertion) =>
    assertion.claims.flatMap((claim) => {
      const terms = [
        ...claim.left.terms,
        ...claim.right.terms.map((term) => ({ ...term, coefficient: term.coefficient.neg() })),
      ];
      const named = terms.map((term) => term.gamma ?? assertion.gamma);
      const numbers = named.map((word) =>
        word === undefined ? undefined : discountNamed(assertion, word, gammas),
      );
      const perGamma = numbers.includes(undefined) ? gammas.map((_, number) => number) : [0];
      return perGamma.map((number): Claim => {
        const bound = terms.map((term, i) => ({
          coefficient: term.coefficient,
          quantity: term.quantity,
          index: indexOf(mdp, assertion, term),
          gamma: numbers[i] ?? number,
        }));
        const constant = claim.left.constant.sub(claim.right.constant);
        for (const number of [constant, ...bound.map(({ coefficient }) => coefficient)])
          checkSize(assertion, number);
        const used = new Set(bound.map(({ gamma }) => gamma));
        return {
          text: assertion.written.text.trim(),
          claim: claim.text,
          gamma: used.size === 1 ? gammas[[...used][0]!]!.text : null,
          comparison: claim.comparison,
          constant,
          terms: bound,
        };
      });
    }),
  );
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
  const state = mdp.states.indexOf(names[0]!.text);
  if (state < 0) throw unknown(assertion, names[0]!, 'the model has no state', mdp.states);
  if (quantity === 'power') return state;
  const choices = choicesOf(mdp, state);
  const choice = choices.find((c) => mdp.actions[c] === names[1]!.text);
  if (choice !== undefined) return choice;
  const actions = choices.map((c) => mdp.actions[c]!);
  throw unknown(assertion, names[1]!, `state ${quoted(mdp.states[state]!)} has no action`, actions);
}

function unknown({ written }: Assertion, word: Word, message: string, names: readonly string[]): Error {
  const shown = names.slice(0, 10).map((name) => quoted(name, 30));
  const hint = didYouMean(word.text, names);
  return assertionError(written, word.offset, `${message} ${quoted(word.text)}`, {
    found: quoted(word.text),
    wanted: `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`,
    ...(hint === undefined ? {} : { hint }),
  });
}
