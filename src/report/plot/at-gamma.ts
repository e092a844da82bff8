import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { OptimalityRow, PowerRow } from '../../power/result.js';
import type { ResultDocument } from '../document.js';
import { estimateParts } from '../format.js';

/** The numbers of one discount, in the order of the model's states and choices. */
export interface AtGamma {
  readonly gamma: string;
  /** (S) */
  readonly power: readonly PowerRow[];
  /** (C), or null where the result has no optimality probabilities */
  readonly optimality: readonly OptimalityRow[] | null;
  /** where a state's POWER lies in the range of the colours, from 0 to 1; 0 or 1 outside */
  share(state: number): number;
  /** the range of the colours */
  readonly low: number;
  readonly high: number;
}

/**
 * A result at its last discount, for a picture of the model.
 * @param range the states that the colours range over: `choosing` leaves out those without a choice, whose POWER would
 *   press all others into one end of the scale
 * @throws {UserError} usage: the result does not have POWER of every state of the model
 */
export function atGamma(
  { power = [], optimality = [] }: ResultDocument,
  mdp: Mdp,
  range: 'all' | 'choosing',
): AtGamma {
  const gamma = power.at(-1)?.gamma;
  const byState = new Map(power.filter((row) => row.gamma === gamma).map((row) => [row.state, row]));
  const rows = mdp.states.map((state) => byState.get(state));
  if (gamma === undefined || !rows.every((row) => row !== undefined)) {
    throw usageError('this picture needs POWER of every state', {
      hint: 'draw it from a result of mdpower power or analyze, or from the model itself',
    });
  }
  const values = rows.map((row) => row.power);
  const choosing = values.filter((_, s) => hasChoice(mdp, s));
  const ranged = range === 'choosing' && choosing.length > 1 ? choosing : values;
  const low = ranged.reduce((a, b) => Math.min(a, b));
  const high = ranged.reduce((a, b) => Math.max(a, b));
  const key = (state: string, action: string): string => JSON.stringify([state, action]);
  const byChoice = new Map(
    optimality.filter((row) => row.gamma === gamma).map((row) => [key(row.state, row.action), row]),
  );
  const choices = mdp.states.flatMap((state, s) =>
    mdp.actions
      .slice(mdp.choicePtr[s], mdp.choicePtr[s + 1])
      .map((action) => byChoice.get(key(state, action))),
  );
  return {
    gamma,
    power: rows,
    optimality: choices.every((row) => row !== undefined) ? choices : null,
    share: (state) => (high > low ? Math.min(1, Math.max(0, (values[state]! - low) / (high - low))) : 0.5),
    low,
    high,
  };
}

function hasChoice({ choicePtr, choiceClass }: Mdp, state: number): boolean {
  const first = choicePtr[state]!;
  return choiceClass.subarray(first, choicePtr[state + 1]).some((representative) => representative !== first);
}

/** POWER in a few digits, never more than its interval supports: `0.746`. */
export function shortPower({ power, low, high, exact }: PowerRow): string {
  if (exact !== null && exact.length <= 6) return exact;
  const { value } = estimateParts({ value: power, low, high });
  const decimals = value.split('.')[1]?.length ?? 0;
  return decimals > 3 ? power.toFixed(3) : value;
}
