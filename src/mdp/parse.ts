import { createHash } from 'node:crypto';
import { type Diagnostic, inputError, quoted } from '../errors.js';
import { compressedRows } from './csr.js';
import { parseDocument } from './document.js';
import { reachableFrom } from './graph.js';
import { failAt, placeOf } from './locate.js';
import type { Mdp } from './model.js';
import { checkName, describeNode, nameOf } from './names.js';
import { probabilityTable } from './probability-table.js';
import {
  entriesOf,
  readStates,
  refuseTwin,
  type SeenNames,
  type StateNames,
  stateAt,
  stateList,
  stateNamed,
  wrongKind,
} from './read-values.js';
import { didYouMean } from './suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';
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

const LONGEST_TEXT = 10_000;

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

function checkVersion(document: SourceDocument, node: SyntaxNode | undefined): void {
  if (node === undefined || (node.kind === 'number' && Number(node.literal) === 1)) return;
  throw failAt(document, node, {
    code: 'E_VERSION',
    message: 'this is not a version of the model format that can be read',
    found: describeNode(node),
    wanted: 'the number 1',
    hint: 'a newer mdpower may read it',
  });
}

/** The texts about the model. Its name is shown in tables, so it follows the rules of names. */
function readTexts(
  document: SourceDocument,
  values: ReadonlyMap<string, SyntaxNode>,
): { name?: string; description?: string; source?: string } {
  const texts: { name?: string; description?: string; source?: string } = {};
  for (const key of ['name', 'description', 'source', '$schema'] as const) {
    const node = values.get(key);
    if (node === undefined) continue;
    const text = nameOf(document, node);
    if (text === undefined) throw wrongKind(document, node, `"${key}"`, 'a text');
    if (key === 'name') checkName(document, node, text, 'E_MODEL_NAME');
    if (text.length > LONGEST_TEXT) {
      throw failAt(document, node, {
        code: 'E_LIMIT_TEXT',
        message: `"${key}" is too long`,
        found: `${text.length} characters`,
        wanted: `at most ${LONGEST_TEXT} characters`,
      });
    }
    if (key !== '$schema') texts[key] = text;
  }
  return texts;
}

function readLabels(
  document: SourceDocument,
  node: SyntaxNode | undefined,
  states: StateNames,
): Mdp['labels'] {
  const labels = new Map<string, readonly number[]>();
  if (node === undefined) return labels;
  const seen: SeenNames = { names: [] };
  for (const entry of entriesOf(
    document,
    node,
    '"labels"',
    'an object of labels, such as {"goal": ["hub"]}',
  )) {
    checkName(document, entry, entry.key, 'E_LABEL_NAME');
    refuseTwin(document, entry, entry.key, seen, { code: 'E_LABEL_NAME', what: 'label' });
    const members = stateList(document, entry.value, states, `the label ${quoted(entry.key)}`);
    labels.set(
      entry.key,
      members.sort((a, b) => a - b),
    );
  }
  return labels;
}

function readLayout(
  document: SourceDocument,
  node: SyntaxNode | undefined,
  states: StateNames,
): Mdp['layout'] {
  const layout: (readonly [number, number] | null)[] = states.names.map(() => null);
  if (node === undefined) return layout;
  for (const entry of entriesOf(
    document,
    node,
    '"layout"',
    'an object of positions, such as {"hub": [1, 0]}',
  )) {
    layout[stateNamed(document, entry, entry.key, states)] = readPosition(document, entry);
  }
  return layout;
}

function readPosition(document: SourceDocument, { key, value }: SyntaxEntry): readonly [number, number] {
  const items = value.kind === 'array' ? value.items : [];
  const [x, y] = items.map((item) => (item.kind === 'number' ? Number(item.literal) : Number.NaN));
  if (items.length === 2 && Number.isFinite(x) && Number.isFinite(y)) return [x!, y!];
  throw wrongKind(
    document,
    value,
    `the position of ${quoted(key)}`,
    'two finite numbers [x, y], y pointing down',
  );
}

function unreachable(mdp: Mdp): Diagnostic[] {
  const reached = reachableFrom(mdp, [mdp.start]);
  const names = mdp.states.filter((_, s) => reached[s] === 0);
  if (names.length === 0) return [];
  const listed = names.slice(0, 5).map((name) => quoted(name, 30));
  const more = names.length > listed.length ? `, … (${names.length} states)` : '';
  const message = `cannot be reached from the start ${quoted(mdp.states[mdp.start]!)}: ${listed.join(', ')}${more}`;
  return [{ code: 'W_UNREACHABLE', message }];
}

/** The last part of a path without its extension. */
function nameOfSource(source: string): string {
  return source.replace(/^.*[\\/]/, '').replace(/\.(json|ya?ml)$/i, '') || 'model';
}
