import type { Table } from './table.js';

/** A part of a report for people. A report is a list of these; the terminal and Markdown writers turn them to text. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly title?: string; readonly entries: readonly Fact[] }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] };

/** A label and what is said of it: `samples`, `100,000 reward functions`. */
export type Fact = readonly [label: string, text: string];

export function heading(text: string): Block {
  return { kind: 'heading', text };
}

export function facts(entries: readonly (Fact | false)[], title?: string): Block {
  const kept = entries.filter((entry) => entry !== false);
  return { kind: 'facts', entries: kept, ...(title === undefined ? {} : { title }) };
}

export function list(title: string, items: readonly string[]): Block {
  return { kind: 'list', title, items };
}
