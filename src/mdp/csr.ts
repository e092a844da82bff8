import type { Mdp } from './model.js';
import { type ProbabilityTable, ZERO_INDEX } from './probability-table.js';

/** The rows of a model while it is being read; choices come state by state. */
export interface RowList {
  readonly choicePtr: number[];
  readonly rowPtr: number[];
  readonly successor: number[];
  /** index of each transition's probability in the table */
  readonly index: number[];
  readonly actions: string[];
}

export function rowList(): RowList {
  return { choicePtr: [0], rowPtr: [0], successor: [], index: [], actions: [] };
}

/** Appends one choice to the state that is being read: its successors (distinct, any order) with their probabilities. */
export function addRow(
  rows: RowList,
  action: string,
  successor: readonly number[],
  index: readonly number[],
): void {
  rows.actions.push(action);
  const order = successor.map((_, k) => k).filter((k) => index[k] !== ZERO_INDEX);
  if (!order.every((k, i) => i === 0 || successor[order[i - 1]!]! < successor[k]!)) {
    order.sort((a, b) => successor[a]! - successor[b]!);
  }
  for (const k of order) {
    rows.successor.push(successor[k]!);
    rows.index.push(index[k]!);
  }
  rows.rowPtr.push(rows.successor.length);
}

/** Ends the state that is being read. */
export function endState(rows: RowList): void {
  rows.choicePtr.push(rows.actions.length);
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
  const int32 = (values: readonly number[]): Int32Array => {
    const view = new Int32Array(memory, offset, values.length);
    view.set(values);
    offset += view.byteLength;
    return view;
  };
  const probability = new Float64Array(memory, 0, transitionCount);
  for (let k = 0; k < transitionCount; k++) probability[k] = table.doubles[rows.index[k]!]!;
  return {
    stateCount,
    choiceCount,
    transitionCount,
    choicePtr: int32(rows.choicePtr),
    rowPtr: int32(rows.rowPtr),
    successor: int32(rows.successor),
    probability,
    exact: { values: table.values, index: int32(rows.index) },
    choiceClass: int32(choiceClasses(rows)),
  };
}

/** (C) the first choice of the same state with exactly the same row; probabilities of equal value have equal index. */
function choiceClasses({ choicePtr, rowPtr, successor, index }: RowList): number[] {
  const sameRow = (a: number, b: number): boolean => {
    const length = rowPtr[a + 1]! - rowPtr[a]!;
    if (length !== rowPtr[b + 1]! - rowPtr[b]!) return false;
    for (let k = 0; k < length; k++) {
      const [i, j] = [rowPtr[a]! + k, rowPtr[b]! + k];
      if (successor[i] !== successor[j] || index[i] !== index[j]) return false;
    }
    return true;
  };
  const hash = (c: number): number => {
    let mixed = 0;
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) {
      mixed = (Math.imul(mixed ^ successor[k]!, 0x9e3779b1) + index[k]!) | 0;
    }
    return mixed;
  };
  const classes: number[] = [];
  for (let s = 0; s + 1 < choicePtr.length; s++) {
    const firsts = new Map<number, number[]>();
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      const key = hash(c);
      const candidates = firsts.get(key) ?? [];
      const first = candidates.find((candidate) => sameRow(candidate, c));
      classes.push(first ?? c);
      if (first === undefined) firsts.set(key, [...candidates, c]);
    }
  }
  return classes;
}
