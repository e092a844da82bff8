import { harmless, usageError } from '../errors.js';
import type { ResultDocument } from '../report/document.js';
import { FORMATS, type Format, formatOfPath } from '../report/formats.js';
import { wantsColor, widthOf } from './color.js';
import type { Io } from './io.js';
import type { Values } from './option.js';
import type { outputOptions } from './options.js';

export type OutputOptions = Values<typeof outputOptions>;

/** Where a result goes: each a path, `-` for standard output, and its format. */
export interface Destination {
  readonly path: string;
  readonly format: Format;
}

/**
 * The destinations that the options name, each checked before any work is done: standard output if no --output is given,
 * else the files.
 *
 * @param inputs paths that are read and must not be overwritten
 * @throws {UserError} usage: no format can be told; E_IO: it could not be written
 */
export async function destinations(
  { output, format, standalone, uncertainty }: OutputOptions,
  inputs: readonly string[],
  io: Io,
): Promise<readonly Destination[]> {
  const paths = output.length === 0 ? ['-'] : output;
  if (new Set(paths).size < paths.length) throw usageError('--output names a file twice');
  const to = paths.map((path) => ({ path, format: formatFor(path, format) }));
  if ((standalone || uncertainty !== undefined) && to.every((entry) => entry.format !== 'latex')) {
    throw usageError(`${standalone ? '--standalone' : '--uncertainty'} is for LaTeX, which is not written`, {
      hint: 'add --format latex or --output FILE.tex',
    });
  }
  for (const path of output) if (path !== '-') await io.checkWritable(path, inputs);
  return to;
}

function formatFor(path: string, format: Format | undefined): Format {
  if (path === '-') return format ?? 'terminal';
  const named = formatOfPath(path) ?? format;
  if (named !== undefined) return named;
  throw usageError(`--output ${path} does not say its format`, {
    wanted: 'an extension: .txt, .md, .tex, .html, .csv, .tsv, .json, .jsonl',
    hint: `or name one with --format: ${FORMATS.join(', ')}`,
  });
}

/** Formats that do not show the notes of a result to a person. */
const FOR_MACHINES: readonly Format[] = ['csv', 'tsv', 'json', 'jsonl'];

/** Writes a result to all its destinations. `elapsed` is told to people only: machine formats do not change by run. */
export async function writeResult(
  document: ResultDocument,
  to: readonly Destination[],
  { color, quiet, standalone, uncertainty = 'bracket' }: OutputOptions,
  io: Io,
  elapsed?: string,
): Promise<void> {
  const { renderPieces } = await import('../report/render.js');
  if (!quiet && to.every(({ format }) => FOR_MACHINES.includes(format))) {
    for (const { message } of document.notes) await say(`note: ${harmless(message)}\n`, io);
  }
  for (const { path, format } of to) {
    const isFile = path !== '-';
    const pieces = await renderPieces(document, format, {
      width: isFile ? 80 : widthOf(io.stdout, io.env),
      color: !isFile && wantsColor(color, io.stdout, io.env),
      elapsed,
      latex: { standalone, uncertainty },
    });
    if (!isFile) for (const piece of pieces) await io.stdout.write(piece);
    else {
      await io.writeFile(path, pieces);
      if (!quiet) await say(`wrote ${path}\n`, io);
    }
  }
}

/** A remark on standard error. That it cannot be written is no reason to fail. */
export async function say(text: string, io: Io): Promise<void> {
  await io.stderr.write(text).catch(() => {});
}
