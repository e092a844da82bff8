import type { PowerRow } from '../../power/result.js';
import type { Parameters } from '../document.js';
import { formatBound, formatCount, formatPercent } from '../format.js';
import { exceptionTexts, intervalText, mostSamples } from '../interval-text.js';
import { largest } from '../largest.js';
import type { Table } from '../table.js';
import { gammaTable } from './gamma-table.js';

/** POWER, states by discounts. */
export function powerTable(rows: readonly PowerRow[], parameters: Parameters): Table {
  return {
    title: 'POWER',
    ...gammaTable(rows, [['state', (row) => row.state]], ({ power, low, high, exact }) => ({
      value: power,
      low,
      high,
      exact,
    })),
    notes: notesOf(rows, parameters),
  };
}

function notesOf(rows: readonly PowerRow[], parameters: Parameters): string[] {
  const sampled = rows.filter((row) => row.method === 'sampled');
  if (sampled.length === 0) return [exactNote(rows.map(({ exact }) => exact))];
  if (sampled.every((row) => row.low === null)) return ['No confidence interval holds; the notes say why.'];
  const worst = largest(sampled.map((row) => row.solverError));
  const { confidence, simultaneous } = parameters;
  return [
    `± is ${confidenceText(confidence, simultaneous)} for the mean over ${formatCount(mostSamples(sampled))} reward ` +
      `functions (${intervalText(sampled, parameters)}); the proved solver error, at most ${formatBound(worst)}, is in it.`,
    ...exceptionTexts(sampled),
  ];
}

/** What is said of numbers without sampling error. */
export function exactNote(fractions: readonly (string | null)[]): string {
  return fractions.includes(null)
    ? 'Exact, without sampling: fractions, and numbers right to the last digit shown.'
    : 'Exact, without sampling.';
}

/** `a 95% interval`, or `a 95% interval for all rows at once`. */
export function confidenceText(confidence: number | undefined, simultaneous: boolean | undefined): string {
  const share = formatPercent(confidence ?? 0.95);
  return `a ${share} interval${simultaneous === true ? ' (for all rows at once)' : ''}`;
}
