import { isRational, rationalText } from '../number/rational.js';
import { writtenNumber } from '../number/written-number.js';
import type { ModelFile, Probability } from './build.js';
import { choicesOf } from './graph.js';
import type { Mdp } from './model.js';
import type { SyntaxNode } from './syntax.js';

/** Values by name. Objects list keys such as `10` first and in numeric order; a Map keeps every order. */
type Named<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;
type Row = string | Named<Probability>;

/** A model file whose names may be the keys of Maps. */
interface OrderedFile extends Omit<ModelFile, 'transitions' | 'labels' | 'layout' | 'reward'> {
  readonly transitions: Named<Named<Row>>;
  readonly labels?: Named<readonly string[]>;
  readonly layout?: Named<readonly [number, number]>;
  readonly reward?: unknown;
}

/** Lines are at most this long, where names allow it. */
const WIDTH = 100;

/**
 * The JSON text of a model file, for people: keys in the order of the format, one state a line. `parseModel` reads the same
 * model back; the text depends on nothing but the model.
 *
 * Of a parsed model, probabilities are written as exact fractions and certain successors as plain names; states whose single
 * action is `stay`, to themselves, are listed as terminal, and names such as `10` keep their order.
 */
export function writeModel(model: Mdp | ModelFile): string {
  const file: OrderedFile = 'stateCount' in model ? fileOf(model) : model;
  const parts: [string, string | undefined][] = [
    ['$schema', optional(file.$schema)],
    ['mdpower', '1'],
    ['name', optional(file.name)],
    ['description', optional(file.description)],
    ['source', optional(file.source)],
    ['states', list(file.states, 2)],
    ['start', optional(file.start)],
    ['transitions', block(entries(file.transitions), stateLine)],
    ['terminal', file.terminal && list(file.terminal, 2)],
    ['labels', file.labels && block(entries(file.labels), (name, states) => keyed(name, list(states, 4)))],
    ['layout', file.layout && block(entries(file.layout), (name, [x, y]) => keyed(name, `[${x}, ${y}]`))],
    ['reward', file.reward === undefined ? undefined : json(file.reward)],
  ];
  const lines = parts.filter(([, text]) => text !== undefined).map(([key, text]) => `  ${keyed(key, text!)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** What the text of a model says beside states, rows and positions, as JSON on one line. */
export function modelHead(mdp: Omit<Mdp, 'sha256' | 'notes'>): string {
  return json({
    mdpower: 1,
    name: mdp.name,
    ...(mdp.description !== undefined && { description: mdp.description }),
    ...(mdp.source !== undefined && { source: mdp.source }),
    ...(mdp.labels.size > 0 && { labels: labelsOf(mdp) }),
    ...(mdp.reward !== undefined && { reward: plain(mdp.reward.root) }),
  });
}

function labelsOf(mdp: Pick<Mdp, 'labels' | 'states'>): ReadonlyMap<string, readonly string[]> {
  return new Map([...mdp.labels].map(([label, states]) => [label, states.map((s) => mdp.states[s]!)]));
}

function fileOf(mdp: Mdp): OrderedFile {
  const transitions = new Map<string, Named<Row>>();
  const terminal: string[] = [];
  const layout = new Map<string, readonly [number, number]>();
  mdp.states.forEach((state, s) => {
    const actions = new Map(choicesOf(mdp, s).map((c) => [mdp.actions[c]!, successorOf(mdp, c)]));
    if (actions.size === 1 && actions.get('stay') === state) terminal.push(state);
    else transitions.set(state, actions);
    const position = mdp.layout[s];
    if (position) layout.set(state, position);
  });
  const labels = labelsOf(mdp);
  return {
    mdpower: 1,
    name: mdp.name,
    ...(mdp.description !== undefined && { description: mdp.description }),
    ...(mdp.source !== undefined && { source: mdp.source }),
    states: mdp.states,
    start: mdp.states[mdp.start]!,
    transitions,
    ...(terminal.length > 0 && { terminal }),
    ...(labels.size > 0 && { labels }),
    ...(layout.size > 0 && { layout }),
    ...(mdp.reward !== undefined && { reward: plain(mdp.reward.root) }),
  };
}

function successorOf(mdp: Mdp, c: number): Row {
  const [first, end] = [mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!];
  if (end - first === 1) return mdp.states[mdp.successor[first]!]!;
  const row = new Map<string, string>();
  for (let k = first; k < end; k++) {
    row.set(mdp.states[mdp.successor[k]!]!, rationalText(mdp.exact.values[mdp.exact.index[k]!]!));
  }
  return row;
}

/** A syntax tree as plain data; numbers that a double does not hold as written stay texts. */
function plain(node: SyntaxNode): unknown {
  switch (node.kind) {
    case 'object':
      return new Map(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'number': {
      const [written, double] = [writtenNumber(node.literal), writtenNumber(String(Number(node.literal)))];
      return written !== undefined && double?.equals(written) ? Number(node.literal) : node.literal;
    }
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function entries<T>(named: Named<T>): [string, T][] {
  return named instanceof Map ? [...named] : Object.entries(named as Readonly<Record<string, T>>);
}

function keyed(key: string, text: string): string {
  return `${JSON.stringify(key)}: ${text}`;
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}

/** An object with one entry a line. */
function block<T>(items: readonly [string, T][], line: (name: string, value: T) => string): string {
  if (items.length === 0) return '{}';
  return `{\n${items.map(([name, value]) => `    ${line(name, value)}`).join(',\n')}\n  }`;
}

/** The actions of a state: in one line if it is not too long, else one a line. */
function stateLine(state: string, actions: Named<Row>): string {
  const texts = entries(actions).map(([action, successor]) => keyed(action, json(successor)));
  const line = keyed(state, `{ ${texts.join(', ')} }`);
  return line.length + 4 <= WIDTH ? line : keyed(state, `{\n      ${texts.join(',\n      ')}\n    }`);
}

/** A list of names, wrapped. */
function list(names: readonly string[], indent: number): string {
  const items = names.map((name) => JSON.stringify(name));
  const line = `[${items.join(', ')}]`;
  if (line.length + indent <= WIDTH) return line;
  const lines: string[] = [];
  let current = '';
  for (const item of items) {
    if (current !== '' && indent + 2 + current.length + item.length + 3 > WIDTH) {
      lines.push(current);
      current = '';
    }
    current += current === '' ? item : `, ${item}`;
  }
  const gap = `\n${' '.repeat(indent + 2)}`;
  return `[${gap}${[...lines, current].join(`,${gap}`)}\n${' '.repeat(indent)}]`;
}

/** Any plain data in one line. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isRational(value)) return JSON.stringify(rationalText(value));
  const texts = entries(value as Named<unknown>).map(([key, item]) => keyed(key, json(item)));
  return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`;
}
