import type { Block } from './block.js';
import type { ResultDocument } from './document.js';
import type { Format } from './formats.js';
import type { LatexOptions } from './writers/latex.js';

interface RenderOptions {
  /** columns of the terminal; only the terminal format needs it */
  readonly width: number;
  readonly color: boolean;
  /** how long it took, for people: `2.1 s`. Formats for machines leave it out. */
  readonly elapsed?: string | undefined;
  readonly latex: LatexOptions;
}

/** A result as text in any format, ending with a line feed; only the writer of that format is loaded. */
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
  const blocks = async (findings: 'sentences' | 'table'): Promise<readonly Block[]> =>
    (await import('./blocks.js')).blocksOf(document, elapsed, findings);
  switch (format) {
    case 'terminal': {
      const { terminalText } = await import('./writers/terminal.js');
      return [terminalText(await blocks('sentences'), { width, color })];
    }
    case 'markdown': {
      const { markdownText } = await import('./writers/markdown.js');
      return [markdownText(await blocks('table'))];
    }
    case 'latex': {
      const { latexResult } = await import('./writers/latex.js');
      return [latexResult(document, latex)];
    }
    case 'html': {
      const { htmlPage } = await import('./writers/html.js');
      return [await htmlPage(document)];
    }
    case 'csv':
    case 'tsv': {
      const [{ delimitedPieces }, { tidyRows }] = await Promise.all([
        import('./writers/delimited.js'),
        import('./rows.js'),
      ]);
      return delimitedPieces(tidyRows(document), format === 'csv' ? ',' : '\t');
    }
    case 'json': {
      const { jsonPieces } = await import('./writers/json.js');
      return jsonPieces(document);
    }
    case 'jsonl': {
      const { jsonLinesPieces } = await import('./writers/json.js');
      return jsonLinesPieces(document);
    }
  }
}
