import { createHash } from 'node:crypto';
import { type Diagnostic, inputError, quoted } from '../errors.js';
import { compressedRows } from './csr.js';
import { parseDocument } from './document.js';
import { reachableFrom } from './graph.js';
import { failAt, placeOf } from './locate.js';
import type { Mdp } from './model.js';
import { probabilityTable } from './probability-table.js';
import { checkVersion, readLabels, readLayout, readTexts } from './read-optional.js';
import { entriesOf, readStates, stateAt, stateList, wrongKind } from './read-values.js';
import { didYouMean } from './suggest.js';
import type { SourceDocument, SyntaxNode } from './syntax.js';
import { readTransitions } from './transitions.js';

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
 * Reads a model file (README, "Model files"): JSON or YAML text to a checked `Mdp`. Probabilities are exact; nothing is guessed.
 *
 * @param bytes  the file as it was read; the SHA-256 of the model is taken from it
 * @throws {UserError} input, exit code 3: whatever is wrong with the file, with its place, what was found and wanted
 */
export function parseModel(bytes: Uint8Array | string, options: ParseOptions = {}): Mdp {
  const { source = 'model', normalizeRows = false } = options;
  const format = options.format ?? (/\.ya?ml$/i.test(source) ? 'yaml' : 'json');
  const document = parseDocument(bytes, source, format);
  const values = topLevel(document);
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
  const reward = at('reward');
  if (reward !== undefined && reward.kind !== 'string' && reward.kind !== 'object') {
    throw wrongKind(document, reward, '"reward"', 'a text such as "uniform(0, 1)", or an object');
  }
  const mdp: Mdp = {
    ...compressedRows(rows, table),
    ...texts,
    name: texts.name ?? nameOfSource(source),
    states: states.names,
    actions: rows.actions,
    start,
    labels: readLabels(document, at('labels'), states),
    layout: readLayout(document, at('layout'), states),
    ...(reward !== undefined && { reward: { ...document, root: reward, pointer: '/reward' } }),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes,
  };
  return { ...mdp, notes: [...notes, ...unreachable(mdp)] };
}

/** The values of the document's object by key; all keys are known ones. */
function topLevel(document: SourceDocument): ReadonlyMap<string, SyntaxNode> {
  const entries = entriesOf(document, document.root, 'a model', 'an object with "states" and "transitions"');
  for (const entry of entries) {
    if (MODEL_KEYS.includes(entry.key)) continue;
    throw failAt(document, entry, {
      code: 'E_UNKNOWN_KEY',
      message: `a model has no key ${quoted(entry.key)}`,
      found: quoted(entry.key),
      wanted: `one of ${MODEL_KEYS.join(', ')}`,
      hint: didYouMean(entry.key, MODEL_KEYS) ?? 'remarks go into "description"',
    });
  }
  return new Map(entries.map(({ key, value }) => [key, value]));
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

function unreachable(mdp: Mdp): Diagnostic[] {
  const reached = reachableFrom(mdp, [mdp.start]);
  const names = mdp.states.filter((_, s) => reached[s] === 0);
  if (names.length === 0) return [];
  const listed = names.slice(0, 5).map((name) => quoted(name, 30));
  const which = `${listed.join(', ')}${names.length > listed.length ? ', …' : ''}`;
  const count = names.length === 1 ? '1 state' : `${names.length} states`;
  const message = `${count} cannot be reached from the start ${quoted(mdp.states[mdp.start]!)}: ${which}`;
  return [{ code: 'W_UNREACHABLE', message }];
}

/** The last part of a path without its extension. */
function nameOfSource(source: string): string {
  return source.replace(/^.*[\\/]/, '').replace(/\.(json|ya?ml)$/i, '') || 'model';
}
