import { estimateParts, formatCount } from '../format.js';
import type { Cell } from '../table.js';
import { latexText } from './latex-text.js';

/** How an uncertainty is printed: `0.6669(5)` or `0.6669 ± 0.0005`. */
export type Uncertainty = 'bracket' | 'pm';

/** A cell of a column that siunitx aligns: a number as siunitx reads it, anything else in braces. */
export function numberCell(cell: Cell, uncertainty: Uncertainty): string {
  if (cell === null) return '{}';
  if (typeof cell === 'string') return `{${latexText(cell)}}`;
  if (typeof cell === 'number') return `{${formatCount(cell).replaceAll(',', '{,}')}}`;
  const parts = estimateParts(cell);
  switch (parts.kind) {
    case 'exact':
      return PLAIN_NUMBER.test(parts.value) ? parts.value : `{$${exactText(parts.value)}$}`;
    case 'no interval':
      return `{${parts.value} (no interval)}`;
    case 'symmetric':
      return uncertainty === 'pm'
        ? inMath(`${parts.value} \\pm ${parts.halfWidth}`, parts.exponent)
        : `${parts.value}(${unitsOf(parts.halfWidth)})${parts.exponent === 0 ? '' : `e${parts.exponent}`}`;
    case 'limits':
      return inMath(`${parts.value}\\;{[}${parts.low}, ${parts.high}{]}`, parts.exponent);
  }
}

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** An exact value is a fraction or decimal of our own; nothing else is let through to math mode. */
function exactText(text: string): string {
  return text.replace(/[^-+./\de]/g, '').replace(/e([-+]?\d+)$/, ' \\times 10^{$1}');
}

/** `0.0012` in units of its last place: `12`. */
function unitsOf(halfWidth: string): string {
  return halfWidth.replace('.', '').replace(/^0+(?=\d)/, '');
}

function inMath(text: string, exponent: number): string {
  return `{$${exponent === 0 ? text : `(${text}) \\times 10^{${exponent}}`}$}`;
}

/** The siunitx column that fits these cells: `S[table-format = 1.5(2)]`. */
export function numberColumn(cells: readonly string[]): string {
  const size = { sign: '', whole: 1, decimals: 0, units: 0, exponent: 0 };
  for (const cell of cells) {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:\((\d+)\))?(?:e-?(\d+))?$/.exec(cell);
    if (match === null) continue;
    const [, sign = '', whole = '', decimals = '', units = '', exponent = ''] = match;
    if (sign !== '') size.sign = sign;
    size.whole = Math.max(size.whole, whole.length);
    size.decimals = Math.max(size.decimals, decimals.length);
    size.units = Math.max(size.units, units.length);
    size.exponent = Math.max(size.exponent, exponent.length);
  }
  const format =
    `${size.sign}${size.whole}.${size.decimals}` +
    `${size.units === 0 ? '' : `(${size.units})`}${size.exponent === 0 ? '' : `e-${size.exponent}`}`;
  return `S[table-format = ${format}]`;
}
