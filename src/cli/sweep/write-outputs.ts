import { formatOfPath } from '../../report/formats.js';
import { renderResult } from '../../report/render.js';
import { delimitedPieces } from '../../report/writers/delimited.js';
import type { Io } from '../io.js';
import { hashOf, type Manifest } from './manifest.js';
import { type SweepFolder, sweepDocument, sweepRows } from './sweep-document.js';

/** Writes the outputs that an experiment names; returns the manifest of a sweep that is complete. */
export async function writeOutputs(folder: SweepFolder, io: Io): Promise<Manifest> {
  const outputs: Record<string, string> = {};
  const manifest = { ...folder.manifest, complete: true };
  for (const { file, rows } of manifest.plan.outputs) {
    const text = await outputText({ ...folder, manifest }, file, rows);
    await io.writeFile(`${folder.path}/${file}`, text);
    outputs[file] = hashOf(text);
  }
  return { ...manifest, outputs };
}

/** Formats for machines have a column for each of model, slip and law; those for people name the cell before the state. */
async function outputText(folder: SweepFolder, file: string, kind: 'power' | 'optimality'): Promise<string> {
  const format = formatOfPath(file) ?? 'csv';
  const rows = sweepRows(folder, kind);
  if (format === 'csv' || format === 'tsv') {
    return [...delimitedPieces(rows, format === 'csv' ? ',' : '\t')].join('');
  }
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const { power = [], optimality = [], ...document } = sweepDocument(folder);
  return renderResult({ ...document, ...(kind === 'power' ? { power } : { optimality }) }, format, {
    width: 80,
    color: false,
    latex: { standalone: false, uncertainty: 'bracket' },
  });
}
