/** Names of all output formats, as `--format` takes them. */
export const FORMATS = ['terminal', 'markdown', 'latex', 'html', 'csv', 'tsv', 'json', 'jsonl'] as const;

export type Format = (typeof FORMATS)[number];

const byExtension: Readonly<Record<string, Format>> = {
  txt: 'terminal',
  md: 'markdown',
  markdown: 'markdown',
  tex: 'latex',
  html: 'html',
  htm: 'html',
  csv: 'csv',
  tsv: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
};

/** The format that a file name asks for; undefined if its extension says nothing. */
export function formatOfPath(path: string): Format | undefined {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(byExtension, extension)
    ? byExtension[extension]
    : undefined;
}
