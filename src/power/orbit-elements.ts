import { nearestDouble } from '../number/nearest-double.js';
import { type Rational, rationalOfDouble } from '../number/rational.js';
import { commonDenominator, scaledInteger } from '../number/rational-system.js';
import { type PhiloxKey, philoxKey } from '../rewards/philox.js';
import { permutation } from '../rewards/shuffle.js';
import type { RewardBlock } from '../solve/solution.js';
import { arrangementCount, nextArrangement } from '../symmetry/multiset-permutations.js';

/** The orbit of one reward vector under all permutations of the states: the distinct arrangements of its values. */
export interface RewardOrbit {
  readonly stateCount: number;
  /** The distinct values, ascending; an element of the orbit gives each state the rank of its value here. */
  readonly values: readonly Rational[];
  /** values·factor as integers, factor > 0 */
  readonly integers: readonly bigint[];
  readonly doubles: Float64Array;
  /** Are some doubles not exactly the values? */
  readonly rounded: boolean;
  /** Int32 (S): the ranks of the vector that was given */
  readonly given: Int32Array;
  /** S! / Π m_i! */
  readonly size: bigint;
}

export function rewardOrbit(rewards: readonly Rational[]): RewardOrbit {
  const values: Rational[] = [];
  const multiplicities: number[] = [];
  const given = new Int32Array(rewards.length);
  for (const state of [...rewards.keys()].sort((a, b) => rewards[a]!.compare(rewards[b]!))) {
    if (values.length === 0 || !values.at(-1)!.equals(rewards[state]!)) {
      values.push(rewards[state]!);
      multiplicities.push(0);
    }
    given[state] = values.length - 1;
    multiplicities[values.length - 1]!++;
  }
  const factor = commonDenominator(values);
  const doubles = Float64Array.from(values, nearestDouble);
  return {
    stateCount: rewards.length,
    values,
    integers: values.map((value) => scaledInteger(value, factor)),
    doubles,
    rounded: values.some((value, rank) => !rationalOfDouble(doubles[rank]!).equals(value)),
    given,
    size: arrangementCount(multiplicities),
  };
}

/** Some elements of an orbit: ranks[s·columns + b] is the rank of the value that element b gives to state s. */
export interface ElementBlock {
  readonly orbit: RewardOrbit;
  readonly columns: number;
  readonly ranks: Int32Array;
}

/** All elements in lexicographic order, `columns` at a time. */
export function* allElements(orbit: RewardOrbit, columns: number): Generator<ElementBlock> {
  const element = orbit.given.toSorted();
  const ranks = new Int32Array(orbit.stateCount * columns);
  for (let more = true; more; ) {
    let filled = 0;
    do {
      for (let s = 0; s < element.length; s++) ranks[s * columns + filled] = element[s]!;
      filled++;
      more = nextArrangement(element);
    } while (more && filled < columns);
    yield narrowed(orbit, ranks, columns, filled);
  }
}

/**
 * Elements drawn uniformly, with replacement: draw n is sample n of the reward law `{"orbit": …}` with the same seed.
 */
export function* drawnElements(
  orbit: RewardOrbit,
  columns: number,
  seed: bigint,
  count: number,
): Generator<ElementBlock> {
  const key = philoxKey(seed);
  for (let first = 0; first < count; first += columns) {
    yield shuffledBlock(orbit, key, first, Math.min(columns, count - first));
  }
}

/** The elements as rewards to be solved. */
export function rewardBlockOf({ orbit, columns, ranks }: ElementBlock): RewardBlock {
  return {
    columns,
    values: Float64Array.from(ranks, (rank) => orbit.doubles[rank]!),
    exactColumn: (column) =>
      Array.from({ length: orbit.stateCount }, (_, s) => orbit.values[ranks[s * columns + column]!]!),
    rounded: orbit.rounded,
  };
}

/** Only some columns of a block. */
export function selectColumns(block: ElementBlock, selected: readonly number[]): ElementBlock {
  const { orbit, columns } = block;
  const ranks = new Int32Array(orbit.stateCount * selected.length);
  for (let s = 0; s < orbit.stateCount; s++) {
    for (let i = 0; i < selected.length; i++) {
      ranks[s * selected.length + i] = block.ranks[s * columns + selected[i]!]!;
    }
  }
  return { orbit, columns: selected.length, ranks };
}

function shuffledBlock(orbit: RewardOrbit, key: PhiloxKey, first: number, columns: number): ElementBlock {
  const { stateCount } = orbit;
  const ranks = new Int32Array(stateCount * columns);
  for (let b = 0; b < columns; b++) {
    const order = permutation(key, first + b, stateCount);
    for (let s = 0; s < stateCount; s++) ranks[s * columns + b] = orbit.given[order[s]!]!;
  }
  return { orbit, columns, ranks };
}

function narrowed(orbit: RewardOrbit, ranks: Int32Array, width: number, columns: number): ElementBlock {
  if (columns === width) return { orbit, columns, ranks };
  const kept = new Int32Array(orbit.stateCount * columns);
  for (let s = 0; s < orbit.stateCount; s++) {
    kept.set(ranks.subarray(s * width, s * width + columns), s * columns);
  }
  return { orbit, columns, ranks: kept };
}
