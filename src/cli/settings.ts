import { inputError, type Place, quoted, UserError, usageError } from '../errors.js';
import type { SyntaxNode } from '../mdp/syntax.js';
import type { Io } from './io.js';
import { longName, type Option, readValue } from './option.js';

/** Options that can also be set by environment or file, by their long names. What names inputs and outputs cannot. */
export const SETTINGS: readonly string[] = [
  'gamma',
  'reward',
  'samples',
  'seed',
  'threads',
  'confidence',
  'simultaneous',
  'tolerance',
  'method',
  'normalize-rows',
  'format',
  'color',
  'progress',
  'quiet',
  'verbose',
];

const PREFIX = 'MDPOWER_';
/** Looked for in the working directory, in this order; the first one counts. */
const FILES = ['mdpower.config.json', 'mdpower.config.yaml', 'mdpower.config.yml'] as const;

/** The value of an option that was not given on the command line, and where it comes from. */
export interface Setting {
  readonly value: unknown;
  /** `MDPOWER_SEED`, or the name of the file */
  readonly origin: string;
}

/**
 * The settings of environment and file for a command's options; the environment goes before the file.
 *
 * @param options of the command, by any key
 * @param file    `--config`; without it a file in the working directory, if there is one
 * @returns by the keys of `options`; a setting that the command has no option for is left out
 * @throws {UserError} usage: a variable means nothing; E_CONFIG: the file has an unknown setting, or one that means nothing
 */
export async function readSettings(
  options: readonly (readonly [key: string, option: Option<unknown>])[],
  file: string | undefined,
  io: Io,
): Promise<ReadonlyMap<string, Setting>> {
  const settings = new Map<string, Setting>();
  const inFile = await readSettingsFile(file, io);
  for (const [key, option] of options) {
    const name = longName(option);
    if (!SETTINGS.includes(name)) continue;
    const variable = PREFIX + name.toUpperCase().replaceAll('-', '_');
    const text = io.env[variable];
    const written = inFile.get(name);
    if (text !== undefined && text !== '') {
      settings.set(key, { value: fromEnvironment(option, text, variable), origin: variable });
    } else if (written !== undefined)
      settings.set(key, { value: written.read(option), origin: written.origin });
  }
  return settings;
}

function fromEnvironment(option: Option<unknown>, text: string, variable: string): unknown {
  const refused = (found: UserError): UserError =>
    new UserError(found.exitCode, { ...found.diagnostic, place: { source: variable } });
  try {
    if (!isFlag(option)) return readValue(option, text);
    if (/^(1|true|yes|on)$/i.test(text)) return true;
    if (/^(0|false|no|off)$/i.test(text)) return false;
    throw usageError(`this variable cannot be ${quoted(text)}`, { found: quoted(text), wanted: '1 or 0' });
  } catch (error) {
    throw error instanceof UserError ? refused(error) : error;
  }
}

interface Written {
  readonly origin: string;
  read(option: Option<unknown>): unknown;
}

async function readSettingsFile(file: string | undefined, io: Io): Promise<ReadonlyMap<string, Written>> {
  let path = file;
  for (const name of FILES) if (path === undefined && (await io.exists(name))) path = name;
  if (path === undefined) return new Map();
  const [{ parseDocument }, { placeOf }, { didYouMean }] = await Promise.all([
    import('../mdp/document.js'),
    import('../mdp/locate.js'),
    import('../mdp/suggest.js'),
  ]);
  const document = parseDocument(await io.readFile(path), path, /\.ya?ml$/i.test(path) ? 'yaml' : 'json');
  const { root } = document;
  if (root.kind !== 'object') {
    throw refusal('settings are an object', placeOf(document, root), { wanted: '{"gamma": "0.5,0.9", ...}' });
  }
  return new Map(
    root.entries.map((entry): [string, Written] => {
      if (!SETTINGS.includes(entry.key)) {
        throw refusal(`there is no setting ${quoted(entry.key)}`, placeOf(document, entry), {
          found: quoted(entry.key),
          wanted: SETTINGS.join(', '),
          hint: didYouMean(entry.key, SETTINGS),
        });
      }
      const place = placeOf(document, entry.value);
      return [entry.key, { origin: document.source, read: (option) => fromNode(option, entry.value, place) }];
    }),
  );
}

function fromNode(option: Option<unknown>, node: SyntaxNode, place: Place): unknown {
  if (isFlag(option)) {
    if (node.kind === 'boolean') return node.value;
    throw refusal(`${longName(option)} is true or false`, place, { wanted: 'true or false' });
  }
  const text = textOf(node);
  if (text === undefined) {
    throw refusal(`${longName(option)} cannot be read from this`, place, {
      wanted: 'a text, a number, or a list of these',
    });
  }
  try {
    return readValue(option, text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, found, wanted, hint } = error.diagnostic;
    throw refusal(message, place, { found, wanted, hint });
  }
}

/** A scalar as it would stand on the command line, or several with commas between. */
function textOf(node: SyntaxNode): string | undefined {
  if (node.kind === 'string') return node.value;
  if (node.kind === 'number') return node.literal;
  if (node.kind !== 'array') return undefined;
  const texts = node.items.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join(',');
}

function isFlag({ flags }: Option<unknown>): boolean {
  return !flags.includes('<');
}

function refusal(
  message: string,
  place: Place,
  parts: { found?: string | undefined; wanted?: string | undefined; hint?: string | undefined },
): UserError {
  const known = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== undefined));
  return inputError({ code: 'E_CONFIG', message, place, ...known });
}
