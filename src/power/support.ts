import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { rationalOfDouble } from '../number/rational.js';
import type { RewardSource } from '../rewards/source.js';
import { solveAt } from '../solve/solve-at.js';
import { easyTolerance } from './tolerance.js';

/** Bounds of the POWER sample of each state that hold for every reward function the law can draw. */
export interface PowerSupport {
  /** Float64 (S), −Infinity where unbounded */
  readonly low: Float64Array;
  /** Float64 (S), Infinity where unbounded */
  readonly high: Float64Array;
  /** Uint8 (S): 1 where the law allows one POWER sample only, so that `low` and `high` differ by solver error alone */
  readonly certain: Uint8Array;
}

/**
 * The support of POWER samples, (1−γ)·max_a Σ_t P(t|s,a) V*(t), by solving the two reward functions that give every state
 * its least and its greatest reward: V* grows with R, so the samples of all others lie between. A state from which a state
 * of unbounded reward can be reached is unbounded on that side.
 */
export function powerSupport(mdp: Mdp, source: RewardSource, discount: Discount): PowerSupport {
  const S = mdp.stateCount;
  const bounds = Array.from({ length: S }, (_, s) => source.supportOf?.(s) ?? source.support);
  const ends = [0, 1].map((end) => bounds.map((bound) => bound[end]));
  // What stands in for an infinite reward touches only states that are unbounded anyhow.
  const standIn = ([low, high]: readonly [number, number], end: 0 | 1): number =>
    [[low, high][end], [high, low][end], 0].find(Number.isFinite) as number;
  const finite = ([0, 1] as const).map((end) => bounds.map((bound) => standIn(bound, end)));
  const least = finite[0].reduce((a, b) => Math.min(a, b));
  const greatest = finite[1].reduce((a, b) => Math.max(a, b));
  const size = Math.max(Math.abs(least), Math.abs(greatest)) || 1;

  const values = new Float64Array(2 * S);
  for (let s = 0; s < S; s++) [values[2 * s], values[2 * s + 1]] = [finite[0][s], finite[1][s]];
  const block = {
    columns: 2,
    values,
    rounded: false,
    exactColumn: (column: number) => finite[column].map(rationalOfDouble),
  };
  const { power, error } = solveAt(mdp, block, discount, {
    tolerance: easyTolerance(mdp, discount, greatest - least || size, size),
    decide: false,
  });

  const unbounded = ends.map((end) => reachers(mdp, (s) => !Number.isFinite(end[s])));
  const low = Float64Array.from({ length: S }, (_, s) =>
    unbounded[0][s] ? -Infinity : power[2 * s] - error[0],
  );
  const high = Float64Array.from({ length: S }, (_, s) =>
    unbounded[1][s] ? Infinity : power[2 * s + 1] + error[1],
  );
  const certain = Uint8Array.from({ length: S }, (_, s) =>
    high[s] - low[s] <= 2 * (error[0] + error[1]) ? 1 : 0,
  );
  return { low, high, certain };
}

/** Uint8 (S): 1 for the states from which some marked state is reached in one step or more, under some policy. */
function reachers(mdp: Mdp, isMarked: (state: number) => boolean): Uint8Array {
  const { stateCount, choicePtr, rowPtr, successor } = mdp;
  const predecessorPtr = new Int32Array(stateCount + 2);
  for (const t of successor) predecessorPtr[t + 2]++;
  for (let t = 0; t < stateCount; t++) predecessorPtr[t + 2] += predecessorPtr[t + 1];
  const predecessor = new Int32Array(successor.length);
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]]; k < rowPtr[choicePtr[s + 1]]; k++) {
      predecessor[predecessorPtr[successor[k] + 1]++] = s;
    }
  }
  const reached = new Uint8Array(stateCount);
  const queue: number[] = [];
  for (let t = 0; t < stateCount; t++) if (isMarked(t)) queue.push(t);
  for (const t of queue) {
    for (const s of predecessor.subarray(predecessorPtr[t], predecessorPtr[t + 1])) {
      if (reached[s] === 1) continue;
      reached[s] = 1;
      if (!isMarked(s)) queue.push(s);
    }
  }
  return reached;
}
