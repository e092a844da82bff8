import { displayWidth, shorten } from '../layout.js';
import { textWidth } from './text-width.js';

/** The most that a label of an axis or a legend takes, in pixels. */
export const LABEL_LIMIT = 240;

/**
 * For an axis or a legend: long labels are cut in the middle, because names that a program makes differ at their ends. The data keep
 * the whole names.
 */
export function shortLabels(labels: readonly string[]): { readonly labelExpr?: string } {
  const long = labels.filter((label) => textWidth({}, label) > LABEL_LIMIT);
  if (long.length === 0) return {};
  const short = Object.fromEntries(long.map((label) => [label, fitting(label)]));
  return { labelExpr: `${JSON.stringify(short)}[datum.label] || datum.label` };
}

function fitting(label: string): string {
  for (let columns = displayWidth(label) - 1; ; columns--) {
    const short = shorten(label, columns);
    if (columns <= 1 || textWidth({}, short) < LABEL_LIMIT) return short;
  }
}
