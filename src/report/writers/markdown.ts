import { harmless } from '../../errors.js';
import type { Block } from '../block.js';
import { cellText } from '../cell.js';
import type { Table } from '../table.js';

/** A report as GitHub-flavoured Markdown. Names cannot break a table, make a link or carry HTML. */
export function markdownText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `# ${escaped(block.text)}`;
    case 'facts':
      return underTitle(
        block.title,
        block.entries.map(
          ([label, text]) => `- ${label === '' ? '' : `**${escaped(label)}**: `}${escaped(text)}`,
        ),
      );
    case 'list':
      return underTitle(
        block.title,
        block.items.map((item) => `- ${escaped(item)}`),
      );
    case 'table':
      return tableText(block.table);
  }
}

function underTitle(title: string | undefined, lines: readonly string[]): string {
  return (title === undefined ? '' : `## ${escaped(title)}\n\n`) + lines.join('\n');
}

function tableText({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(columns.map(({ header, unit }) => escaped(unit === undefined ? header : `${header} [${unit}]`))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : ':---'))),
    ...rows.map((row) => line(row.map((cell) => escaped(cellText(cell))))),
  ].join('\n');
  return [underTitle(title, [table]), ...notes.map(escaped)].join('\n\n');
}

/** Every character that Markdown or HTML could read as markup, made plain. */
function escaped(text: string): string {
  return harmless(text)
    .replace(/[\\`*_[\]|~!$@]/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])(?= )/, '$1\\$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&'); // GFM makes links of bare addresses
}
