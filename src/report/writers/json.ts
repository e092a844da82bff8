import type { ResultDocument } from '../document.js';
import { resultRows } from '../rows.js';

/** The whole result as one JSON document, two blanks of indent, the fields in the order of the types. */
export function jsonText(document: ResultDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One JSON object a line: first `{"row": "header", ...}` with model and parameters, then every row with its table. */
export function jsonLinesText(document: ResultDocument): string {
  const { mdpower, command, model, parameters, notes } = document;
  const header = { row: 'header', mdpower, command, model, parameters, notes };
  return [header, ...resultRows(document)].map((fields) => `${JSON.stringify(fields)}\n`).join('');
}
