import type { ReachedStates } from './reduction.js';

/**
 * Discounted maxima of rewards, for each column by itself: of state s the greatest, over all states t that can be reached
 * in d ≥ 1 steps and no fewer, of factor^(d−1)·max(0, R(t) − floor): what is worth going to and staying at, as if the way
 * there brought `floor` a step. Sweeps in place, through the states by turns in both directions, until one changes nothing.
 *
 * @param rewards  Float64 (S·B), state-major
 * @param factor   in (0, 1)
 * @param values   Float64 (S·B), scratch
 * @param to       Float64 (S·B), the maxima
 * @returns sweeps
 */
export function reachedMaxima(
  { ptr, state, floor }: ReachedStates,
  rewards: Float64Array,
  factor: number,
  values: Float64Array,
  to: Float64Array,
): number {
  const S = ptr.length - 1;
  const columns = rewards.length / S;
  for (let i = 0; i < rewards.length; i++) values[i] = Math.max(0, rewards[i]! - floor);
  let changed = true;
  let sweeps = 0;
  for (let forwards = true; changed; forwards = !forwards) {
    sweeps++;
    changed = false;
    for (let i = 0; i < S; i++) {
      const row = (forwards ? i : S - 1 - i) * columns;
      const [first, end] = [ptr[row / columns]!, ptr[row / columns + 1]!];
      for (let b = 0; b < columns; b++) to[row + b] = values[state[first]! * columns + b]!;
      for (let k = first + 1; k < end; k++) {
        const other = state[k]! * columns;
        for (let b = 0; b < columns; b++) {
          const value = values[other + b]!;
          if (value > to[row + b]!) to[row + b] = value;
        }
      }
      for (let b = row; b < row + columns; b++) {
        const value = factor * to[b]!;
        if (!(value > values[b]!)) continue;
        values[b] = value;
        changed = true;
      }
    }
  }
  return sweeps;
}
