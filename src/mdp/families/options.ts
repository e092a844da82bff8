import { quoted, usageError } from '../../errors.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';

/** An option of a family, as `mdpower generate KIND --NAME VALUE` takes it. */
export interface FamilyOption {
  readonly name: string;
  readonly description: string;
  /** `flag` options take no value; a `file` is read by the caller, who gives its text */
  readonly kind: 'integer' | 'probability' | 'flag' | 'file';
  /** used if the option is not given; without it an integer has to be given */
  readonly default?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is given for the options: the text of a value, true for a flag, name and text of a file. */
export type FamilyInput = Readonly<
  Record<string, string | true | { readonly source: string; readonly text: string } | undefined>
>;

/** What a model is made as: a text, or typed arrays for a binary file. */
export type ModelForm = 'text' | 'packed';

/** Most states, and most transitions, of a model that is made. */
const MOST_STATES = 1_000_000;
const MOST_TRANSITIONS = 10_000_000;
/** The same of one that goes to a binary file. */
const MOST_PACKED_TRANSITIONS = 100_000_000;

/** An option that takes a positive integer. */
export function count(
  name: string,
  description: string,
  standard: string,
  maximum: number = MOST_STATES,
): FamilyOption {
  return { name, description, kind: 'integer', default: standard, minimum: 1, maximum };
}

/** The value of an integer option. @throws {UserError} usage: not an integer, or out of its range */
export function integer(option: FamilyOption, input: FamilyInput): number {
  const { minimum = 0, maximum = MOST_STATES } = option;
  const text = String(input[option.name] ?? option.default);
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= minimum && value <= maximum)) {
    throw usageError(`--${option.name} takes an integer`, {
      found: quoted(text),
      wanted: `${minimum} … ${maximum}`,
    });
  }
  return value;
}

/** The value of a probability option. @throws {UserError} usage: not a number from 0 to 1 */
export function probability(option: FamilyOption, input: FamilyInput): Rational {
  const text = String(input[option.name] ?? option.default);
  const value = text.length <= 100 && !/[eE]/.test(text) ? writtenNumber(text) : undefined;
  if (value === undefined || value.compare(ZERO) < 0 || value.compare(ONE) > 0) {
    throw usageError(`--${option.name} takes a probability`, {
      found: quoted(text),
      wanted: 'a number from 0 to 1, such as 0.1 or 1/10',
    });
  }
  return value;
}

/** @throws {UserError} usage: more states or transitions than can be meant */
export function checkSize(states: number, transitions: number, form: ModelForm): void {
  const most = form === 'packed' ? MOST_PACKED_TRANSITIONS : MOST_TRANSITIONS;
  if (states <= MOST_STATES && transitions <= most) return;
  throw usageError('this model would be too large', {
    found: `${states} states and ${transitions} transitions`,
    wanted: `at most ${MOST_STATES} states and ${most} transitions`,
    ...(form === 'text' &&
      states <= MOST_STATES && { hint: 'a binary file holds more: --output model.mdpb' }),
  });
}
