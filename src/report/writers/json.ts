import type { ResultDocument } from '../document.js';
import { ROWS_OF_PIECE, resultRows } from '../rows.js';

/** The whole result as one JSON document, two blanks of indent, the fields in the order of the types, batches on one line. */
export function jsonText(document: ResultDocument): string {
  return [...jsonPieces(document)].join('');
}

/** The same text in pieces, of 10,000 rows of a table at most. */
export function* jsonPieces(document: ResultDocument): Generator<string> {
  const fields = Object.entries(document).filter(([, value]) => value !== undefined);
  for (const [i, [key, value]] of fields.entries()) {
    yield i === 0 ? '{\n' : ',\n';
    if (!Array.isArray(value) || value.length <= ROWS_OF_PIECE) {
      yield inner({ [key]: value });
      continue;
    }
    for (let from = 0; from < value.length; from += ROWS_OF_PIECE) {
      const [head, end] = [`  ${JSON.stringify(key)}: [\n`, '\n  ]'];
      const isLast = from + ROWS_OF_PIECE >= value.length;
      const text = inner({ [key]: value.slice(from, from + ROWS_OF_PIECE) });
      yield text.slice(from === 0 ? 0 : head.length, isLast ? undefined : -end.length);
      if (!isLast) yield ',\n';
    }
  }
  yield fields.length === 0 ? '{}\n' : '\n}\n';
}

/** What stands between the brackets of a record, lists of batches on one line. */
function inner(record: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(record, null, 2).slice('{\n'.length, -'\n}'.length);
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
