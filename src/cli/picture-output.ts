import { usageError } from '../errors.js';
import { PICTURE_FORMATS, type PictureFormat, pictureFormatOfPath } from '../report/plot/formats.js';
import type { PictureKind } from '../report/plot/kinds.js';
import { type Picture, type PictureSource, pictureOf, pictureSvg } from '../report/plot/picture.js';
import { terminalPicture } from '../report/plot/terminal-picture.js';
import { widthOf } from './color.js';
import type { Io } from './io.js';
import { say } from './output.js';
import { pdfOf, pngOf } from './picture-file.js';

/** Where a picture goes: a path, `-` for standard output, and its format. */
export interface PictureDestination {
  readonly path: string;
  readonly format: PictureFormat;
}

/** The destinations that the options name, each checked before any work is done. @throws {UserError} usage, E_IO */
export async function pictureDestinations(
  { output, format }: { output: readonly string[]; format: PictureFormat | undefined },
  inputs: readonly string[],
  io: Io,
): Promise<readonly PictureDestination[]> {
  const paths = output.length === 0 ? ['-'] : output;
  if (new Set(paths).size < paths.length) throw usageError('--output names a file twice');
  const to = paths.map((path) => ({ path, format: formatFor(path, format) }));
  for (const path of output) if (path !== '-') await io.checkWritable(path, inputs);
  return to;
}

function formatFor(path: string, format: PictureFormat | undefined): PictureFormat {
  if (path === '-') {
    if (format !== 'png' && format !== 'pdf') return format ?? 'terminal';
    throw usageError(`${format} does not go to standard output`, {
      hint: `write it to a file: --output picture.${format}`,
    });
  }
  const named = pictureFormatOfPath(path) ?? format;
  if (named !== undefined) return named;
  throw usageError(`--output ${path} does not say its format`, {
    wanted: 'a name that ends in .svg, .png, .pdf, .vl.json, .dot or .txt',
    hint: `or name a format with --format: ${PICTURE_FORMATS.join(', ')}`,
  });
}

/** @throws {UserError} usage: a format that this kind of picture does not have */
export function checkFormats(kind: PictureKind, to: readonly PictureDestination[]): void {
  for (const { format } of to) {
    if (kind === 'graph' ? format === 'terminal' || format === 'vega-lite' : format === 'dot') {
      throw usageError(`--kind ${kind} cannot be written as ${format}`, {
        wanted: kind === 'graph' ? 'svg, png, pdf or dot' : 'terminal, svg, png, pdf or vega-lite',
      });
    }
  }
}

/** Draws once and writes the picture to all its destinations. */
export async function writePictures(
  kind: PictureKind,
  source: PictureSource,
  to: readonly PictureDestination[],
  { quiet }: { quiet: boolean },
  io: Io,
): Promise<void> {
  const picture = to.every(({ format }) => format === 'terminal') ? null : pictureOf(kind, source);
  for (const { path, format } of to) {
    const width = path === '-' ? widthOf(io.stdout, io.env) : 80;
    const content =
      picture === null || format === 'terminal'
        ? terminalPicture(kind, source, width)
        : await contentOf(picture, format);
    if (path === '-') await io.stdout.write(String(content));
    else {
      await io.writeFile(path, content);
      if (!quiet) await say(`wrote ${path}\n`, io);
    }
  }
}

async function contentOf(picture: Picture, format: PictureFormat): Promise<string | Uint8Array> {
  if (format === 'vega-lite' && picture.kind === 'chart')
    return `${JSON.stringify(picture.chart, null, 2)}\n`;
  if (format === 'dot' && picture.kind === 'graph') return picture.dot;
  const svg = await pictureSvg(picture, 'mdpower');
  if (format === 'png') return pngOf(svg);
  return format === 'pdf' ? pdfOf(svg) : svg;
}
