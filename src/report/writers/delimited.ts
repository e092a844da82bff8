import { stringify } from 'csv-stringify/sync';
import { type ResultRow, ROWS_OF_PIECE } from '../rows.js';

/**
 * Rows as CSV or TSV in pieces (RFC 4180, LF): one header line with the field names of the JSON result, numbers with all their
 * digits, empty cells for null. A text that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export function* delimitedPieces(rows: readonly ResultRow[], delimiter: ',' | '\t'): Generator<string> {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const columns = [...names];
  for (let from = 0; from === 0 || from < rows.length; from += ROWS_OF_PIECE) {
    yield stringify(
      rows.slice(from, from + ROWS_OF_PIECE).map((row) => columns.map((column) => field(row[column]))),
      // A text with the separator of another locale is quoted too, so that no program splits it.
      { delimiter, header: from === 0, columns, quoted_match: /[;\t,\r\n]/ },
    );
  }
}

function field(value: ResultRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? spreadsheetSafe(value) : String(value);
}

/**
 * Spreadsheets run a cell that begins with = + - @ (also full-width, also after blanks or a tab), and a locale that
 * separates by `;` begins a cell after each; an apostrophe makes it text (OWASP, CSV Injection).
 */
function spreadsheetSafe(text: string): string {
  return text.replace(/(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r])/g, "$1'");
}
