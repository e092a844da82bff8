import type { Mdp } from '../mdp/model.js';
import { bandOrder } from './band-order.js';

/**
 * What solving needs of a model beside its arrays, worked out once per model. Rows are the *distinct* rows of each
 * state (exactly equal choices count once); D of them, with the same compressed form as the model.
 */
export interface Structure {
  readonly mdp: Mdp;
  readonly stateCount: number;
  readonly rowCount: number;
  /** Int32 (S+1): state s has the rows statePtr[s] … statePtr[s+1]−1 */
  readonly statePtr: Int32Array;
  /** Int32 (D+1): row r has the transitions rowPtr[r] … rowPtr[r+1]−1 of the two arrays below */
  readonly rowPtr: Int32Array;
  readonly successor: Int32Array;
  readonly probability: Float64Array;
  /** Int32 (D): the first choice with this row */
  readonly choiceOfRow: Int32Array;
  /** Int32 (C): the row of a choice */
  readonly rowOfChoice: Int32Array;
  /** Uint8 (D): 1 if the row has one successor, reached with probability 1 */
  readonly certain: Uint8Array;
  /** transitions of the longest row, for rounding bounds */
  readonly longestRow: number;
  /** Int32 (S): position of each state in an order of small bandwidth (reverse Cuthill–McKee) */
  readonly position: Int32Array;
  /** largest distance of two neighbours in that order; 0 if every row is certain */
  readonly bandwidth: number;
  /** multiply-adds of one elimination of the largest possible chain, an upper estimate; 0 if every row is certain */
  readonly eliminationWork: number;
}

const known = new WeakMap<Mdp, Structure>();

/** The structure of a model; the same object for the same model. */
export function structureOf(mdp: Mdp): Structure {
  const found = known.get(mdp);
  if (found !== undefined) return found;
  const structure = analyse(mdp);
  known.set(mdp, structure);
  return structure;
}

function analyse(mdp: Mdp): Structure {
  const { stateCount, choiceCount, choiceClass } = mdp;
  const rowOfChoice = new Int32Array(choiceCount);
  let rowCount = 0;
  let transitions = 0;
  for (let c = 0; c < choiceCount; c++) {
    if (choiceClass[c] !== c) continue;
    rowCount++;
    transitions += mdp.rowPtr[c + 1]! - mdp.rowPtr[c]!;
  }
  // Where no choices are equal, the arrays of the model are those of its rows.
  const areDistinct = rowCount === choiceCount;
  const choiceOfRow = new Int32Array(rowCount);
  const statePtr = new Int32Array(stateCount + 1);
  const rowPtr = new Int32Array(rowCount + 1);
  let row = 0;
  for (let s = 0; s < stateCount; s++) {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (choiceClass[c] !== c) {
        rowOfChoice[c] = rowOfChoice[choiceClass[c]!]!;
        continue;
      }
      rowOfChoice[c] = row;
      choiceOfRow[row] = c;
      rowPtr[row + 1] = rowPtr[row]! + mdp.rowPtr[c + 1]! - mdp.rowPtr[c]!;
      row++;
    }
    statePtr[s + 1] = row;
  }
  const successor = areDistinct ? mdp.successor : new Int32Array(transitions);
  const probability = areDistinct ? mdp.probability : new Float64Array(transitions);
  const certain = new Uint8Array(choiceOfRow.length);
  let longestRow = 0;
  for (let r = 0; r < choiceOfRow.length; r++) {
    const c = choiceOfRow[r]!;
    if (!areDistinct) {
      successor.set(mdp.successor.subarray(mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!), rowPtr[r]!);
      probability.set(mdp.probability.subarray(mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!), rowPtr[r]!);
    }
    const length = rowPtr[r + 1]! - rowPtr[r]!;
    certain[r] = length === 1 ? 1 : 0;
    longestRow = Math.max(longestRow, length);
  }
  const allCertain = longestRow === 1;
  const { position, bandwidth } = allCertain
    ? { position: new Int32Array(stateCount), bandwidth: 0 }
    : bandOrder(mdp);
  return {
    mdp,
    stateCount,
    rowCount,
    statePtr,
    rowPtr,
    successor,
    probability,
    choiceOfRow,
    rowOfChoice,
    certain,
    longestRow,
    position,
    bandwidth,
    eliminationWork: allCertain ? 0 : eliminationWork(stateCount, bandwidth),
  };
}

/** Whether `rows`, in order, are all rows of the states with several. */
export function comparesAllRows({ stateCount, statePtr }: Structure, rows: Int32Array): boolean {
  let n = 0;
  for (let s = 0; s < stateCount; s++) {
    if (statePtr[s + 1]! - statePtr[s]! === 1) continue;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) if (rows[n++] !== r) return false;
  }
  return n === rows.length;
}

/** Multiply-adds of eliminating n states whose matrix has this half bandwidth. */
export function eliminationWork(n: number, bandwidth: number): number {
  return Math.min(n * bandwidth * bandwidth, (n * n * n) / 3);
}

/** Bytes of the largest band that policies are evaluated in. */
const LARGEST_BAND = 2 ** 25;

/** Bytes of the band of eight chains; 0 for models that need none, or too large a one. */
export function bandBytes({ stateCount, bandwidth }: Structure): number {
  const bytes = 64 * stateCount * (2 * bandwidth + 1);
  return bandwidth === 0 || bytes > LARGEST_BAND ? 0 : bytes;
}
