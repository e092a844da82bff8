import type { ModelContent } from '../binary/write-binary.js';
import { addRow, compressedRows, endState, type RowList, rowList } from '../csr.js';
import type { Mdp } from '../model.js';
import { ONE_INDEX, type ProbabilityTable, probabilityTable } from '../probability-table.js';

/** What a family says of a model beside its rows. */
interface PackedParts {
  readonly name: string;
  readonly description: string;
  readonly states: readonly string[];
  /** (S); no positions if absent */
  readonly layout?: Mdp['layout'];
}

/** The rows that a family is making, straight into typed arrays: some 8 bytes a transition. */
export interface RowWriter {
  readonly rows: RowList;
  readonly table: ProbabilityTable;
  /** an action with one successor */
  certain(action: string, successor: number): void;
}

/**
 * Makes a model without an object for each row; it is the one that `parseModel` reads from the same family's text.
 * @param writeState  writes the rows of a state; a state for which it writes none is terminal
 */
export function packed(
  parts: PackedParts,
  writeState: (state: number, writer: RowWriter) => void,
): ModelContent {
  const rows = rowList();
  const table = probabilityTable();
  const certainIndex = [ONE_INDEX];
  const writer: RowWriter = {
    rows,
    table,
    certain: (action, successor) => addRow(rows, action, [successor], certainIndex),
  };
  for (let s = 0; s < parts.states.length; s++) {
    const before = rows.actions.length;
    writeState(s, writer);
    if (rows.actions.length === before) writer.certain('stay', s);
    endState(rows);
  }
  const { name, description, states } = parts;
  return {
    ...compressedRows(rows, table),
    name,
    description,
    states,
    actions: rows.actions,
    start: 0,
    labels: new Map(),
    layout: parts.layout ?? new Array(states.length).fill(null),
  };
}
