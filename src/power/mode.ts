/**
 * The value that most samples of a state share, and how many share it. A law with atoms can show the same POWER in nearly
 * all samples; then the spread of the sample says little about the mean, and this count takes its place (intervals.ts).
 */
export interface Modes {
  /** Float64 (S) a sample that more than half of the state's samples equal, if any does */
  readonly value: Float64Array;
  /** Float64 (S) the solver's bound on `value` */
  readonly error: Float64Array;
  /** Float64 (S) samples equal to `value` within the bounds; a lower bound on their number once blocks are merged */
  readonly count: Float64Array;
}

/** No samples yet. */
export function emptyModes(stateCount: number): Modes {
  const zeros = (): Float64Array => new Float64Array(stateCount);
  return { value: zeros(), error: zeros(), count: zeros() };
}

/**
 * The modes of a block of POWER samples, state-major, sample b known within error[b]. Two samples are taken as equal if
 * their bounds overlap. Majority by Boyer & Moore (1981), then a count.
 */
export function modesOfBlock(power: Float64Array, error: Float64Array): Modes {
  const columns = error.length;
  const modes = emptyModes(power.length / columns);
  for (let s = 0; s < modes.value.length; s++) {
    const row = s * columns;
    const equal = (a: number, b: number): boolean =>
      Math.abs(power[row + a] - power[row + b]) <= error[a] + error[b];
    let candidate = 0;
    let lead = 0;
    for (let b = 0; b < columns; b++) {
      if (lead === 0) candidate = b;
      lead += equal(candidate, b) ? 1 : -1;
    }
    let count = 0;
    for (let b = 0; b < columns; b++) if (equal(candidate, b)) count++;
    modes.value[s] = power[row + candidate];
    modes.error[s] = error[candidate];
    modes.count[s] = count;
  }
  return modes;
}

/** Adds the samples of `other` to `into`. Of two different values the more frequent one stays; all else counts as deviating. */
export function mergeModes(into: Modes, other: Modes): void {
  for (let s = 0; s < into.value.length; s++) {
    const isEqual =
      into.count[s] > 0 && Math.abs(into.value[s] - other.value[s]) <= into.error[s] + other.error[s];
    if (isEqual) {
      into.count[s] += other.count[s];
    } else if (other.count[s] > into.count[s]) {
      into.value[s] = other.value[s];
      into.error[s] = other.error[s];
      into.count[s] = other.count[s];
    }
  }
}
