import type { ResultDocument } from '../document.js';
import { resultRows } from '../rows.js';
import { ROWS_OF_PIECE } from './delimited.js';

/** The whole result as one JSON document, two blanks of indent, the fields in the order of the types. */
export function jsonText(document: ResultDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One JSON object a line, in pieces: first `{"row": "header", ...}` with model and parameters, then every row with its table. */
export function* jsonLinesPieces(document: ResultDocument): Generator<string> {
  const { mdpower, command, model, parameters, notes } = document;
  const header = { row: 'header', mdpower, command, model, parameters, notes };
  yield `${JSON.stringify(header)}\n`;
  const rows = resultRows(document);
  for (let from = 0; from < rows.length; from += ROWS_OF_PIECE) {
    yield rows
      .slice(from, from + ROWS_OF_PIECE)
      .map((fields) => `${JSON.stringify(fields)}\n`)
      .join('');
  }
}
