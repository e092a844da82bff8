import { usageError } from '../../errors.js';
import type { PowerRow } from '../../power/result.js';
import { formatEstimate } from '../format.js';
import { nameList } from '../name-list.js';
import { chartLabel } from './chart-label.js';
import { SERIES } from './palette.js';

/** States whose rows print the same digits at every discount, drawn as one curve. */
export interface Series {
  readonly label: string;
  readonly rows: readonly PowerRow[];
}

/** A picture holds as many curves: the colours, solid, dashed and dotted. */
export const MOST_SERIES: number = SERIES.length * 3;

/** The curves of a result, in the order of the states. */
export function powerSeries(rows: readonly PowerRow[]): Series[] {
  const byState = new Map<string, PowerRow[]>();
  for (const row of rows) byState.set(row.state, [...(byState.get(row.state) ?? []), row]);
  const alike = new Map<string, { states: string[]; rows: readonly PowerRow[] }>();
  for (const [state, own] of byState) {
    const key = own
      .map(
        ({ gamma, power, low, high, exact }) =>
          `${gamma} ${formatEstimate({ value: power, low, high, exact })}`,
      )
      .join('\n');
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { states: [state], rows: own });
    else group.states.push(state);
  }
  return [...alike.values()].map(({ states, rows }) => ({ label: chartLabel(nameList(states, 3)), rows }));
}

/** @throws {UserError} usage, where a reader could not tell the curves apart */
export function checkSeriesCount(count: number): void {
  if (count <= MOST_SERIES) return;
  throw usageError(`${count} curves cannot be told apart in one picture`, {
    wanted: `at most ${MOST_SERIES}`,
    hint: 'choose states with --states a,b,c, or draw --kind forest',
  });
}

/** Colour and dash of each curve for Vega-Lite. */
export function seriesScales(count: number): { colors: string[]; dashes: number[][] } {
  const indices = Array.from({ length: count }, (_, index) => index);
  const patterns = [[], [6, 3], [2, 2]];
  return {
    colors: indices.map((index) => SERIES[index % SERIES.length]!),
    dashes: indices.map((index) => patterns[Math.floor(index / SERIES.length)]!),
  };
}
