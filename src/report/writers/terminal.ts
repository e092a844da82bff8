import { Chalk, type ChalkInstance } from 'chalk';
import { harmless } from '../../errors.js';
import type { Block, Fact } from '../block.js';
import { formatCount } from '../format.js';
import { gridLines, gridsThatFit } from '../grid.js';
import { largest } from '../largest.js';
import { displayWidth, pad, wrap } from '../layout.js';
import type { Table } from '../table.js';

/** Prose is not set wider than this, however wide the terminal is. */
const PROSE_WIDTH = 100;
/** More rows of a table than these are for machines. */
const MOST_ROWS = 1000;
/** Between a label and its text. */
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
      return [...titleLines(block.title, paint), ...factLines(block.entries, prose, paint)];
    case 'list':
      return [
        paint.bold(block.title),
        ...block.items.flatMap((item) => hanging('- ', harmless(item), prose)),
      ];
    case 'table':
      return tableLines(block.table, width, paint);
  }
}

function titleLines(title: string | undefined, paint: ChalkInstance): string[] {
  return title === undefined ? [] : [paint.bold(title)];
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

function tableLines(whole: Table, width: number, paint: ChalkInstance): string[] {
  const table = { ...whole, rows: whole.rows.slice(0, MOST_ROWS) };
  const { grids, shortened } = gridsThatFit(table, width);
  const parts = grids.map((grid) => {
    const [header, rule, ...rows] = gridLines(grid);
    return [header, paint.dim(rule), ...rows].join('\n');
  });
  const notes = [
    ...table.notes,
    ...(whole.rows.length > MOST_ROWS
      ? [
          `${formatCount(whole.rows.length - MOST_ROWS)} more rows are not shown here, but in the other formats: --output FILE.csv, or --format csv.`,
        ]
      : []),
    ...(shortened ? ['Long names are shortened here, but not in other formats.'] : []),
  ];
  return [
    ...titleLines(table.title, paint),
    parts.join('\n\n'),
    ...(notes.length === 0 ? [] : ['']),
    ...notes
      .flatMap((note) => wrap(harmless(note), Math.min(width, PROSE_WIDTH)))
      .map((line) => paint.dim(line)),
  ];
}
