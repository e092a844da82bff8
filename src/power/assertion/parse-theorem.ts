import type { Rational } from '../../number/rational.js';
import { THEOREMS } from '../../symmetry/certificate.js';
import { assertionError } from './assertion-error.js';
import { argumentsOf, numberOf, peek, type Reader, symbol, take, unexpected } from './reader.js';
import type { WrittenTheorem } from './syntax.js';

const BEGINNING = /\s*(strict\s+)?((?:\d+|[A-Z])\.\d+)\s*(?:\((\d)\)\s*)?\((?!\s*\d\s*\)\s*\()/iy;

/** Names of states and actions between the brackets, by theorem; D.12 can avoid several states. */
const USAGE: Readonly<
  Record<WrittenTheorem['theorem'], readonly [usage: string, least: number, most: number]>
> = {
  '6.6': ['6.6(state, other state)', 2, 2],
  '6.9': ['6.9(state, action, other action)', 3, 3],
  '6.9(1)': ['6.9(1)(state, action, other action)', 3, 3],
  '6.9(2)': ['6.9(2)(state, action, other action)', 3, 3],
  '6.12': ['6.12(state, other state)', 2, 2],
  '6.13': ['6.13(state, action, other action)', 3, 3],
  '6.14': ['6.14(state, avoided state)', 2, 2],
  'E.47': ['E.47(state, action, other action)', 3, 3],
  'D.11': ['D.11(state, action, other action)', 3, 3],
  'D.12': ['D.12(state, avoided state, …)', 2, Number.POSITIVE_INFINITY],
};

/**
 * Reads `["strict"] theorem "(" names ")" [">=" share]`, the theorem by its number in Turner et al. (2021) or Turner &
 * Tadepalli (2022); undefined if the text does not begin so.
 * @throws {UserError} E_ASSERTION
 */
export function parseTheorem(reader: Reader): WrittenTheorem | undefined {
  BEGINNING.lastIndex = 0;
  const found = BEGINNING.exec(reader.written.text);
  if (found === null) return undefined;
  const [whole, strict, number, part] = found;
  const offset = whole.indexOf(number!);
  const name = `${number!.toUpperCase()}${part === undefined ? '' : `(${part})`}`;
  if (!isTheorem(name)) {
    throw assertionError(reader.written, offset, `there is no theorem ${name} here`, {
      found: name,
      wanted: `one of ${['6.9', ...THEOREMS].join(', ')}`,
    });
  }
  reader.at = whole.length;
  const [usage, least, most] = USAGE[name];
  const names = argumentsOf(reader, usage);
  if (names.length < least || names.length > most) {
    throw assertionError(reader.written, offset, `${name} does not take ${names.length} names`, {
      wanted: usage,
    });
  }
  let share: WrittenTheorem['share'] = null;
  if (symbol(reader) === '>=') {
    take(reader);
    share = naturalOf(reader);
    if (symbol(reader) === '/') {
      take(reader);
      const { offset } = peek(reader);
      const whole = naturalOf(reader);
      if (whole.n === 0n) throw assertionError(reader.written, offset, 'division by zero');
      share = share.div(whole);
    }
  }
  if (peek(reader).kind !== 'end') throw unexpected(reader, 'the end, or >= and a share of every orbit');
  return { theorem: name, strict: strict !== undefined, names, share, offset };
}

function naturalOf(reader: Reader): Rational {
  if (peek(reader).kind !== 'number') throw unexpected(reader, 'a share such as 3/4');
  return numberOf(reader.written, take(reader));
}

function isTheorem(name: string): name is WrittenTheorem['theorem'] {
  return Object.hasOwn(USAGE, name);
}
