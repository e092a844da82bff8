import { harmless } from '../../errors.js';
import type { AssertionRow } from '../../power/result.js';
import { cellText } from '../cell.js';
import type { ResultDocument } from '../document.js';

/**
 * The assertions of a result as JUnit XML, for the test reports of CI systems: a claim that fails is a failure, one that is
 * undecided an error. Without time stamps, so that equal runs give equal files.
 */
export function junitText({ model, assertions = [] }: ResultDocument): string {
  const count = (outcome: AssertionRow['outcome']): number =>
    assertions.filter((row) => row.outcome === outcome).length;
  const counts = `tests="${assertions.length}" failures="${count('fails')}" errors="${count('undecided')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mdpower" ${counts}>
  <testsuite name="${escaped(model.name)}" ${counts}>
${assertions.map((row) => testCase(row, model.name)).join('')}  </testsuite>
</testsuites>
`;
}

function testCase(row: AssertionRow, model: string): string {
  const name = row.gamma === null ? row.claim : `${row.claim} at gamma ${row.gamma}`;
  const opening = `    <testcase classname="${escaped(model)}" name="${escaped(name)}"`;
  if (row.outcome === 'holds') return `${opening}/>\n`;
  const element = row.outcome === 'fails' ? 'failure' : 'error';
  const { difference, low, high, exact, basis, evidence } = row;
  const shown =
    difference === null
      ? 'not known'
      : basis === 'proved'
        ? `${difference}`
        : cellText({ value: difference, low, high, exact });
  const reason = basis === 'theorem' ? evidence : `left - right is ${shown}, ${basis}`;
  const message = `${row.outcome}: ${reason}`;
  return `${opening}>\n      <${element} type="${row.outcome}" message="${escaped(message)}"/>\n    </testcase>\n`;
}

/** Text for an attribute of XML 1.0. */
function escaped(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}
