import { parseDocument } from '../mdp/document.js';
import type { Mdp } from '../mdp/model.js';
import { parseModel } from '../mdp/parse.js';
import type { SourceDocument } from '../mdp/syntax.js';
import type { ResultDocument } from '../report/document.js';
import type { Io } from './io.js';

/** What messages call standard input. */
const STDIN = 'standard input';

/** The model at `path`, `-` being standard input. @throws {UserError} E_IO, or whatever is wrong with it */
export async function loadModel(path: string, options: { normalizeRows: boolean }, io: Io): Promise<Mdp> {
  const { bytes, source, format } = await loadText(path, io);
  return parseModel(bytes, { source, format, normalizeRows: options.normalizeRows });
}

/** A model, or a result that was written with `--format json`. */
export type ModelOrResult = { readonly mdp: Mdp } | { readonly document: ResultDocument };

/** What a result begins with: the version of the program, where a model has the version of the format, a number. */
const BEGINS_AS_RESULT = /^\uFEFF?\s*\{\s*"mdpower"\s*:\s*"/;

/**
 * What stands at `path`. Of the result folder of a sweep, the rows of one state: `state`, or the start of each cell.
 * @throws {UserError} E_IO, or whatever is wrong with it
 */
export async function loadModelOrResult(
  path: string,
  options: { readonly normalizeRows: boolean; readonly state?: string | undefined },
  io: Io,
): Promise<ModelOrResult> {
  if (await io.exists(`${path}/manifest.json`)) {
    const { readSweep, sweepDocument } = await import('./sweep/sweep-document.js');
    const { state } = options;
    return { document: sweepDocument(await readSweep(path, io), state === undefined ? 'start' : [state]) };
  }
  const loaded = await loadText(path, io);
  const { bytes, source, format } = loaded;
  if (isResult(loaded)) {
    const { readResult } = await import('../report/read-result.js');
    return { document: readResult(bytes, source) };
  }
  return { mdp: parseModel(bytes, { source, format, normalizeRows: options.normalizeRows }) };
}

/**
 * What `--reward` says: a law as text (`uniform(0, 1)`), inline JSON, or the path of a JSON or YAML file.
 * Undefined without the option.
 */
export async function loadReward(
  text: string | undefined,
  io: Io,
): Promise<string | SourceDocument | undefined> {
  if (text === undefined) return undefined;
  if (/^\s*[{["]/.test(text)) return parseDocument(text, '--reward', 'json');
  const isPath =
    text === '-' || /\.(json|ya?ml)$/i.test(text) || (!text.includes('(') && (await io.exists(text)));
  if (!isPath) return text;
  const { bytes, source, format } = await loadText(text, io);
  return parseDocument(bytes, source, format);
}

/** Whether a file begins as results do. */
export function isResult({ bytes, format }: LoadedText): boolean {
  return format === 'json' && BEGINS_AS_RESULT.test(Buffer.from(bytes.subarray(0, 200)).toString('utf8'));
}

export interface LoadedText {
  readonly bytes: Uint8Array;
  readonly source: string;
  readonly format: 'json' | 'yaml';
}

/** The bytes at `path`, `-` being standard input, and their format. @throws {UserError} E_IO */
export async function loadText(path: string, io: Io): Promise<LoadedText> {
  const bytes = path === '-' ? await io.readStdin() : await io.readFile(path);
  return { bytes, source: path === '-' ? STDIN : path, format: formatOf(path, bytes) };
}

/** By extension; without a known one by content: YAML begins with a key, a comment or a mark, JSON with a bracket. */
function formatOf(path: string, bytes: Uint8Array): 'json' | 'yaml' {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  if (/\.json$/i.test(path)) return 'json';
  const beginning = Buffer.from(bytes.subarray(0, 1000)).toString('utf8').trimStart();
  return /^(#|---|%YAML|[\w$]+:|"[^"\n]*":|'[^'\n]*':)/.test(beginning) ? 'yaml' : 'json';
}
