import type { OptimalityRow } from '../../power/result.js';
import { nameList } from '../name-list.js';
import { chartLabel } from './chart-label.js';

/** One distinct choice of a state: an action, or several that do the same. */
export interface ChoiceSeries {
  readonly label: string;
  /** a row for each discount, in the order of the result */
  readonly rows: readonly OptimalityRow[];
}

/** What rounding can add to shares that sum to 1. */
const ROUNDING = 1e-9;

/**
 * The distinct choices of one state. Equal choices repeat the share of their class: where the shares of all actions sum to
 * more than 1, rows with the same numbers are one choice.
 */
export function choiceSeries(rows: readonly OptimalityRow[], state: string): ChoiceSeries[] {
  const byAction = new Map<string, OptimalityRow[]>();
  for (const row of rows) {
    if (row.state === state) byAction.set(row.action, [...(byAction.get(row.action) ?? []), row]);
  }
  const repeated = [...new Set(rows.map(({ gamma }) => gamma))].some(
    (gamma) =>
      [...byAction.values()]
        .flat()
        .filter((row) => row.gamma === gamma)
        .reduce((sum, { fractional }) => sum + fractional, 0) >
      1 + ROUNDING,
  );
  const classes = new Map<string, { actions: string[]; rows: readonly OptimalityRow[] }>();
  for (const [action, own] of byAction) {
    const numbers = own.map(({ probability, low, high, strict, fractional }) => [
      probability,
      low,
      high,
      strict,
      fractional,
    ]);
    const key = JSON.stringify(repeated ? numbers : action);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { actions: [action], rows: own });
    else known.actions.push(action);
  }
  return [...classes.values()].map(({ actions, rows }) => ({
    label: chartLabel(nameList(actions, 4)),
    rows,
  }));
}
