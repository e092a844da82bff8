import { fillChoiceClasses } from './choice-classes.js';
import { filled, type IntegerList, integerList, push } from './integer-list.js';
import type { Mdp } from './model.js';
import { type ProbabilityTable, ZERO_INDEX } from './probability-table.js';
import { exactProbabilities } from './quotients.js';

/** The rows of a model while it is being read or made; choices come state by state. */
export interface RowList {
  readonly choicePtr: IntegerList;
  readonly rowPtr: IntegerList;
  readonly successor: IntegerList;
  /** index of each transition's probability in the table */
  readonly index: IntegerList;
  readonly actions: string[];
}

export function rowList(): RowList {
  const rows = {
    choicePtr: integerList(),
    rowPtr: integerList(),
    successor: integerList(),
    index: integerList(),
    actions: [],
  };
  push(rows.choicePtr, 0);
  push(rows.rowPtr, 0);
  return rows;
}

/** Appends one choice to the state that is being read: its successors (distinct, any order) with their probabilities. */
export function addRow(
  rows: RowList,
  action: string,
  successor: readonly number[],
  index: readonly number[],
): void {
  rows.actions.push(action);
  let isSorted = true;
  for (let k = 1; k < successor.length; k++) if (successor[k - 1]! > successor[k]!) isSorted = false;
  if (isSorted) {
    for (let k = 0; k < successor.length; k++) addTransition(rows, successor[k]!, index[k]!);
  } else {
    const order = successor.map((_, k) => k).sort((a, b) => successor[a]! - successor[b]!);
    for (const k of order) addTransition(rows, successor[k]!, index[k]!);
  }
  push(rows.rowPtr, rows.successor.length);
}

function addTransition(rows: RowList, successor: number, index: number): void {
  if (index === ZERO_INDEX) return;
  push(rows.successor, successor);
  push(rows.index, index);
}

/** Ends the state that is being read. */
export function endState(rows: RowList): void {
  push(rows.choicePtr, rows.actions.length);
}

type Arrays = Pick<
  Mdp,
  | 'stateCount'
  | 'choiceCount'
  | 'transitionCount'
  | 'choicePtr'
  | 'rowPtr'
  | 'successor'
  | 'probability'
  | 'exact'
  | 'choiceClass'
>;

/** The rows as typed arrays on one SharedArrayBuffer, with the class of every choice. */
export function compressedRows(rows: RowList, table: ProbabilityTable): Arrays {
  const stateCount = rows.choicePtr.length - 1;
  const choiceCount = rows.actions.length;
  const transitionCount = rows.successor.length;
  const integers = stateCount + 1 + choiceCount + 1 + 2 * transitionCount + choiceCount;
  const memory = new SharedArrayBuffer(8 * transitionCount + 4 * integers);
  let offset = 8 * transitionCount;
  const room = (length: number): Int32Array => {
    const view = new Int32Array(memory, offset, length);
    offset += view.byteLength;
    return view;
  };
  const kept = (list: IntegerList): Int32Array => {
    const view = room(list.length);
    view.set(filled(list));
    return view;
  };
  const arrays = {
    choicePtr: kept(rows.choicePtr),
    rowPtr: kept(rows.rowPtr),
    successor: kept(rows.successor),
    index: kept(rows.index),
  };
  const { index, ...pointers } = arrays;
  const probability = new Float64Array(memory, 0, transitionCount);
  for (let k = 0; k < transitionCount; k++) probability[k] = table.doubles[index[k]!]!;
  const choiceClass = room(choiceCount);
  fillChoiceClasses(arrays, choiceClass);
  return {
    stateCount,
    choiceCount,
    transitionCount,
    ...pointers,
    probability,
    exact: exactProbabilities(table.values, index),
    choiceClass,
  };
}
