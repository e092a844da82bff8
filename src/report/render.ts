import { blocksOf } from './blocks.js';
import type { ResultDocument } from './document.js';
import type { Format } from './formats.js';
import { tidyRows } from './rows.js';
import { delimitedPieces } from './writers/delimited.js';
import { htmlPage } from './writers/html.js';
import { jsonLinesPieces, jsonText } from './writers/json.js';
import { type LatexOptions, latexResult } from './writers/latex.js';
import { markdownText } from './writers/markdown.js';
import { terminalText } from './writers/terminal.js';

interface RenderOptions {
  /** columns of the terminal; only the terminal format needs it */
  readonly width: number;
  readonly color: boolean;
  /** how long it took, for people: `2.1 s`. Formats for machines leave it out. */
  readonly elapsed?: string | undefined;
  readonly latex: LatexOptions;
}

/** A result as text in any format, ending with a line feed. */
export async function renderResult(
  document: ResultDocument,
  format: Format,
  options: RenderOptions,
): Promise<string> {
  return [...(await renderPieces(document, format, options))].join('');
}

/** The same text in pieces, one after the other: formats of rows can be longer than a string can be. */
export async function renderPieces(
  document: ResultDocument,
  format: Format,
  { width, color, elapsed, latex }: RenderOptions,
): Promise<Iterable<string>> {
  switch (format) {
    case 'terminal':
      return [terminalText(blocksOf(document, elapsed, 'sentences'), { width, color })];
    case 'markdown':
      return [markdownText(blocksOf(document, elapsed, 'table'))];
    case 'latex':
      return [latexResult(document, latex)];
    case 'html':
      return [await htmlPage(document)];
    case 'csv':
      return delimitedPieces(tidyRows(document), ',');
    case 'tsv':
      return delimitedPieces(tidyRows(document), '\t');
    case 'json':
      return [jsonText(document)];
    case 'jsonl':
      return jsonLinesPieces(document);
  }
}
