import { type Diagnostic, inputError, quoted } from '../errors.js';
import { addRow, endState, type RowList, rowList } from './csr.js';
import { failAt, placeOf, pointerStep } from './locate.js';
import { checkName, describeNode, nameOf } from './names.js';
import { readProbability } from './probability.js';
import {
  ONE_INDEX,
  type ProbabilityTable,
  valueIndex,
  type WrittenProbability,
  writtenIndex,
} from './probability-table.js';
import type { Quotient } from './quotients.js';
import {
  entriesOf,
  refuseTwin,
  type SeenNames,
  type StateNames,
  stateNamed,
  wrongKind,
} from './read-values.js';
import { exactSum, nearlyOne, ROW_TOLERANCE, sumText } from './row-sum.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';

/** What reading the transitions needs to know, and what it gathers. */
interface Reading {
  readonly document: SourceDocument;
  readonly states: StateNames;
  readonly table: ProbabilityTable;
  readonly rows: RowList;
  readonly normalizeRows: boolean;
  /** rows that were normalised: within the tolerance, and beyond it as asked for */
  readonly rounded: NormalizedRows;
  readonly normalized: NormalizedRows;
}

interface NormalizedRows {
  count: number;
  first?: { readonly entry: SyntaxEntry; readonly sum: Quotient };
}

const ACTIONS = 'an object of actions, such as {"go": "goal"}';
const DISTRIBUTION = 'a state, or an object of states and probabilities that sum to 1';

/**
 * Reads `transitions` and `terminal`: the rows of every state in the order of `states`.
 * @param terminal  states that have one action `stay`, to themselves
 * @returns the rows, and notes on those that had to be normalised
 * @throws {UserError} input: E_SCHEMA, E_UNKNOWN_STATE, E_NO_ACTIONS, E_TERMINAL, E_ACTION_NAME, E_ROW_SUM, E_PROB_…
 */
export function readTransitions(
  document: SourceDocument,
  node: SyntaxNode,
  states: StateNames,
  terminal: ReadonlySet<number>,
  table: ProbabilityTable,
  normalizeRows: boolean,
): { rows: RowList; notes: Diagnostic[] } {
  const reading: Reading = {
    document,
    states,
    table,
    rows: rowList(),
    normalizeRows,
    rounded: { count: 0 },
    normalized: { count: 0 },
  };
  const entries: (SyntaxEntry | undefined)[] = new Array(states.names.length);
  for (const entry of entriesOf(document, node, '"transitions"', 'an object of states')) {
    entries[stateNamed(document, entry, entry.key, states)] = entry;
  }
  for (const [state, name] of states.names.entries()) {
    const entry = entries[state];
    if (entry !== undefined && terminal.has(state)) throw bothTerminal(document, entry);
    if (entry !== undefined) readActions(reading, entry);
    else if (terminal.has(state)) addRow(reading.rows, 'stay', [state], [ONE_INDEX]);
    else throw noRow(document, state, name);
    endState(reading.rows);
  }
  return { rows: reading.rows, notes: [...notesOf(reading)] };
}

function readActions(reading: Reading, row: SyntaxEntry): void {
  const { document } = reading;
  const actions = entriesOf(document, row.value, `the row of state ${quoted(row.key)}`, ACTIONS);
  if (actions.length === 0) {
    throw failAt(document, row, {
      code: 'E_NO_ACTIONS',
      message: `the state ${quoted(row.key)} has no actions`,
      found: 'an empty object',
      wanted: ACTIONS,
      hint: absorbingHint(row.key),
    });
  }
  const seen: SeenNames = { names: [] };
  for (const action of actions) {
    checkName(document, action, action.key, 'E_ACTION_NAME');
    refuseTwin(document, action, action.key, seen, { code: 'E_ACTION_NAME', what: 'action' });
    readRow(reading, action);
  }
}

function readRow(reading: Reading, action: SyntaxEntry): void {
  const { document, states, table, rows } = reading;
  const name = nameOf(document, action.value);
  if (name !== undefined) {
    addRow(rows, action.key, [stateNamed(document, action.value, name, states)], [ONE_INDEX]);
    return;
  }
  const what = `the action ${quoted(action.key)}`;
  const entries = entriesOf(document, action.value, what, DISTRIBUTION);
  if (entries.length === 0) throw wrongKind(document, action.value, what, DISTRIBUTION);
  const successor = entries.map((entry) => stateNamed(document, entry, entry.key, states));
  const written = entries.map((entry) => readProbability(table, document, entry));
  addRow(rows, action.key, successor, summingToOne(reading, action, written));
}

/** The probabilities of a row as indices into the table, normalised if their exact sum is not 1 but near enough. */
function summingToOne(
  reading: Reading,
  action: SyntaxEntry,
  written: readonly WrittenProbability[],
): number[] {
  const { document, table } = reading;
  const sum = exactSum(written);
  if (sum === undefined) {
    throw failAt(document, action, {
      code: 'E_LIMIT_NUMBER',
      message: 'the fractions of this row have no common denominator of less than 8192 bits',
      found: `${written.length} probabilities`,
      wanted: 'probabilities with fewer different denominators',
    });
  }
  if (sum.num === sum.den) return written.map((each) => writtenIndex(table, each));
  const near = nearlyOne(sum);
  if (sum.num === 0n || !(near || reading.normalizeRows)) throw rowSum(document, action, sum);
  const group = near ? reading.rounded : reading.normalized;
  group.first ??= { entry: action, sum };
  group.count++;
  return written.map(({ num, den }) => {
    const index = valueIndex(table, num * (sum.den / den), sum.num);
    if (table.doubles[index] !== 0 || num === 0n) return index;
    throw failAt(document, action, {
      code: 'E_PROB_PRECISION',
      message:
        'after normalising, a probability of this row is not 0, but double precision would round it to 0',
      found: `a sum of ${sumText(sum)}`,
      wanted: 'probabilities of at least 5e-324',
    });
  });
}

function rowSum(document: SourceDocument, action: SyntaxEntry, sum: Quotient): Error {
  return failAt(document, action, {
    code: 'E_ROW_SUM',
    message: `the probabilities of this row sum to ${sumText(sum)}`,
    found: sumText(sum),
    wanted: `exactly 1 (within ${ROW_TOLERANCE})`,
    hint:
      sum.num === 0n
        ? 'give at least one successor a positive probability'
        : 'write fractions such as "1/3", or let --normalize-rows divide every row by its sum (the result records it)',
  });
}

function noRow(document: SourceDocument, state: number, name: string): Error {
  const { root } = document;
  const list = root.kind === 'object' ? root.entries.find(({ key }) => key === 'states')!.value : root;
  const item = list.kind === 'array' ? list.items[state]! : list;
  return inputError({
    code: 'E_NO_ACTIONS',
    message: `the state ${quoted(name)} has no row in "transitions"`,
    place: { ...placeOf(document, item), pointer: `/transitions${pointerStep(name)}` },
    found: 'no row',
    wanted: `${ACTIONS} for every state that is not in "terminal"`,
    hint: absorbingHint(name),
  });
}

function bothTerminal(document: SourceDocument, entry: SyntaxEntry): Error {
  return failAt(document, entry, {
    code: 'E_TERMINAL',
    message: `the state ${quoted(entry.key)} is in "terminal" and has a row as well`,
    found: describeNode(entry.value),
    wanted: 'one of the two',
    hint: `remove it from "terminal", or remove its row`,
  });
}

function absorbingHint(name: string): string {
  return `a state that stays for ever is listed in "terminal": [${quoted(name, 30)}]`;
}

function* notesOf({ document, rounded, normalized }: Reading): Generator<Diagnostic> {
  const note = (code: string, rows: NormalizedRows, why: string): Diagnostic => ({
    code,
    message: `${rows.count === 1 ? '1 row was' : `${rows.count} rows were`} divided by the sum of ${rows.count === 1 ? 'its' : 'their'} probabilities, ${why}`,
    place: placeOf(document, rows.first!.entry),
    found: `a sum of ${sumText(rows.first!.sum)}${rows.count > 1 ? ' in the first' : ''}`,
  });
  if (rounded.count > 0)
    yield note('W_ROWS_ROUNDED', rounded, `which differed from 1 by at most ${ROW_TOLERANCE}`);
  if (normalized.count > 0) yield note('W_ROWS_NORMALIZED', normalized, 'as --normalize-rows asks');
}
