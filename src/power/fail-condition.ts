import { quoted, usageError } from '../errors.js';
import { nearestDouble } from '../number/nearest-double.js';
import { writtenNumber } from '../number/written-number.js';
import type { DifferenceRow } from './compare.js';

/** When a comparison of two results is to fail. */
export interface FailCondition {
  readonly text: string;
  /** `ok`, `fails`, or `undecided` where the limits allow both; rows of another quantity are ok */
  outcome(row: DifferenceRow): 'ok' | 'fails' | 'undecided';
}

const WANTED =
  "differs, 'difference < -0.01', 'abs(difference) > 0.01', each also with ' in POWER' or ' in P'";
const FORM =
  /^\s*(?:(differs)|(abs\(\s*difference\s*\)|difference)\s*(<=|>=|<|>)\s*(\S+?))(?:\s+in\s+(POWER|P))?\s*$/;

/**
 * Reads a condition on the rows of a comparison: `differs` (0 is not within the limits) or a comparison of the difference
 * B − A, or of its size, with a number, for all rows or those of one quantity.
 * @throws {UserError} usage
 */
export function parseFailCondition(text: string): FailCondition {
  const [, differs, subject, comparison, number, quantity] = FORM.exec(text) ?? [];
  const refuse = (): Error =>
    usageError(`--fail-on ${quoted(text)} means nothing`, { found: quoted(text), wanted: WANTED });
  if (differs === undefined && subject === undefined) throw refuse();
  const about = (row: DifferenceRow): boolean => quantity === undefined || row.quantity === quantity;
  if (differs !== undefined) {
    return { text, outcome: (row) => (about(row) ? differing(row) : 'ok') };
  }
  const threshold = thresholdOf(number!, refuse);
  const isSize = subject!.startsWith('abs');
  return {
    text,
    outcome: (row) => {
      if (!about(row)) return 'ok';
      const [low, high] = isSize ? sizeLimits(row) : [row.low ?? -Infinity, row.high ?? Infinity];
      const [least, most] = [compare(low, comparison!, threshold), compare(high, comparison!, threshold)];
      return least && most ? 'fails' : least || most ? 'undecided' : 'ok';
    },
  };
}

function differing({ low, high }: DifferenceRow): 'ok' | 'fails' | 'undecided' {
  if (low === null || high === null) return 'undecided';
  return low > 0 || high < 0 ? 'fails' : 'ok';
}

function sizeLimits(row: DifferenceRow): [number, number] {
  const [low, high] = [row.low ?? -Infinity, row.high ?? Infinity];
  return [Math.max(0, low, -high), Math.max(high, -low)];
}

function compare(value: number, comparison: string, threshold: number): boolean {
  if (comparison === '<') return value < threshold;
  if (comparison === '<=') return value <= threshold;
  return comparison === '>' ? value > threshold : value >= threshold;
}

function thresholdOf(text: string, refuse: () => Error): number {
  try {
    const exact = writtenNumber(text);
    if (exact !== undefined) return nearestDouble(exact);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw refuse();
}
