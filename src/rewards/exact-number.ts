import { type Diagnostic, quoted, type UserError } from '../errors.js';
import { nearestDouble } from '../number/nearest-double.js';
import type { Rational } from '../number/rational.js';
import { LONGEST_NUMBER, writtenNumber } from '../number/written-number.js';

/** Sizes of numbers in a reward: products of two of them, squared for variances, and sums of such are ordinary doubles. */
const SMALLEST = 1e-60;
const LARGEST = 1e60;

/**
 * The exact value of a number in a reward, a decimal or a fraction: 0, or of a size from 1e-60 to 1e60.
 *
 * @throws {UserError} input, made by `fail`: E_REWARD_NUMBER, E_LIMIT_NUMBER
 */
export function exactNumber(text: string, fail: (parts: Omit<Diagnostic, 'place'>) => UserError): Rational {
  let value: Rational | undefined;
  try {
    value = writtenNumber(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fail({
      code: 'E_LIMIT_NUMBER',
      message: `a number may have at most ${LONGEST_NUMBER} digits`,
      found: quoted(text, 40),
      wanted: 'a number that fits double precision',
    });
  }
  if (value === undefined) {
    throw fail({
      code: 'E_REWARD_NUMBER',
      message: 'this is not a number',
      found: quoted(text, 40),
      wanted: 'a decimal such as 0.5 or 1e-3, or a fraction such as 1/3',
    });
  }
  const size = Math.abs(nearestDouble(value));
  if (value.n !== 0n && !(size >= SMALLEST && size <= LARGEST)) {
    throw fail({
      code: 'E_REWARD_NUMBER',
      message: `this number is too ${size < 1 ? 'small' : 'large'}`,
      found: quoted(text, 40),
      wanted: `0, or a number of size ${SMALLEST} to ${LARGEST}`,
      hint: 'choose another unit: POWER is in the unit of the rewards, and optimal actions do not depend on it',
    });
  }
  return value;
}

/** The exact value of a number of a RewardSpec. @throws {RangeError} it is none */
export function readNumber(text: string): Rational {
  const value = writtenNumber(text);
  if (value === undefined) throw new RangeError(`not a number of a reward specification: ${text}`);
  return value;
}

/** The double nearest to a number of a RewardSpec. */
export function readDouble(text: string): number {
  return nearestDouble(readNumber(text));
}
