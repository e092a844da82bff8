import { quoted } from '../errors.js';
import { failAt } from './locate.js';
import type { Mdp } from './model.js';
import { checkName, describeNode, nameOf } from './names.js';
import {
  entriesOf,
  refuseTwin,
  type SeenNames,
  type StateNames,
  stateList,
  stateNamed,
  wrongKind,
} from './read-values.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';

const LONGEST_TEXT = 10_000;

/** @throws {UserError} input: E_VERSION, for a format that this program does not know */
export function checkVersion(document: SourceDocument, node: SyntaxNode | undefined): void {
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
export function readTexts(
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

/** Label -> states, ascending. @throws {UserError} input: E_SCHEMA, E_LABEL_NAME, E_UNKNOWN_STATE, E_DUP_STATE */
export function readLabels(
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

/** (S) the position of every state, or null. @throws {UserError} input: E_SCHEMA, E_UNKNOWN_STATE */
export function readLayout(
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
