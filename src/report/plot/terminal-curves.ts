import { harmless, usageError } from '../../errors.js';
import type { ResultDocument } from '../document.js';
import { wrap } from '../layout.js';
import { gammaNumber, POWER_TITLE } from './chart.js';
import { powerSeries } from './series.js';
import { subtitle } from './subtitle.js';

/** Lines of the plotting area; every fourth has a number. */
const HEIGHT = 17;
const WIDEST = 72;
/** Columns left of the plotting area. */
const MARGIN = 8;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Where curves cross. */
const SEVERAL = '*';

/**
 * POWER against gamma: a letter for each curve at its discounts, dots between them.
 * @throws {UserError} usage: more curves than letters
 */
export function terminalCurves(document: ResultDocument, width: number): string {
  const series = powerSeries(document.power ?? []);
  if (series.length > LETTERS.length) {
    throw usageError(`${series.length} curves do not fit on a terminal`, {
      hint: 'choose states with --states a,b,c, or draw --kind forest',
    });
  }
  const columns = Math.max(20, Math.min(WIDEST, width) - MARGIN);
  const curves = series.map(({ rows }) =>
    rows.map(({ gamma, power }) => [gammaNumber(gamma), power] as const).sort(([a], [b]) => a - b),
  );
  const powers = curves.flat().map(([, power]) => power);
  const low = powers.reduce((a, b) => Math.min(a, b));
  const high = powers.reduce((a, b) => Math.max(a, b));
  const canvas = drawn(curves, columns, low, high);
  const label = (row: number): string =>
    row % 4 === 0
      ? (high - (row / (HEIGHT - 1)) * (high - low)).toFixed(3).padStart(MARGIN - 2)
      : ' '.repeat(MARGIN - 2);
  return [
    ...wrap(harmless(`POWER of ${document.model.name}`), width),
    ...subtitle(document).flatMap((line) => wrap(harmless(line), width)),
    '',
    POWER_TITLE,
    ...canvas.map((row, index) => `${label(index)} │${row.join('')}`.trimEnd()),
    `${' '.repeat(MARGIN - 1)}└${'─'.repeat(columns)}`,
    `${' '.repeat(MARGIN)}0${'γ, discount per step'.padStart(Math.floor(columns / 2) + 9).padEnd(columns - 2)}1`,
    '',
    ...series.flatMap(({ label: states }, index) => wrap(harmless(`${LETTERS[index]}  ${states}`), width)),
    ...(canvas.some((row) => row.includes(SEVERAL)) ? [`${SEVERAL}  several`] : []),
    '',
  ].join('\n');
}

type Curve = readonly (readonly [gamma: number, power: number])[];

function drawn(curves: readonly Curve[], columns: number, low: number, high: number): string[][] {
  const canvas = Array.from({ length: HEIGHT }, () => new Array<string>(columns).fill(' '));
  const rowOf = (power: number): number =>
    high > low ? Math.round(((high - power) / (high - low)) * (HEIGHT - 1)) : Math.floor(HEIGHT / 2);
  const columnOf = (gamma: number): number => Math.round(gamma * (columns - 1));
  for (const curve of curves) {
    curve.slice(1).forEach(([gamma, power], index) => {
      const [before, powerBefore] = curve[index]!;
      for (let column = columnOf(before) + 1; column < columnOf(gamma); column++) {
        const along = (column / (columns - 1) - before) / (gamma - before);
        const line = canvas[rowOf(powerBefore + along * (power - powerBefore))]!;
        if (line[column] === ' ') line[column] = '·';
      }
    });
  }
  curves.forEach((curve, index) => {
    for (const [gamma, power] of curve) {
      const line = canvas[rowOf(power)]!;
      const column = columnOf(gamma);
      line[column] = line[column] === ' ' || line[column] === '·' ? LETTERS[index]! : SEVERAL;
    }
  });
  return canvas;
}
