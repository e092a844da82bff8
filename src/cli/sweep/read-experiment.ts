import { ExitCode, inputError, quoted, UserError } from '../../errors.js';
import { parseDocument } from '../../mdp/document.js';
import { failAt, placeOf, pointerStep } from '../../mdp/locate.js';
import { checkName } from '../../mdp/names.js';
import { refuseTwin, type SeenNames } from '../../mdp/read-values.js';
import { didYouMean } from '../../mdp/suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from '../../mdp/syntax.js';
import { type Discount, parseDiscountList } from '../../number/discount.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import { type Format, formatOfPath } from '../../report/formats.js';
import { type Option, readValue } from '../option.js';
import { estimateOptions } from '../options.js';
import { entriesOf, nodeAt, plain, textAt, wrong } from './experiment-nodes.js';
import { EXPERIMENT_KEYS, experimentProblem } from './experiment-schema.js';
import { type ModelSource, readModelSource } from './read-model-source.js';

/** Something named in an experiment, and where it stands, for errors that are found later. */
interface Named<T> {
  readonly name: string;
  readonly value: T;
  /** an error about it, at its place */
  readonly fail: (error: UserError) => UserError;
}

/** What a slip is, as it was written. */
export interface Slip {
  readonly text: string;
  readonly exact: Rational;
}

interface Output {
  readonly file: string;
  readonly format: Format;
  readonly rows: 'power' | 'optimality';
}

/** An experiment file, checked as far as it can be without its models. */
export interface Experiment {
  readonly name: string | undefined;
  readonly models: readonly Named<ModelSource>[];
  /** undefined: each model's own law, else uniform(0, 1) */
  readonly rewards: readonly Named<string | SourceDocument>[] | undefined;
  readonly gamma: readonly Discount[] | undefined;
  /** undefined: the models as they are */
  readonly slips: readonly Slip[] | undefined;
  readonly command: 'power' | 'optimality' | 'analyze';
  /** values of options by their keys, where they are given */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Output[];
}

/** Keys that mean what the option of the same name means. */
const SETTINGS = ['samples', 'seed', 'confidence', 'simultaneous', 'tolerance', 'method'] as const;
/** Names of files that a result folder has anyway. */
const TAKEN: readonly string[] = ['manifest.json', 'experiment.json', 'experiment.yaml', 'cells', 'models'];

/**
 * Reads an experiment file.
 * @throws {UserError} input, with place: syntax, E_UNKNOWN_KEY, E_EXPERIMENT and what the values themselves are refused for
 */
export function readExperiment(bytes: Uint8Array, source: string, format: 'json' | 'yaml'): Experiment {
  const document = parseDocument(bytes, source, format);
  const { root } = document;
  if (root.kind !== 'object')
    throw wrong(document, root, 'an experiment is an object', 'an object with "models"');
  for (const entry of root.entries) checkKey(document, entry);
  const problem = experimentProblem(plain(root));
  if (problem !== undefined)
    throw wrong(document, nodeAt(root, problem.path), problem.message, undefined, problem.path);
  const at = (key: string): SyntaxNode | undefined =>
    entriesOf(root).find((entry) => entry.key === key)?.value;
  const gamma = at('gamma');
  const slip = at('slip');
  const rewards = at('rewards');
  const name = at('name');
  return {
    name: name?.kind === 'string' ? named(document, name, name.value) : undefined,
    models: namesOf(document, at('models')!, 'model', (node) => readModelSource(document, node)),
    rewards: rewards && namesOf(document, rewards, 'law', (node, { key }) => rewardAt(document, node, key)),
    gamma: gamma && located(document, gamma, () => parseDiscountList(itemTexts(gamma).join(','))),
    slips: slip && slipsOf(document, slip),
    command: (textAt(at('command')) ?? 'power') as Experiment['command'],
    settings: settingsOf(document, at),
    outputs: entriesOf(at('outputs')).map((entry) => outputOf(document, entry)),
  };
}

function checkKey(document: SourceDocument, entry: SyntaxEntry): void {
  if (EXPERIMENT_KEYS.includes(entry.key)) return;
  throw failAt(document, entry, {
    code: 'E_UNKNOWN_KEY',
    message: `an experiment has no key ${quoted(entry.key)}`,
    found: quoted(entry.key),
    wanted: `one of ${EXPERIMENT_KEYS.join(', ')}`,
    hint: didYouMean(entry.key, EXPERIMENT_KEYS) ?? 'mdpower schema experiment prints the schema',
  });
}

/** The entries of an object with checked names, none of which reads as another. */
function namesOf<T>(
  document: SourceDocument,
  node: SyntaxNode,
  what: string,
  read: (node: SyntaxNode, entry: SyntaxEntry) => T,
): Named<T>[] {
  const entries = entriesOf(node);
  if (entries.length === 0) throw wrong(document, node, `there is no ${what}`, `at least one ${what}`);
  const seen: SeenNames = { names: [] };
  return entries.map((entry) => {
    checkName(document, entry, entry.key, 'E_EXPERIMENT');
    refuseTwin(document, entry, entry.key, seen, { code: 'E_EXPERIMENT', what });
    const fail = (error: UserError): UserError => {
      const { place } = error.diagnostic;
      // A model file has places of its own.
      const isHere = place?.line === undefined || place.source === '--reward';
      return new UserError(error.exitCode === ExitCode.usage ? ExitCode.badInput : error.exitCode, {
        ...error.diagnostic,
        place: isHere ? placeOf(document, entry) : place,
      });
    };
    return { name: entry.key, value: read(entry.value, entry), fail };
  });
}

function rewardAt(document: SourceDocument, node: SyntaxNode, key: string): string | SourceDocument {
  return node.kind === 'string'
    ? node.value
    : { ...document, root: node, pointer: `/rewards${pointerStep(key)}` };
}

function slipsOf(document: SourceDocument, node: SyntaxNode): Slip[] {
  const seen = new Set<string>();
  return (node.kind === 'array' ? node.items : [node]).map((item) => {
    const text = (textAt(item) ?? '').trim();
    const exact = text.length <= 100 && !/e/i.test(text) ? writtenNumber(text) : undefined;
    if (exact === undefined || exact.compare(ZERO) < 0 || exact.compare(ONE) > 0) {
      throw wrong(document, item, 'a slip is a probability', 'a number from 0 to 1, such as 0.1 or 1/10');
    }
    if (seen.has(exact.toFraction())) throw wrong(document, item, 'this slip stands twice', 'each slip once');
    seen.add(exact.toFraction());
    return { text, exact };
  });
}

function settingsOf(
  document: SourceDocument,
  at: (key: string) => SyntaxNode | undefined,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const key of SETTINGS) {
    const node = at(key);
    if (node === undefined) continue;
    const option: Option<unknown> = estimateOptions[key];
    settings[key] =
      node.kind === 'boolean'
        ? node.value
        : located(document, node, () => readValue(option, textAt(node) ?? ''));
  }
  return settings;
}

function outputOf(document: SourceDocument, entry: SyntaxEntry): Output {
  const format = formatOfPath(entry.key);
  // What stands in a file must not write elsewhere, nor hide, nor be an option of another program.
  if (
    !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(entry.key) ||
    format === undefined ||
    TAKEN.includes(entry.key.toLowerCase())
  ) {
    throw wrong(
      document,
      entry,
      'this cannot be the name of an output',
      'letters, digits, _ . - and an extension: .csv, .tsv, .json, .jsonl, .md, .tex, .html, .txt',
    );
  }
  return { file: entry.key, format, rows: textAt(entry.value) as Output['rows'] };
}

/** What a value is refused for on the command line, with its place in the file. */
function located<T>(document: SourceDocument, node: SyntaxNode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw inputError({ ...error.diagnostic, code: 'E_EXPERIMENT', place: placeOf(document, node) });
  }
}

function named(document: SourceDocument, node: SyntaxNode, name: string): string {
  checkName(document, node, name, 'E_EXPERIMENT');
  return name;
}

function itemTexts(node: SyntaxNode): string[] {
  return (node.kind === 'array' ? node.items : [node]).map((item) => textAt(item) ?? '');
}
