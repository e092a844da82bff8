import { ExitCode, inputError, usageError } from '../errors.js';
import { parseAssertion } from '../power/assertion/parse-assertion.js';
import type { Assertion } from '../power/assertion/syntax.js';
import type { AssertionRow } from '../power/result.js';
import type { ResultDocument } from '../report/document.js';
import { assertionSummary } from '../report/summary.js';
import { junitText } from '../report/writers/junit.js';
import type { Io } from './io.js';
import type { Values } from './option.js';
import type { gateOptions } from './options.js';
import { say } from './output.js';

export type GateValues = Values<typeof gateOptions>;

/**
 * The assertions of `--assert` and `--assert-file`, in this order. A file has one in each line; blank lines and lines that
 * begin with # say nothing. Also refuses, before any work is done, reports that could not be written.
 * @throws {UserError} usage, E_ASSERTION, E_IO
 */
export async function readAssertions(
  options: GateValues,
  inputs: readonly string[],
  io: Io,
): Promise<Assertion[]> {
  const { assert, assertFile, junit, githubSummary } = options;
  const assertions = assert.map((text) => parseAssertion({ text, source: '--assert' }));
  for (const path of assertFile) {
    const bytes = path === '-' ? await io.readStdin() : await io.readFile(path);
    const source = path === '-' ? 'standard input' : path;
    textOf(bytes, source)
      .split(/\r\n|\r|\n/)
      .forEach((text, index) => {
        if (!/^\s*(#|$)/.test(text)) assertions.push(parseAssertion({ text, source, line: index + 1 }));
      });
  }
  if (assertions.length === 0 && (assertFile.length > 0 || junit !== undefined || githubSummary)) {
    throw usageError('nothing is asserted', {
      wanted: 'at least one --assert, or a line in the --assert-file',
    });
  }
  if (junit !== undefined) await io.checkWritable(junit, [...inputs, ...assertFile]);
  if (githubSummary) summaryPath(io);
  return assertions;
}

/** Writes the reports on assertions that the options ask for. */
export async function writeGateReports(
  document: ResultDocument,
  { junit, githubSummary }: GateValues,
  quiet: boolean,
  io: Io,
): Promise<void> {
  if (junit !== undefined) {
    await io.writeFile(junit, junitText(document));
    if (!quiet) await say(`wrote ${junit}\n`, io);
  }
  if (githubSummary) await io.appendFile(summaryPath(io), assertionSummary(document));
}

/** 1 if any assertion fails, else 4 if any is undecided, else what the run ends with by itself. */
export function gateExitCode(rows: readonly AssertionRow[], otherwise: ExitCode): ExitCode {
  if (rows.some(({ outcome }) => outcome === 'fails')) return ExitCode.gateFailed;
  return rows.some(({ outcome }) => outcome === 'undecided') ? ExitCode.undecided : otherwise;
}

function summaryPath({ env }: Io): string {
  const path = env.GITHUB_STEP_SUMMARY ?? '';
  if (path !== '') return path;
  throw usageError('--github-summary has nowhere to write', {
    wanted: 'the variable GITHUB_STEP_SUMMARY, which GitHub Actions sets',
  });
}

function textOf(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw inputError({ code: 'E_ENCODING', message: 'this is not UTF-8 text', place: { source } });
  }
}
