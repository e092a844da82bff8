import { harmless } from '../errors.js';
import { cellText } from './cell.js';
import { largest } from './largest.js';
import { displayWidth, pad, shorten } from './layout.js';
import type { Column, Table } from './table.js';

/** A table, or a part of one, as text in columns of known widths. */
interface Grid {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** header and rows */
  readonly lines: readonly (readonly string[])[];
}

const GAP = 2;
/** Key columns (the leading ones, left-aligned) stand closer together. */
const KEY_GAP = 1;
/** No key column is made narrower than this. */
const NARROWEST_KEY = 5;

/**
 * The table in as few grids as fit into `width` columns, the key columns repeated in each. Where even one value column does
 * not fit beside them, the longest texts of the keys are shortened.
 */
export function gridsThatFit(table: Table, width: number): { grids: readonly Grid[]; shortened: boolean } {
  const { columns } = table;
  const firstValue = columns.findIndex(({ align }) => align === 'right');
  const keyCount = firstValue < 0 ? columns.length : firstValue;
  const lines = [
    columns.map(({ header, unit }) => harmless(unit === undefined ? header : `${header} [${unit}]`)),
    ...table.rows.map((row) => row.map(cellText)),
  ];
  const natural = columns.map((_, index) => largest(lines.map((line) => displayWidth(line[index] ?? ''))));
  const values = natural.slice(keyCount);
  const widestValue = values.length === 0 ? 0 : largest(values) + GAP;
  const keys = narrowed(natural.slice(0, keyCount), width - widestValue - KEY_GAP * (keyCount - 1));
  const grid = { columns, widths: [...keys, ...values], lines };

  const room = width - sum(keys) - KEY_GAP * (keyCount - 1);
  const perGrid = sum(values) + GAP * values.length <= room ? values.length : Math.floor(room / widestValue);
  const gridCount = Math.max(1, Math.ceil(values.length / Math.max(1, perGrid)));
  const size = Math.ceil(values.length / gridCount);
  const grids = Array.from({ length: gridCount }, (_, part) =>
    pick(grid, (index) => index < keyCount || Math.floor((index - keyCount) / size) === part),
  );
  return { grids, shortened: sum(keys) < sum(natural.slice(0, keyCount)) };
}

/** The lines of a grid: the header, a rule, the rows. */
export function gridLines({ columns, widths, lines }: Grid): string[] {
  const gaps = columns.map(({ align }, index) => {
    if (index === 0) return '';
    return ' '.repeat(align === 'left' && columns[index - 1]!.align === 'left' ? KEY_GAP : GAP);
  });
  const joined = (cells: readonly string[]): string =>
    cells.map((cell, index) => gaps[index] + cell).join('');
  const [header, ...rows] = lines.map((line) => {
    const cells = line.map((cell, index) => shorten(cell, widths[index]!));
    return joined(cells.map((cell, index) => pad(cell, widths[index]!, columns[index]!.align))).trimEnd();
  });
  return [header!, joined(widths.map((width) => '─'.repeat(width))), ...rows];
}

/** Widths cut down, the widest first, until they take at most `room` together. */
function narrowed(widths: readonly number[], room: number): number[] {
  const narrow = [...widths];
  for (let excess = sum(narrow) - room; excess > 0; excess--) {
    const widest = narrow.indexOf(largest(narrow));
    if (narrow[widest]! <= NARROWEST_KEY) break;
    narrow[widest]!--;
  }
  return narrow;
}

function pick({ columns, widths, lines }: Grid, isIn: (index: number) => boolean): Grid {
  const chosen = <T>(list: readonly T[]): T[] => list.filter((_, index) => isIn(index));
  return { columns: chosen(columns), widths: chosen(widths), lines: lines.map(chosen) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
