import { Chalk, type ChalkInstance } from 'chalk';
import { harmless } from '../../errors.js';
import type { Block, Fact } from '../block.js';
import { cellText } from '../cell.js';
import { largest } from '../largest.js';
import { displayWidth, pad, shorten, wrap } from '../layout.js';
import type { Column, Table } from '../table.js';

/** Prose is not set wider than this, however wide the terminal is. */
const PROSE_WIDTH = 100;
const GAP = 2;

interface TerminalStyle {
  /** columns of the terminal; no printed line is longer */
  readonly width: number;
  readonly color: boolean;
}

/** A report as text for a terminal, a log or a pipe. Tables that are too wide go on under each other. */
export function terminalText(blocks: readonly Block[], { width, color }: TerminalStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const sections = blocks.map((block) => blockLines(block, Math.max(20, width), paint).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function blockLines(block: Block, width: number, paint: ChalkInstance): string[] {
  const prose = Math.min(width, PROSE_WIDTH);
  switch (block.kind) {
    case 'heading':
      return wrap(harmless(block.text), prose).map((line) => paint.bold(line));
    case 'facts':
      return factLines(block.entries, prose, paint);
    case 'list':
      return [
        paint.bold(block.title),
        ...block.items.flatMap((item) => hanging('- ', harmless(item), prose)),
      ];
    case 'table':
      return tableLines(block.table, width, paint);
  }
}

function factLines(entries: readonly Fact[], width: number, paint: ChalkInstance): string[] {
  const labelWidth = largest(entries.map(([label]) => displayWidth(label))) + GAP;
  return entries.flatMap(([label, text]) =>
    hanging(pad(label, labelWidth, 'left'), harmless(text), width).map((line, index) =>
      index === 0 ? paint.dim(line.slice(0, labelWidth)) + line.slice(labelWidth) : line,
    ),
  );
}

/** `text` after `mark`, its further lines indented as far. */
function hanging(mark: string, text: string, width: number): string[] {
  const indent = displayWidth(mark);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? mark : ' '.repeat(indent)) + line);
}

function tableLines(table: Table, width: number, paint: ChalkInstance): string[] {
  const notes = table.notes.flatMap((note) => wrap(harmless(note), Math.min(width, PROSE_WIDTH)));
  const parts = partsThatFit(table, width).map((part) => gridLines(part, paint).join('\n'));
  return [
    ...(table.title === '' ? [] : [paint.bold(table.title)]),
    parts.join('\n\n'),
    ...notes.map((note) => paint.dim(note)),
  ];
}

interface Grid {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** header and rows as text */
  readonly lines: readonly (readonly string[])[];
}

/**
 * The table in as few parts as fit into `width`, the leading left-aligned columns repeated in each. Where even one value
 * column does not fit beside them, their longest texts are shortened.
 */
function partsThatFit(table: Table, width: number): Grid[] {
  const columns = table.columns;
  const keyCount = Math.max(
    0,
    columns.findIndex(({ align }) => align === 'right'),
  );
  const lines = [
    columns.map(({ header, unit }) => harmless(unit === undefined ? header : `${header} [${unit}]`)),
    ...table.rows.map((row) => row.map(cellText)),
  ];
  const natural = columns.map((_, index) => largest(lines.map((line) => displayWidth(line[index] ?? ''))));
  const widestValue = Math.max(0, largest(natural.slice(keyCount)));
  const keys = natural.slice(0, keyCount || columns.length);
  const keyWidths = narrowed(keys, width - (keyCount > 0 ? widestValue + GAP : 0));
  const widths = natural.map((value, index) => Math.min(keyWidths[index] ?? value, width));
  const grid: Grid = { columns, widths, lines };
  if (keyCount === 0) return [grid];

  const room = width - sum(keyWidths) - GAP * (keyCount - 1);
  const values = columns.map((_, index) => index).slice(keyCount);
  const perPart = Math.max(1, Math.floor(room / (widestValue + GAP)));
  const partCount =
    sum(values.map((index) => widths[index]! + GAP)) <= room ? 1 : Math.ceil(values.length / perPart);
  const size = Math.ceil(values.length / partCount);
  return Array.from({ length: partCount }, (_, part) =>
    pick(grid, [...keyWidths.keys(), ...values.slice(part * size, (part + 1) * size)]),
  );
}

/** Widths of key columns cut down, the widest first, until they and their gaps take at most `room`. */
function narrowed(widths: readonly number[], room: number): number[] {
  const narrow = [...widths];
  while (sum(narrow) + GAP * (narrow.length - 1) > room) {
    const widest = narrow.indexOf(largest(narrow));
    if (narrow[widest]! <= 5) break;
    narrow[widest]!--;
  }
  return narrow;
}

function pick({ columns, widths, lines }: Grid, indices: readonly number[]): Grid {
  return {
    columns: indices.map((index) => columns[index]!),
    widths: indices.map((index) => widths[index]!),
    lines: lines.map((line) => indices.map((index) => line[index] ?? '')),
  };
}

function gridLines({ columns, widths, lines }: Grid, paint: ChalkInstance): string[] {
  const text = lines.map((line) =>
    line
      .map((cell, index) => pad(shorten(cell, widths[index]!), widths[index]!, columns[index]!.align))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
  const rule = paint.dim(widths.map((width) => '─'.repeat(width)).join(' '.repeat(GAP)));
  return [text[0]!, rule, ...text.slice(1)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
