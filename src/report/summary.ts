import { heading } from './block.js';
import type { ResultDocument } from './document.js';
import { formatQuantity } from './format.js';
import { assertionTable } from './tables/assertions.js';
import { markdownText } from './writers/markdown.js';

/** The assertions of a result as a section of Markdown, for the summary page of a CI job; a blank line at its end. */
export function assertionSummary({ model, assertions = [], parameters }: ResultDocument): string {
  const count = (outcome: string): number => assertions.filter((row) => row.outcome === outcome).length;
  const [failing, undecided] = [count('fails'), count('undecided')];
  const verdict =
    failing + undecided === 0
      ? `all ${formatQuantity(assertions.length, 'claim')} hold`
      : `${failing} of ${formatQuantity(assertions.length, 'claim')} fail, ${undecided} undecided`;
  const { columns, rows, notes } = assertionTable(assertions, parameters);
  const table = { title: verdict, columns, rows, notes };
  return `${markdownText([heading(model.name), { kind: 'table', table }])}\n`;
}
