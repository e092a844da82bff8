import type { Block } from '../block.js';
import { blocksOf } from '../blocks.js';
import type { ResultDocument } from '../document.js';
import type { Uncertainty } from './latex-cell.js';
import { latexTable } from './latex-table.js';
import { latexComment, latexText } from './latex-text.js';

export interface LatexOptions {
  /** a complete document instead of a fragment for `\input` */
  readonly standalone: boolean;
  readonly uncertainty: Uncertainty;
}

/** What a fragment needs of the document it is put into. */
const PACKAGES: readonly string[] = ['amssymb', 'booktabs', 'longtable', 'siunitx'];

/**
 * A result as LaTeX: its tables as a fragment for `\input`, or everything that is said of it as a complete document. How it
 * was got stands in a comment. Compiles under pdfLaTeX and LuaLaTeX.
 */
export function latexResult(document: ResultDocument, options: LatexOptions): string {
  const blocks = blocksOf(document, undefined, 'table');
  const shown = options.standalone ? blocks : fragmentBlocks(blocks);
  const texts = shown.map((block) => blockText(block, document, options));
  const body = options.standalone
    ? [
        '\\documentclass{article}',
        '\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}',
        '\\usepackage[margin = 2.5cm]{geometry}',
        ...PACKAGES.map((name) => `\\usepackage{${name}}`),
        '\\begin{document}\n\\sloppy',
        ...texts,
        '\\end{document}',
      ]
    : [`% Needs ${PACKAGES.map((name) => `\\usepackage{${name}}`).join(' ')}`, ...texts];
  return `${provenance(document)}\n${body.join('\n')}\n`;
}

/** The tables; the facts where a result has no table. */
function fragmentBlocks(blocks: readonly Block[]): Block[] {
  const tables = blocks.filter(({ kind }) => kind === 'table');
  return tables.length > 0 ? tables : blocks.filter(({ kind }) => kind === 'facts');
}

/** Model, parameters and notes, a comment line each. */
function provenance({ mdpower, command, model, parameters, notes }: ResultDocument): string {
  return [
    `mdpower ${mdpower}, command ${command}`,
    `model: ${model.name} (SHA-256 ${model.sha256})`,
    ...Object.entries(parameters).map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    ...notes.map(({ message }) => `note: ${message}`),
  ]
    .map(latexComment)
    .join('\n');
}

function blockText(block: Block, { model }: ResultDocument, { uncertainty }: LatexOptions): string {
  switch (block.kind) {
    case 'heading':
      return `\\section*{${latexText(block.text)}}`;
    case 'facts':
      return `${titleText(block.title)}\\begin{description}\n${block.entries
        .map(([label, text]) => `  \\item[{${latexText(label)}}] ${latexText(text)}`)
        .join('\n')}\n\\end{description}`;
    case 'list':
      return `${titleText(block.title)}\\begin{itemize}\n${block.items
        .map((item) => `  \\item {}${latexText(item)}`)
        .join('\n')}\n\\end{itemize}`;
    case 'table':
      return latexTable(block.table, { uncertainty, label: labelOf(`${model.name} ${block.table.title}`) });
  }
}

function titleText(title: string | undefined): string {
  return title === undefined ? '' : `\\subsection*{${latexText(title)}}\n`;
}

/** Words of ASCII letters and digits, joined by hyphens: fit for `\label`. */
function labelOf(text: string): string {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join('-');
}
