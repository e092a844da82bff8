import type { Option, OptionSet } from '../option.js';
import { readValue } from '../option.js';
import type { RunRequest } from './checkpoint-bytes.js';

/** Options of which no digit of a result depends: where it goes, and what is said beside it. */
const WITHOUT_DIGITS: readonly string[] = [
  'threads',
  'checkpoint',
  'timeout',
  'maxMemory',
  'progress',
  'verbose',
  'quiet',
  'color',
  'format',
  'output',
  'standalone',
  'uncertainty',
  'junit',
  'githubSummary',
  // What stands in these files counts, not their names.
  'reward',
  'assertFile',
];

/** The values of options as they would be written on the command line; those that are not given are left out. */
export function optionTexts(values: Readonly<Record<string, unknown>>): RunRequest['options'] {
  const texts = Object.entries(values).map(([key, value]): [string, string | string[] | true] | undefined => {
    if (value === undefined || value === false) return undefined;
    if (value === true) return [key, true];
    if (!Array.isArray(value)) return [key, String(value)];
    if (value.every((item) => typeof item === 'string')) return [key, value];
    return [key, value.map((item: { readonly text: string }) => item.text).join(',')];
  });
  return Object.fromEntries(texts.filter((entry) => entry !== undefined));
}

/** The options that a digit of the result can depend on, each as one text. */
export function digitTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(optionTexts(values)).filter(([key]) => !WITHOUT_DIGITS.includes(key));
  return Object.fromEntries(
    texts.map(([key, text]) => [key, typeof text === 'object' ? JSON.stringify(text) : String(text)]),
  );
}

/** The values that the texts mean. @throws {UserError} usage: one of them means nothing */
export function optionValues(options: OptionSet, texts: RunRequest['options']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, valueOfText(option, texts[key])]),
  );
}

function valueOfText(option: Option<unknown>, text: string | readonly string[] | true | undefined): unknown {
  if (text === undefined) return option.fallback;
  if (typeof text === 'object') return text.flatMap((item) => readValue(option, item) as unknown[]);
  return text === true ? true : readValue(option, text);
}
