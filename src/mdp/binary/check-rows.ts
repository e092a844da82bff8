import { type Quotients, quotientAt } from '../quotients.js';
import { exactSum, sumText } from '../row-sum.js';
import { type BinaryFile, integersOf, refusedAt } from './open-binary.js';
import type { BinaryValues } from './read-values.js';

/** Sums of integers up to here are exact in doubles, with room for one more term. */
const SAFE = 2n ** 52n;

/** The rows of a file that keep all rules: pointers that ascend, known successors in order, exact sums of 1. */
export interface BinaryRows {
  readonly choicePtr: Int32Array;
  readonly rowPtr: Int32Array;
  readonly successor: Int32Array;
  readonly index: Int32Array;
}

/** Views of the rows, checked. @throws {UserError} input: E_NO_ACTIONS, E_BINARY, E_ROW_SUM, E_LIMIT_NUMBER */
export function checkedRows(file: BinaryFile, values: BinaryValues): BinaryRows {
  const { states, choices, transitions } = file.counts;
  const rows = {
    choicePtr: integersOf(file, 'choicePtr'),
    rowPtr: integersOf(file, 'rowPtr'),
    successor: integersOf(file, 'successor'),
    index: integersOf(file, 'value'),
  };
  checkPointers(file, 'choicePtr', rows.choicePtr, choices, 'E_NO_ACTIONS', 'a state has no actions');
  checkPointers(file, 'rowPtr', rows.rowPtr, transitions, 'E_ROW_SUM', 'a choice has no successors');
  checkRange(file, 'successor', rows.successor, states);
  checkRange(file, 'value', rows.index, file.counts.values);
  checkAscending(file, rows);
  checkSums(file, rows, values.quotients);
  return rows;
}

/** Pointers begin with 0, ascend by 1 at least, and end with `last`. */
function checkPointers(
  file: BinaryFile,
  name: 'choicePtr' | 'rowPtr',
  pointers: Int32Array,
  last: number,
  emptyCode: string,
  empty: string,
): void {
  for (let i = 0; i < pointers.length; i++) {
    const value = pointers[i]!;
    const isEnd = i === pointers.length - 1;
    if (i === 0 ? value === 0 : value > pointers[i - 1]! && (isEnd ? value === last : value < last)) continue;
    const isEmpty = i > 0 && value === pointers[i - 1];
    throw refusedAt(file, file.sections[name].offset + 4 * i, {
      code: isEmpty ? emptyCode : 'E_BINARY',
      message: isEmpty ? empty : `${name} does not ascend from 0 to ${last}`,
      found: `${name}[${i}] = ${value}`,
      wanted: i === 0 ? '0' : isEnd ? String(last) : `more than ${pointers[i - 1]} and less than ${last}`,
    });
  }
}

function checkRange(file: BinaryFile, name: 'successor' | 'value', numbers: Int32Array, count: number): void {
  for (let k = 0; k < numbers.length; k++) {
    if (numbers[k]! >= 0 && numbers[k]! < count) continue;
    throw refusedAt(file, file.sections[name].offset + 4 * k, {
      code: 'E_BINARY',
      message: `transition ${k} has an unknown ${name === 'value' ? 'probability' : 'successor'}`,
      found: `${name}[${k}] = ${numbers[k]}`,
      wanted: `0 … ${count - 1}`,
    });
  }
}

function checkAscending(file: BinaryFile, { rowPtr, successor }: BinaryRows): void {
  for (let c = 0; c + 1 < rowPtr.length; c++) {
    for (let k = rowPtr[c]! + 1; k < rowPtr[c + 1]!; k++) {
      if (successor[k]! > successor[k - 1]!) continue;
      throw refusedAt(file, file.sections.successor.offset + 4 * k, {
        code: 'E_BINARY',
        message: `the successors of choice ${c} do not ascend`,
        found: `${successor[k - 1]}, ${successor[k]}`,
        wanted: 'every successor of a choice once, in ascending order',
      });
    }
  }
}

/** Every row sums to 1 exactly: in doubles that hold integers over a common denominator where they are small, else in big ones. */
function checkSums(file: BinaryFile, { rowPtr, index }: BinaryRows, quotients: Quotients): void {
  const numerator = new Float64Array(quotients.length);
  /** 0 where it is too large */
  const denominator = new Float64Array(quotients.length);
  for (let i = 0; i < quotients.length; i++) {
    const { num, den } = quotientAt(quotients, i);
    if (den > SAFE) continue;
    numerator[i] = Number(num);
    denominator[i] = Number(den);
  }
  for (let c = 0; c + 1 < rowPtr.length; c++) {
    const [from, to] = [rowPtr[c]!, rowPtr[c + 1]!];
    let common = 0;
    let isSmall = true;
    for (let k = from; k < to; k++) {
      const i = index[k]!;
      if (numerator[i] === 0 && (denominator[i] !== 0 || quotientAt(quotients, i).num === 0n)) {
        throw refusedAt(file, file.sections.value.offset + 4 * k, {
          code: 'E_BINARY',
          message: `transition ${k} has probability 0`,
          found: '0',
          wanted: 'transitions of positive probability only',
        });
      }
      if (denominator[i] === 0) isSmall = false;
      if (denominator[i]! > common) common = denominator[i]!;
    }
    let sum = 0;
    for (let k = from; isSmall && k < to && sum <= common; k++) {
      const times = common / denominator[index[k]!]!;
      if (Number.isInteger(times) && times * denominator[index[k]!]! === common)
        sum += numerator[index[k]!]! * times;
      else isSmall = false;
    }
    if (!(isSmall && sum === common)) checkSumExactly(file, c, from, to, index, quotients);
  }
}

function checkSumExactly(
  file: BinaryFile,
  choice: number,
  from: number,
  to: number,
  index: Int32Array,
  quotients: Quotients,
): void {
  const sum = exactSum(Array.from(index.subarray(from, to), (i) => quotientAt(quotients, i)));
  if (sum !== undefined && sum.num === sum.den) return;
  throw refusedAt(file, file.sections.value.offset + 4 * from, {
    code: sum === undefined ? 'E_LIMIT_NUMBER' : 'E_ROW_SUM',
    message:
      sum === undefined
        ? `the fractions of choice ${choice} have no common denominator of less than 8192 bits`
        : `the probabilities of choice ${choice} sum to ${sumText(sum)}`,
    found: sum === undefined ? `${to - from} probabilities` : sumText(sum),
    wanted: 'exactly 1',
    hint: 'a binary file holds exact fractions; rounded rows are accepted in the text format only',
  });
}
