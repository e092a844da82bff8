import type { Mdp } from '../mdp/model.js';

/**
 * Control variates of every state: the greatest reward among the states that can be reached in 1 to r steps, for several
 * radii r. The optimal value is governed by the best rewards nearby, and the mean of a maximum is known exactly.
 */
export interface Controls {
  /** ascending */
  readonly radii: readonly number[];
  /** Int32 (S+1) and (…): the distinct states one step from each state */
  readonly neighbourPtr: Int32Array;
  readonly neighbour: Int32Array;
  /** Int32 (radii · S), radius-major: how many distinct states are that near */
  readonly sizes: Int32Array;
}

/** Controls with the mean of each, for rewards that are independent with one law. */
export interface CenteredControls extends Controls {
  /** Float64 (radii · S), radius-major */
  readonly means: Float64Array;
}

/**
 * The controls of a model: as many of the given radii as there are states with a larger neighbourhood at that radius, or
 * null where counting the neighbourhoods would take more than `budget` steps.
 */
export function localControls(mdp: Mdp, radii: readonly number[], budget: number): Controls | null {
  const { neighbourPtr, neighbour } = neighbours(mdp);
  const S = mdp.stateCount;
  const sizes = new Int32Array(radii.length * S);
  const seen = new Int32Array(S).fill(-1);
  let steps = 0;
  for (let s = 0; s < S; s++) {
    // A state is counted when it is met; the start counts only if it is met again.
    let layer = [s];
    let count = 0;
    let k = 0;
    for (let radius = 1; k < radii.length; radius++) {
      const next: number[] = [];
      for (const t of layer) {
        steps += neighbourPtr[t + 1] - neighbourPtr[t];
        if (steps > budget) return null;
        for (let i = neighbourPtr[t]; i < neighbourPtr[t + 1]; i++) {
          const u = neighbour[i];
          if (seen[u] === s) continue;
          seen[u] = s;
          next.push(u);
        }
      }
      count += next.length;
      layer = next;
      if (radius === radii[k]) sizes[k++ * S + s] = count;
    }
  }
  let used = 1;
  const grows = (k: number): boolean =>
    sizes.subarray(k * S, (k + 1) * S).some((size, s) => size > sizes[(k - 1) * S + s]);
  while (used < radii.length && grows(used)) used++;
  return { radii: radii.slice(0, used), neighbourPtr, neighbour, sizes: sizes.slice(0, used * S) };
}

function neighbours({
  stateCount,
  choicePtr,
  rowPtr,
  successor,
}: Mdp): Pick<Controls, 'neighbourPtr' | 'neighbour'> {
  const neighbourPtr = new Int32Array(stateCount + 1);
  const neighbour: number[] = [];
  const seen = new Int32Array(stateCount).fill(-1);
  for (let s = 0; s < stateCount; s++) {
    for (let k = rowPtr[choicePtr[s]]; k < rowPtr[choicePtr[s + 1]]; k++) {
      if (seen[successor[k]] === s) continue;
      seen[successor[k]] = s;
      neighbour.push(successor[k]);
    }
    neighbourPtr[s + 1] = neighbour.length;
  }
  return { neighbourPtr, neighbour: Int32Array.from(neighbour) };
}

/**
 * Computes the controls of a block of rewards, one radius after the other.
 *
 * @param rewards  Float64 (S·B), state-major
 * @param each     is given the index of the radius and the maxima, Float64 (S·B), which the next radius overwrites
 */
export function eachControl(
  { radii, neighbourPtr, neighbour }: Controls,
  rewards: Float64Array,
  columns: number,
  each: (k: number, maxima: Float64Array) => void,
): void {
  const S = neighbourPtr.length - 1;
  let from = rewards;
  const nearest = new Float64Array(rewards.length);
  const spare = [new Float64Array(rewards.length), new Float64Array(rewards.length)];
  for (let radius = 1, k = 0; k < radii.length; radius++) {
    const to = radius === 1 ? nearest : spare[radius % 2];
    for (let s = 0; s < S; s++) {
      const row = s * columns;
      // Within r steps is one step, or one step and then within r − 1.
      if (radius === 1) to.fill(Number.NEGATIVE_INFINITY, row, row + columns);
      else to.set(nearest.subarray(row, row + columns), row);
      for (let i = neighbourPtr[s]; i < neighbourPtr[s + 1]; i++) {
        const start = neighbour[i] * columns;
        for (let b = 0; b < columns; b++) {
          const value = from[start + b];
          if (value > to[row + b]) to[row + b] = value;
        }
      }
    }
    from = to;
    if (radius === radii[k]) each(k++, to);
  }
}
