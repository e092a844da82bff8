import { quoted, usageError } from '../errors.js';

/** A command-line option as data. */
export interface Option<T> {
  /** as commander writes it: `--samples <n>`, `--quiet` */
  readonly flags: string;
  readonly help: string;
  /** @throws {UserError} usage, if the text means nothing */
  readonly parse: (text: string) => T;
  /** the value where the option is not given, and how the help shows it */
  readonly fallback: T;
  readonly fallbackText?: string;
  readonly choices?: readonly string[];
  /** every use of the option adds to a list; otherwise a second use is refused */
  readonly repeatable?: boolean;
}

export type OptionSet = Readonly<Record<string, Option<unknown>>>;

export type Values<Options extends OptionSet> = {
  readonly [Key in keyof Options]: Options[Key] extends Option<infer T> ? T : never;
};

/** An option with a value; without it the fallback holds. */
export function option<T>(
  flags: string,
  help: string,
  parse: (text: string) => T,
  fallback: T,
  fallbackText?: string,
): Option<T> {
  return { flags, help, parse, fallback, ...(fallbackText === undefined ? {} : { fallbackText }) };
}

/** An option that may be left out: undefined then. */
export function optional<T>(flags: string, help: string, parse: (text: string) => T): Option<T | undefined> {
  return { flags, help, parse, fallback: undefined };
}

/** An option without a value: true if it is given. */
export function flag(flags: string, help: string): Option<boolean> {
  return { flags, help, parse: () => true, fallback: false };
}

/** An option with one of a few words. */
export function choice<const T extends string>(
  flags: string,
  help: string,
  choices: readonly T[],
  fallback: T,
): Option<T>;
export function choice<const T extends string>(
  flags: string,
  help: string,
  choices: readonly T[],
): Option<T | undefined>;
export function choice(
  flags: string,
  help: string,
  choices: readonly string[],
  fallback?: string,
): Option<string | undefined> {
  return {
    flags,
    help,
    parse: (text) => text,
    fallback,
    choices,
    ...(fallback === undefined ? {} : { fallbackText: fallback }),
  };
}

/** An option that may be given several times: the list of its values. */
export function repeated(flags: string, help: string): Option<readonly string[]> {
  return { flags, help, parse: (text) => [text], fallback: [], repeatable: true };
}

/** Any text. */
export function text(value: string): string {
  return value;
}

/** `samples` of `-n, --samples <n>`. */
export function longName({ flags }: Option<unknown>): string {
  return /--([\w-]+)/.exec(flags)![1]!;
}

/** The value that a text means for an option. @throws {UserError} usage, if it means nothing */
export function readValue(option: Option<unknown>, text: string): unknown {
  const { choices, parse } = option;
  if (choices === undefined || choices.includes(text)) return parse(text);
  throw usageError(`--${longName(option)} cannot be ${quoted(text)}`, {
    found: quoted(text),
    wanted: choices.join(', '),
  });
}
