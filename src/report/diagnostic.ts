import { type Diagnostic, harmless, type Place } from '../errors.js';

/** Longest message in bytes, so that no input can flood a log. */
const LARGEST_MESSAGE = 2000;
/** Columns of source text that are shown around the caret. */
const SHOWN_COLUMNS = 80;

/**
 * A diagnostic as lines of plain text without a newline at the end:
 *
 *     error[E_ROW_SUM] model.json:7:14 (/transitions/start/go): the probabilities of this row sum to 0.999999
 *       7 |     "go": { "a": 0.5, "b": 0.499999 }
 *         |           ^
 *       found: 0.999999   wanted: exactly 1 (within 1e-12)
 *       help: …
 *
 * Codes that begin with W are warnings. Whatever the user wrote is shown in a form that cannot act on a terminal, and the
 * whole is at most 2 kB of UTF-8.
 */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, place, found, wanted, hint } = diagnostic;
  const severity = code.startsWith('W') ? 'warning' : 'error';
  const where = place === undefined ? '' : ` ${placeText(place)}`;
  const facts = [
    ...(found === undefined ? [] : [`found: ${shown(found, 200)}`]),
    ...(wanted === undefined ? [] : [`wanted: ${shown(wanted, 300)}`]),
  ];
  const lines = [
    `${severity}[${shown(code, 40)}]${where}: ${shown(message, 400)}`,
    ...(place === undefined ? [] : excerpt(place)),
    ...(facts.length === 0 ? [] : factLines(facts)),
    ...(hint === undefined ? [] : [`  help: ${shown(hint, 300)}`]),
  ];
  return cutToBytes(lines.join('\n'), LARGEST_MESSAGE);
}

/** `model.json:7:14 (/transitions/start/go)`, as much of it as is known. */
function placeText({ source, line, column, byte, pointer }: Place): string {
  const inText = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  const position = byte === undefined ? inText : ` at byte ${byte}`;
  const path =
    pointer === undefined || pointer === '' ? '' : ` (${cutMiddle(harmless(pointer.slice(0, 2000)), 160)})`;
  return `${cutMiddle(harmless(source), 160)}${position}${path}`;
}

/** The source line and a caret under the column; of a long line only what is around the column. */
function excerpt({ line, column, sourceLine }: Place): string[] {
  if (line === undefined || column === undefined || sourceLine === undefined || sourceLine === '') return [];
  const at = column - 1;
  const start =
    sourceLine.length <= SHOWN_COLUMNS
      ? 0
      : Math.max(0, Math.min(at - 30, sourceLine.length - SHOWN_COLUMNS));
  const end = start + SHOWN_COLUMNS;
  const visible = (from: number, to: number): string =>
    harmless(sourceLine.slice(from, to).replaceAll('\t', ' '));
  const before = (start > 0 ? '…' : '') + visible(start, at);
  const after = visible(at, end) + (end < sourceLine.length ? '…' : '');
  const number = String(line);
  return [
    `  ${number} | ${before}${after}`,
    `  ${' '.repeat(number.length)} | ${' '.repeat(before.length)}^`,
  ];
}

/** Found and wanted on one line if they fit, else on two. */
function factLines(facts: readonly string[]): string[] {
  const together = `  ${facts.join('   ')}`;
  return together.length <= 100 ? [together] : facts.map((fact) => `  ${fact}`);
}

function shown(text: string, limit: number): string {
  const safe = harmless(text.slice(0, limit + 1));
  return safe.length <= limit ? safe : `${safe.slice(0, limit)}…`;
}

function cutMiddle(text: string, limit: number): string {
  const half = limit / 2;
  return text.length <= limit ? text : `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** At most `limit` bytes of UTF-8, cut between characters. */
function cutToBytes(text: string, limit: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return text;
  let end = limit - 3;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return `${new TextDecoder().decode(bytes.subarray(0, end))}…`;
}
