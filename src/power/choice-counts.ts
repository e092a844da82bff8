import type { Mdp } from '../mdp/model.js';
import { Status } from '../solve/solution.js';

/**
 * How often each choice was optimal. The counts are whole numbers, so that adding them up is exact in any order; `share`
 * is not, and blocks are merged in their order.
 */
export interface ChoiceCounts {
  /** Float64 (C) samples in which the choice's class is certified the only optimal one of its state */
  readonly unique: Float64Array;
  /** Float64 (C) samples in which it is certified optimal together with another class */
  readonly tied: Float64Array;
  /** Float64 (C) samples in which neither optimal nor not optimal could be certified */
  readonly undecided: Float64Array;
  /**
   * Float64 (C) over the samples in which the class is not the only optimal one: sum of 1/(number of optimal classes),
   * with an undecided class counted as half optimal; `shareLost` is what rounding took from it (Neumaier 1974).
   */
  readonly share: Float64Array;
  readonly shareLost: Float64Array;
}

/** No samples yet. */
export function emptyChoiceCounts(choiceCount: number): ChoiceCounts {
  const zeros = (): Float64Array => new Float64Array(choiceCount);
  return { unique: zeros(), tied: zeros(), undecided: zeros(), share: zeros(), shareLost: zeros() };
}

/**
 * Counts a block of decisions.
 *
 * @param status   Uint8 (C·B), choice-major, as in Solution
 * @param columns  B
 * @param classes  Int32 (C): the first choice of the same state that counts as the same action
 */
export function countChoices(
  mdp: Mdp,
  status: Uint8Array,
  columns: number,
  classes: Int32Array,
): ChoiceCounts {
  const counts = emptyChoiceCounts(mdp.choiceCount);
  const weight = new Float64Array(columns);
  for (let s = 0; s < mdp.stateCount; s++) {
    const [from, to] = [mdp.choicePtr[s], mdp.choicePtr[s + 1]];
    let isShared = false;
    for (let c = from; c < to; c++) {
      for (let i = c * columns; i < (c + 1) * columns; i++) {
        if (status[i] === Status.unique) counts.unique[c]++;
        else if (status[i] === Status.tied) counts.tied[c]++;
        else if (status[i] === Status.undecided) counts.undecided[c]++;
      }
      isShared ||= counts.tied[c] > 0 || counts.undecided[c] > 0;
    }
    if (!isShared) continue;

    weight.fill(0);
    for (let c = from; c < to; c++) {
      if (classes[c] !== c) continue;
      for (let b = 0; b < columns; b++) weight[b] += optimalShare(status[c * columns + b]);
    }
    for (let c = from; c < to; c++) {
      for (let b = 0; b < columns; b++) {
        const current = status[c * columns + b];
        if (current === Status.tied || current === Status.undecided) {
          addCompensated(counts, c, optimalShare(current) / weight[b]);
        }
      }
    }
  }
  return counts;
}

/** Adds the samples of `other` to `into`. */
export function mergeChoiceCounts(into: ChoiceCounts, other: ChoiceCounts): void {
  for (let c = 0; c < into.unique.length; c++) {
    into.unique[c] += other.unique[c];
    into.tied[c] += other.tied[c];
    into.undecided[c] += other.undecided[c];
    addCompensated(into, c, other.share[c]);
    into.shareLost[c] += other.shareLost[c];
  }
}

/** How much of an optimal class a class of this status is: 1, 0, or 1/2 where it is not known. */
function optimalShare(status: number): number {
  return status === Status.notOptimal ? 0 : status === Status.undecided ? 0.5 : 1;
}

function addCompensated({ share, shareLost }: ChoiceCounts, c: number, value: number): void {
  const before = share[c];
  share[c] = before + value;
  shareLost[c] += before >= value ? before - share[c] + value : value - share[c] + before;
}
