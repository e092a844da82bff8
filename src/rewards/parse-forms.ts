import { quoted } from '../errors.js';
import { failAt } from '../mdp/locate.js';
import { describeNode } from '../mdp/names.js';
import { entriesOf, itemsOf, type StateNames, stateNamed, wrongKind } from '../mdp/read-values.js';
import { didYouMean } from '../mdp/suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from '../mdp/syntax.js';
import { ONE, type Rational, rationalText, ZERO } from '../number/rational.js';
import { writtenText } from '../number/written-number.js';
import { exactNumber } from './exact-number.js';
import type { FeatureSpec, IndependentSpec, Law, ListSpec, OrbitSpec } from './spec.js';

type LawAt = (document: SourceDocument, node: SyntaxNode) => Law;
type Root = Extract<SyntaxNode, { kind: 'object' }>;

/** `{"default": LAW, "states": {STATE: LAW, …}}`; the default may be left out if every state has its own. */
export function parseStates(
  document: SourceDocument,
  root: Root,
  names: readonly string[],
  lawAt: LawAt,
): IndependentSpec {
  const values = keyed(document, root, ['default', 'states'], []);
  const fallback = values.get('default');
  const laws: Law[] = [];
  const numbers = new Map<string, number>();
  const intern = (law: Law): number => {
    const known = numbers.get(law.text);
    if (known !== undefined) return known;
    numbers.set(law.text, laws.length);
    return laws.push(law) - 1;
  };
  const common = fallback === undefined ? -1 : intern(lawAt(document, fallback));
  const ofState = new Array<number>(names.length).fill(common);
  const overrides: string[] = [];
  const states = values.get('states');
  if (states !== undefined) {
    for (const [state, entry] of byState(document, states, names, '"states"')) {
      const law = lawAt(document, entry.value);
      ofState[state] = intern(law);
      overrides.push(pair(entry.key, JSON.stringify(law.text)));
    }
  }
  const missing = ofState.indexOf(-1);
  if (missing >= 0) {
    throw failAt(document, root, {
      code: 'E_REWARD_MISSING',
      message: `the state ${quoted(names[missing])} has no law of its reward`,
      wanted: 'a law for every state, or a "default"',
      hint: 'add "default": "uniform(0, 1)"',
    });
  }
  // A default that no state takes is dropped from the laws.
  const used = [...new Set(ofState)].sort((a, b) => a - b);
  const place = new Map(used.map((index, k) => [index, k]));
  const parts = [
    ...(fallback === undefined ? [] : [pair('default', JSON.stringify(laws[common].text))]),
    ...(states === undefined ? [] : [pair('states', `{${overrides.join(', ')}}`)]),
  ];
  const text = used.length === 1 ? laws[used[0]].text : `{${parts.join(', ')}}`;
  return {
    form: 'independent',
    text,
    laws: used.map((index) => laws[index]),
    ofState: ofState.map((index) => place.get(index)!),
  };
}

/** `{"features": {STATE: [x, …] or {FEATURE: x, …}}, "weights": LAW}`. Features that are not named are 0. */
export function parseFeatures(
  document: SourceDocument,
  root: Root,
  names: readonly string[],
  lawAt: LawAt,
): FeatureSpec {
  const values = keyed(document, root, ['features', 'weights'], ['features', 'weights']);
  const rows = byState(document, values.get('features')!, names, '"features"');
  const columns = new Map<string, number>();
  const table = new Map<number, Map<number, Rational>>();
  let length: number | undefined;
  for (const [state, { value }] of rows) {
    const row = new Map<number, Rational>();
    table.set(state, row);
    if (value.kind === 'object') {
      for (const entry of value.entries) {
        if (!columns.has(entry.key)) columns.set(entry.key, columns.size);
        row.set(columns.get(entry.key)!, numberAt(document, entry.value));
      }
    } else {
      const items = itemsOf(document, value, 'the features of a state', 'a list of numbers, or an object');
      if (length !== undefined && length !== items.length) {
        throw failAt(document, value, {
          code: 'E_REWARD_FORM',
          message: 'the states have lists of features of different lengths',
          found: `${items.length} numbers`,
          wanted: `${length} numbers, as before`,
        });
      }
      length = items.length;
      for (const [f, item] of items.entries()) row.set(f, numberAt(document, item));
    }
    if (length !== undefined && columns.size > 0) {
      throw failAt(document, value, {
        code: 'E_REWARD_FORM',
        message: 'features are lists for some states and objects for others',
        found: describeNode(value),
        wanted: 'one of the two for all states',
      });
    }
  }
  const count = length ?? columns.size;
  if (count === 0) {
    throw failAt(document, values.get('features')!, {
      code: 'E_REWARD_FORM',
      message: 'there are no features',
      wanted: 'at least one feature of one state',
    });
  }
  const features = names.map((_, s) =>
    Array.from({ length: count }, (_, f) => writtenText(table.get(s)?.get(f) ?? ZERO)),
  );
  const weights = lawAt(document, values.get('weights')!);
  const body = rows.map(([s, { key }]) => pair(key, `[${features[s].map(jsonNumber).join(', ')}]`));
  const text = `{${pair('features', `{${body.join(', ')}}`)}, ${pair('weights', JSON.stringify(weights.text))}}`;
  return { form: 'features', text, features, weights };
}

/** `{"functions": [{"weight": p, "reward": {STATE: value, …}}, …]}`, weights summing to exactly 1. */
export function parseList(document: SourceDocument, root: Root, names: readonly string[]): ListSpec {
  const list = keyed(document, root, ['functions'], ['functions']).get('functions')!;
  const items = itemsOf(document, list, '"functions"', 'a list of objects with "weight" and "reward"');
  let total = ZERO;
  const texts: string[] = [];
  const functions = items.map((item) => {
    const wanted = 'an object with "weight" and "reward"';
    if (item.kind !== 'object') throw wrongKind(document, item, 'an item of "functions"', wanted);
    const values = keyed(document, item, ['weight', 'reward'], ['weight', 'reward']);
    const node = values.get('weight')!;
    const weight = numberAt(document, node);
    if (weight.compare(ZERO) < 0) {
      throw failAt(document, node, {
        code: 'E_REWARD_PARAMETER',
        message: 'a weight cannot be negative',
        found: describeNode(node),
        wanted: 'a probability; all of them sum to 1',
      });
    }
    total = total.add(weight);
    const { reward, text } = vectorAt(document, values.get('reward')!, names, '"reward"');
    texts.push(`{${pair('weight', jsonNumber(writtenText(weight)))}, ${pair('reward', text)}}`);
    return { weight: writtenText(weight), reward };
  });
  if (!total.equals(ONE)) {
    throw failAt(document, list, {
      code: 'E_REWARD_SUM',
      message: `the weights of the reward functions sum to ${rationalText(total)}`,
      found: rationalText(total),
      wanted: 'exactly 1',
      hint: 'weights are probabilities; write fractions such as "1/3" where decimals are rounded',
    });
  }
  return { form: 'list', text: `{${pair('functions', `[${texts.join(', ')}]`)}}`, functions };
}

/** `{"orbit": {STATE: value, …}}` */
export function parseOrbit(document: SourceDocument, root: Root, names: readonly string[]): OrbitSpec {
  const node = keyed(document, root, ['orbit'], ['orbit']).get('orbit')!;
  const { reward, text } = vectorAt(document, node, names, '"orbit"');
  return { form: 'orbit', text: `{${pair('orbit', text)}}`, reward };
}

/** The values of an object by key. @throws {UserError} input: E_UNKNOWN_KEY, E_REWARD_FORM (a key is missing) */
function keyed(
  document: SourceDocument,
  root: Root,
  allowed: readonly string[],
  required: readonly string[],
): ReadonlyMap<string, SyntaxNode> {
  for (const entry of root.entries) {
    if (allowed.includes(entry.key)) continue;
    const hint = didYouMean(entry.key, [...allowed, 'features', 'functions', 'orbit']);
    throw failAt(document, entry, {
      code: 'E_UNKNOWN_KEY',
      message: `this form of a reward has no key ${quoted(entry.key)}`,
      found: quoted(entry.key),
      wanted: `only ${allowed.map((key) => `"${key}"`).join(' and ')}`,
      hint: hint ?? 'laws of single states stand under "states"',
    });
  }
  const values = new Map(root.entries.map(({ key, value }) => [key, value]));
  const missing = required.find((key) => !values.has(key));
  if (missing === undefined) return values;
  throw failAt(document, root, {
    code: 'E_REWARD_FORM',
    message: `"${missing}" is missing`,
    wanted: `an object with ${required.map((key) => `"${key}"`).join(' and ')}`,
  });
}

/** The entries of an object whose keys are states, with the states' indices, in the order written. */
function byState(
  document: SourceDocument,
  node: SyntaxNode,
  names: readonly string[],
  what: string,
): [number, SyntaxEntry][] {
  const states: StateNames = { names, index: new Map(names.map((name, s) => [name, s])) };
  return entriesOf(document, node, what, 'an object whose keys are states').map((entry) => [
    stateNamed(document, entry, entry.key, states),
    entry,
  ]);
}

function vectorAt(
  document: SourceDocument,
  node: SyntaxNode,
  names: readonly string[],
  what: string,
): { reward: string[]; text: string } {
  const reward = names.map(() => '0');
  const parts = byState(document, node, names, what).map(([state, { key, value }]) => {
    reward[state] = writtenText(numberAt(document, value));
    return pair(key, jsonNumber(reward[state]));
  });
  return { reward, text: `{${parts.join(', ')}}` };
}

function numberAt(document: SourceDocument, node: SyntaxNode): Rational {
  const text = node.kind === 'number' ? node.literal : node.kind === 'string' ? node.value : undefined;
  if (text === undefined) throw wrongKind(document, node, 'a reward', 'a number, or a text such as "1/3"');
  return exactNumber(text, (parts) => failAt(document, node, parts));
}

const pair = (key: string, value: string): string => `${JSON.stringify(key)}: ${value}`;
const jsonNumber = (text: string): string => (text.includes('/') ? JSON.stringify(text) : text);
