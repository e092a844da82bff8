import { harmless } from '../../errors.js';
import type { Block } from '../block.js';
import { facts } from '../block.js';
import { blocksOf } from '../blocks.js';
import { cellText } from '../cell.js';
import type { ResultDocument } from '../document.js';
import { reportPictures } from '../plot/report-pictures.js';
import type { Table } from '../table.js';
import { HTML_STYLE } from './html-style.js';

/**
 * A result as one HTML page that needs nothing else: tables, pictures as inline SVG, how the numbers were got. No script, no
 * address is followed, and a policy in the page forbids both. Follows the reader's light or dark setting.
 */
export async function htmlPage(document: ResultDocument): Promise<string> {
  const [head, ...sections] = splitHead(blocksOf(document, undefined, 'table'));
  const pictures = await reportPictures(document);
  const body = [
    ...head.map(blockHtml),
    ...pictures.map(
      ({ svg, caption }) => `<figure>\n${svg}<figcaption>${escaped(caption)}</figcaption>\n</figure>`,
    ),
    ...sections.map(blockHtml),
    blockHtml(provenance(document)),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${document.model.name}: mdpower ${document.command}`)}</title>
<style>
${HTML_STYLE}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

/** The heading and what stands right under it; the rest. */
function splitHead(blocks: readonly Block[]): [Block[], ...Block[]] {
  const count = blocks.findIndex((block, index) => index > 0 && !(index === 1 && block.kind === 'facts'));
  const end = count < 0 ? blocks.length : count;
  return [blocks.slice(0, end), ...blocks.slice(end)];
}

function provenance({ mdpower, command, model, parameters }: ResultDocument): Block {
  return facts(
    [
      ['program', `mdpower ${mdpower}, command ${command}`],
      ['model', model.name],
      ['model SHA-256', model.sha256],
      ...Object.entries(parameters).map(
        ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
      ),
    ],
    'Provenance',
  );
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'facts':
      return `${titleHtml(block.title)}<dl>\n${block.entries
        .map(([label, text]) => `<dt>${escaped(label)}</dt><dd>${escaped(text)}</dd>`)
        .join('\n')}\n</dl>`;
    case 'list':
      return `${titleHtml(block.title)}<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return tableHtml(block.table);
  }
}

function titleHtml(title: string | undefined): string {
  return title === undefined ? '' : `<h2>${escaped(title)}</h2>\n`;
}

function tableHtml({ title, columns, rows, notes }: Table): string {
  const kind = (index: number): string => (columns[index]!.align === 'right' ? ' class="number"' : '');
  const header = columns
    .map(
      ({ header, unit }, index) =>
        `<th scope="col"${kind(index)}>${escaped(unit === undefined ? header : `${header} [${unit}]`)}</th>`,
    )
    .join('');
  const lines = rows.map(
    (row) =>
      `<tr>${row.map((cell, index) => `<td${kind(index)}>${escaped(cellText(cell))}</td>`).join('')}</tr>`,
  );
  return [
    `<h2>${escaped(title)}</h2>`,
    `<div class="wide"><table>\n<thead><tr>${header}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table></div>`,
    ...notes.map((note) => `<p class="note">${escaped(note)}</p>`),
  ].join('\n');
}

/** Text that is nothing but text, in an element or in a quoted attribute. */
function escaped(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
