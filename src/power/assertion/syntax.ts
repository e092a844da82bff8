import type { Place } from '../../errors.js';
import type { Rational } from '../../number/rational.js';
import type { Theorem } from '../../symmetry/certificate.js';
import type { Quantity } from '../linear-form.js';

/** A text that asserts something, and where it stands: an option, or a line of a file. */
export interface AssertionText {
  readonly text: string;
  /** the option's name or the file's */
  readonly source: string;
  /** line in a file; absent for an option, whose errors are usage errors */
  readonly line?: number;
}

/** A part of the text, for errors that are found later. */
export interface Word {
  readonly text: string;
  /** UTF-16 units from the start of the text */
  readonly offset: number;
}

/** coefficient · quantity(names), as written. */
export interface WrittenTerm {
  readonly coefficient: Rational;
  readonly quantity: Quantity;
  /** a state, or a state and an action */
  readonly names: readonly Word[];
  /** the discount as written, if the term names one */
  readonly gamma?: Word | undefined;
}

/** coefficient · |constant + terms|. */
interface WrittenSize {
  readonly coefficient: Rational;
  readonly constant: Rational;
  readonly terms: readonly WrittenTerm[];
}

/** constant + terms + sizes. */
export interface WrittenSum {
  readonly constant: Rational;
  readonly terms: readonly WrittenTerm[];
  readonly sizes: readonly WrittenSize[];
}

/** That a theorem about most reward functions applies: `strict 6.9(start, right, left)`, `D.12(start, off) >= 3/4`. */
export interface WrittenTheorem {
  /** `6.9` is both of its parts */
  readonly theorem: Theorem | '6.9';
  readonly strict: boolean;
  readonly names: readonly Word[];
  /** the share of every orbit that it is to hold for at least */
  readonly share: Rational | null;
  /** where the theorem is named */
  readonly offset: number;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** One comparison of a chain, with the text of it alone. */
export interface WrittenClaim {
  readonly text: string;
  readonly left: WrittenSum;
  readonly comparison: Comparison;
  readonly right: WrittenSum;
}

/** `a > b`, or a chain `a > b >= c` that says each of its links. */
export interface Assertion {
  readonly written: AssertionText;
  readonly claims: readonly WrittenClaim[];
  /** what stands after `@`: the discount of every term that names none */
  readonly gamma?: Word | undefined;
  /** instead of claims */
  readonly theorem?: WrittenTheorem;
}

/** The place of a part of an assertion. */
export function placeIn({ text, source, line = 1 }: AssertionText, offset: number): Place {
  return { source, line, column: offset + 1, sourceLine: text };
}
