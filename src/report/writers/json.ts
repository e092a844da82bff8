import type { ResultDocument } from '../document.js';
import { ROWS_OF_PIECE, resultRows } from '../rows.js';

/** The whole result as one JSON document, two blanks of indent, the fields in the order of the types, batches on one line. */
export function jsonText(document: ResultDocument): string {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  // Texts in JSON have no line breaks: only a list can look so.
  return text.replace(/("(?:means|support)": \[)\n([^\]]*?)\n\s*\]/g, (_, head: string, items: string) => {
    return `${head}${items.trim().replace(/\n\s*/g, ' ')}]`;
  });
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
