import type { Column, Table } from '../table.js';
import { numberCell, numberColumn, type Uncertainty } from './latex-cell.js';
import { latexText } from './latex-text.js';

/** A table with more rows goes on over pages (longtable). */
const MOST_ROWS_OF_A_PAGE = 40;
/** As many columns of numbers stand side by side; more make a further table. */
const MOST_NUMBERS = 4;

export interface LatexTableOptions {
  readonly uncertainty: Uncertainty;
  /** what the label of the first part is: `tab:NAME` */
  readonly label: string;
}

/** A table as booktabs and siunitx print it: a float, or a longtable where it is longer than a page. */
export function latexTable(table: Table, { uncertainty, label }: LatexTableOptions): string {
  const parts = partsOf(table);
  return parts
    .map((part, index) => {
      const of = parts.length === 1 ? '' : ` (part ${index + 1} of ${parts.length})`;
      const caption = `\\caption{${latexText(`${table.title}${of}`)}}\\label{tab:${label}${index === 0 ? '' : `-${index + 1}`}}`;
      const notes = index === parts.length - 1 ? notesOf(table, uncertainty) : [];
      return partText(part, caption, notes, uncertainty);
    })
    .join('\n\n');
}

/** The notes; where uncertainties stand in brackets, first what that means. */
function notesOf({ rows, notes }: Table, uncertainty: Uncertainty): string[] {
  const bracketed = rows.some((row) => row.some((cell) => BRACKETED.test(numberCell(cell, uncertainty))));
  const meaning = bracketed ? ['$0.6669(5)$ stands for $0.6669 \\pm 0.0005$.'] : [];
  return [...meaning, ...notes.map(latexText)];
}

const BRACKETED = /^-?[\d.]+\(\d+\)/;

/** The table with its key columns and at most `MOST_NUMBERS` others at a time. */
function partsOf({ columns, rows }: Table): Pick<Table, 'columns' | 'rows'>[] {
  const firstNumber = columns.findIndex(({ align }) => align === 'right');
  const keys = firstNumber < 0 ? columns.length : firstNumber;
  const count = Math.max(1, Math.ceil((columns.length - keys) / MOST_NUMBERS));
  const size = Math.ceil((columns.length - keys) / count);
  return Array.from({ length: count }, (_, part) => {
    const chosen = <T>(list: readonly T[]): T[] =>
      list.filter((_, index) => index < keys || Math.floor((index - keys) / size) === part);
    return { columns: chosen(columns), rows: rows.map(chosen) };
  });
}

function partText(
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  caption: string,
  notes: readonly string[],
  uncertainty: Uncertainty,
): string {
  const cells = rows.map((row) =>
    row.map((cell, index) =>
      columns[index]!.align === 'right'
        ? numberCell(cell, uncertainty)
        : typeof cell === 'string'
          ? latexText(cell)
          : '',
    ),
  );
  const widths = textWidths({ columns, rows }, cells);
  const format = columns
    .map((column, index) =>
      columnFormat(
        column,
        cells.map((row) => row[index]!),
        widths[index],
      ),
    )
    .join(' ');
  const lines = cells.map((row) => `  ${row.join(' & ')} \\\\`);
  const header = `  ${columns.map(headerText).join(' & ')} \\\\`;
  const long = rows.length > MOST_ROWS_OF_A_PAGE;
  return (long ? longTable : floatTable)({ format, header, lines, caption, notes });
}

/** Letters of a line of a page, with room for the space between columns; longer rows are broken. */
const LINE_LETTERS = 80;
/** Text columns of fewer letters are not broken. */
const SHORT_LETTERS = 14;

/** The part of the line that each column of texts gets where the row is too long for it; undefined: as wide as its texts. */
function textWidths(
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  cells: readonly (readonly string[])[],
): readonly (number | undefined)[] {
  const letters = columns.map(({ header, align }, index) => {
    const texts = align === 'left' ? rows.map((row) => String(row[index])) : cells.map((row) => row[index]!);
    const longest = texts.reduce((most, text) => Math.max(most, text.replace(/[{}$]/g, '').length), 0);
    return 2 + Math.max(longest, header.length);
  });
  const total = letters.reduce((sum, count) => sum + count, 0);
  const isBroken = columns.map(({ align }, i) => align === 'left' && letters[i]! > SHORT_LETTERS);
  const broken = letters.reduce((sum, count, i) => sum + (isBroken[i] ? count : 0), 0);
  if (total <= LINE_LETTERS || broken === 0) return columns.map(({ wrap }) => wrap);
  // A column of hardly any of the letters still gets room for a word.
  const room = Math.max(0.3, (LINE_LETTERS - (total - broken)) / LINE_LETTERS) - 0.02 * columns.length;
  const roots = letters.reduce((sum, count, i) => sum + (isBroken[i] ? Math.sqrt(count) : 0), 0);
  return letters.map(
    (count, i) => columns[i]!.wrap ?? (isBroken[i] ? (room * Math.sqrt(count)) / roots : undefined),
  );
}

function columnFormat({ align }: Column, cells: readonly string[], width: number | undefined): string {
  if (width !== undefined) return `>{\\raggedright\\arraybackslash}p{${width.toFixed(2)}\\linewidth}`;
  if (align === 'left') return 'l';
  return cells.some((cell) => !cell.startsWith('{')) ? numberColumn(cells) : 'r';
}

/** In braces: siunitx would read the header of a column of numbers as a number. */
function headerText({ header, unit }: Column): string {
  return `{${latexText(unit === undefined ? header : `${header} [${unit}]`)}}`;
}

interface TableText {
  readonly format: string;
  readonly header: string;
  readonly lines: readonly string[];
  readonly caption: string;
  readonly notes: readonly string[];
}

function floatTable({ format, header, lines, caption, notes }: TableText): string {
  return [
    '\\begin{table}[htbp]',
    '  \\centering',
    `  ${caption}\\par\\smallskip`,
    `  \\begin{tabular}{@{} ${format} @{}}`,
    '  \\toprule',
    header,
    '  \\midrule',
    ...lines,
    '  \\bottomrule',
    '  \\end{tabular}',
    ...notesText(notes, '\\par\\medskip'),
    '\\end{table}',
  ].join('\n');
}

function longTable({ format, header, lines, caption, notes }: TableText): string {
  return [
    `\\begin{longtable}{@{} ${format} @{}}`,
    `  ${caption}\\\\`,
    '  \\toprule',
    header,
    '  \\midrule',
    '  \\endfirsthead',
    '  \\toprule',
    header,
    '  \\midrule',
    '  \\endhead',
    '  \\bottomrule',
    '  \\endfoot',
    ...lines,
    '\\end{longtable}',
    ...notesText(notes, '\\noindent'),
  ].join('\n');
}

function notesText(notes: readonly string[], before: string): string[] {
  if (notes.length === 0) return [];
  return [`  ${before}\\parbox{\\linewidth}{\\footnotesize\\raggedright ${notes.join('\\par\n    ')}}`];
}
