import { createHash } from 'node:crypto';
import { inputError } from '../errors.js';
import { isBinaryModel, isBinaryName } from './binary/layout.js';
import { readBinaryModel } from './binary/read-binary.js';
import { compressedRows } from './csr.js';
import { parseDocument } from './document.js';
import { placeOf } from './locate.js';
import type { Mdp } from './model.js';
import { probabilityTable } from './probability-table.js';
import { checkVersion, readLabels, readLayout, readTexts } from './read-optional.js';
import { readStates, stateAt, stateList } from './read-values.js';
import type { SourceDocument, SyntaxNode } from './syntax.js';
import { nameOfSource, rewardOf, topLevel } from './top-level.js';
import { readTransitions } from './transitions.js';
import { unreachableNotes } from './unreachable.js';

export interface ParseOptions {
  /** What messages call the text: the file's name as the user gave it, or `standard input`; default `model`. */
  readonly source?: string;
  /** By default YAML if the source's name ends in .yaml or .yml, else JSON. */
  readonly format?: 'json' | 'yaml';
  /** Divide rows that do not sum to 1 by their sum, instead of refusing them. */
  readonly normalizeRows?: boolean;
}

/** The keys of a model file. */
export const MODEL_KEYS: readonly string[] = [
  '$schema',
  'mdpower',
  'name',
  'description',
  'source',
  'states',
  'start',
  'transitions',
  'terminal',
  'labels',
  'layout',
  'reward',
];

/**
 * Reads a model file (README, "Model files") to a checked `Mdp`: JSON or YAML text, or the binary form, which is known by its
 * first bytes. Probabilities are exact; nothing is guessed.
 *
 * @param bytes  the file as it was read; the SHA-256 of the model is taken from it
 * @throws {UserError} input, exit code 3: whatever is wrong with the file, with its place, what was found and wanted
 */
export function parseModel(bytes: Uint8Array | string, options: ParseOptions = {}): Mdp {
  const { source = 'model', normalizeRows = false } = options;
  if (typeof bytes !== 'string' && (isBinaryModel(bytes) || isBinaryName(source))) {
    return readBinaryModel(bytes, source);
  }
  const format = options.format ?? (/\.ya?ml$/i.test(source) ? 'yaml' : 'json');
  const document = parseDocument(bytes, source, format);
  const values = topLevel(document, MODEL_KEYS);
  const at = (key: string): SyntaxNode | undefined => values.get(key);
  checkVersion(document, at('mdpower'));
  const texts = readTexts(document, values);
  const states = readStates(document, required(document, at('states'), 'states'));
  const startNode = at('start');
  const start = startNode === undefined ? 0 : stateAt(document, startNode, states, '"start"');
  const terminalNode = at('terminal');
  const terminal = new Set(
    terminalNode === undefined ? [] : stateList(document, terminalNode, states, '"terminal"'),
  );
  const table = probabilityTable();
  const transitions = required(document, at('transitions'), 'transitions');
  const { rows, notes } = readTransitions(document, transitions, states, terminal, table, normalizeRows);
  const reward = rewardOf(document, at('reward'));
  const mdp: Mdp = {
    ...compressedRows(rows, table),
    ...texts,
    name: texts.name ?? nameOfSource(source),
    states: states.names,
    actions: rows.actions,
    start,
    labels: readLabels(document, at('labels'), states),
    layout: readLayout(document, at('layout'), states),
    ...(reward !== undefined && { reward }),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes,
  };
  return { ...mdp, notes: [...notes, ...unreachableNotes(mdp)] };
}

function required(document: SourceDocument, node: SyntaxNode | undefined, key: string): SyntaxNode {
  if (node !== undefined) return node;
  throw inputError({
    code: 'E_SCHEMA',
    message: `the key "${key}" is missing`,
    place: { ...placeOf(document, document.root), pointer: `/${key}` },
    found: `no "${key}"`,
    wanted: 'a model with "states" and "transitions"',
  });
}
