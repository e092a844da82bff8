import { isRational, type Rational, rationalText } from '../number/rational.js';
import type { Mdp } from './model.js';
import { MODEL_KEYS, parseModel } from './parse.js';

/** A successor, for a deterministic action, or the probability of each successor. */
type ModelRow = string | Readonly<Record<string, Probability>>;

/** A double means its shortest decimal text (0.1 is 1/10); a text is a decimal or a fraction, such as `1/3`. */
export type Probability = number | string | Rational;

/**
 * The model file as a plain object: what generators make and what a library user writes. JavaScript puts keys that look like
 * integers first, in ascending order; where another order of such action names matters, `parseModel` takes text.
 */
export interface ModelFile {
  readonly $schema?: string;
  readonly mdpower?: 1;
  readonly name?: string;
  readonly description?: string;
  readonly source?: string;
  readonly states: readonly string[];
  /** the first state by default */
  readonly start?: string;
  /** state -> action -> successor or distribution */
  readonly transitions: Readonly<Record<string, Readonly<Record<string, ModelRow>>>>;
  /** states that only stay */
  readonly terminal?: readonly string[];
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** x to the right, y down */
  readonly layout?: Readonly<Record<string, readonly [number, number]>>;
  readonly reward?: string | Readonly<Record<string, unknown>>;
}

/**
 * Builds the model that a plain object describes, with every check of `parseModel`; its SHA-256 is that of `modelText`.
 * @throws {UserError} input: as `parseModel`; places are in the canonical text, pointers are those of the object
 */
export function buildModel(
  file: ModelFile,
  options: { readonly source?: string; readonly normalizeRows?: boolean } = {},
): Mdp {
  return parseModel(modelText(file), { source: 'model', ...options, format: 'json' });
}

/** The canonical JSON text of a model: one line, keys in the order of the format, fractions in lowest terms as texts. */
export function modelText(file: ModelFile): string {
  const given = new Map<string, unknown>(Object.entries(file));
  const keys = [...MODEL_KEYS, ...[...given.keys()].filter((key) => !MODEL_KEYS.includes(key))];
  const ordered = keys.map((key) => [key, key === 'mdpower' ? (given.get(key) ?? 1) : given.get(key)]);
  return JSON.stringify(Object.fromEntries(ordered), plainValue);
}

/**
 * JSON has neither rationals nor NaN: the one becomes a text that is read exactly, the other one that is refused. Rationals
 * are looked for in their place, as packages that share their class (mathjs does) give it a `toJSON` of their own.
 */
function plainValue(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const written = this[key];
  if (isRational(written)) return rationalText(written);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}
