import { bisimulation } from '../mdp/bisimulation.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import { sum } from '../number/sum.js';
import type { RewardSource } from '../rewards/source.js';
import { solveAgain } from './second-solver.js';
import { exactSampleSolver } from './solve-exactly.js';

/** From a least to a most: what stayed open in some samples counts in the one and not in the other. */
export interface Range {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** What the first `samples` reward functions of a law give at one gamma, by the second solver. */
export interface Tally {
  readonly discount: Discount;
  readonly samples: number;
  /** reward functions among them that were solved in rationals */
  readonly exactly: number;
  /** Float64 (S) */
  readonly mean: Float64Array;
  readonly standardDeviation: Float64Array;
  /** Float64 (S): the largest |sample| */
  readonly largest: Float64Array;
  /** mean of the proved bounds on a sample */
  readonly error: number;
  /** in how many samples each choice is optimal, and the only optimal class; sums of 1/(optimal classes) */
  readonly optimal: Range;
  readonly strict: Range;
  readonly fractional: Range;
  /** at gamma 1: average-optimal */
  readonly average?: Range;
}

/** How much to do. */
export interface Effort {
  readonly samples: number;
  /** multiplications at one gamma */
  readonly work: number;
  /** different reward functions to solve in rationals at one gamma */
  readonly exactly: number;
}

/**
 * Draws the first reward functions again and solves each: inside (0, 1) by the second solver, and in rationals where that
 * leaves open which choices are optimal; at the limits in rationals only. Ends early when `work` is used up, or at a limit
 * where the rationals reach no further.
 *
 * @param decide are optimal choices wanted too?
 */
export function tallyAgain(
  mdp: Mdp,
  source: RewardSource,
  discount: Discount,
  decide: boolean,
  effort: Effort,
): Tally {
  const { stateCount, choiceCount } = mdp;
  const classes = bisimulation(mdp, source.equalRewardClass).choiceClass;
  const solveExactly = exactSampleSolver(mdp, source, discount, decide, effort.exactly);
  const powers: Float64Array[] = [];
  const errors: number[] = [];
  const ranges = { optimal: range(choiceCount), strict: range(choiceCount), fractional: range(choiceCount) };
  const average = range(choiceCount);
  const reward = new Float64Array(stateCount);
  let [work, exactly] = [0, 0];
  while (powers.length < effort.samples && work < effort.work) {
    const sample = powers.length;
    const rough =
      limitOf(discount) === undefined ? drawAndSolve(mdp, source, sample, discount, reward) : undefined;
    const isOpen = rough === undefined || (decide && hasRivals(mdp, classes, rough.possible));
    const exact = isOpen ? solveExactly(sample) : undefined;
    if (rough === undefined && exact === undefined) break;
    work += rough?.work ?? 1;
    if (exact !== undefined) exactly++;
    powers.push((exact ?? rough)!.power);
    errors.push(exact === undefined ? rough!.error : 2 ** -53 * Math.max(...exact.power.map(Math.abs)));
    if (!decide) continue;
    countOptimal(mdp, classes, exact?.optimal ?? rough!.possible, exact !== undefined, ranges);
    exact?.average?.forEach((yes, c) => {
      average.least[c]! += yes;
      average.most[c]! += yes;
    });
  }
  const samples = powers.length;
  const columns = Array.from({ length: stateCount }, (_, s) => powers.map((power) => power[s]!));
  const mean = Float64Array.from(columns, (values) => sum(values) / samples);
  return {
    discount,
    samples,
    exactly,
    mean,
    standardDeviation: Float64Array.from(columns, (values, s) =>
      Math.sqrt(sum(values.map((value) => (value - mean[s]!) ** 2)) / (samples - 1)),
    ),
    largest: Float64Array.from(columns, (values) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)),
    error: sum(errors) / samples,
    ...ranges,
    ...(limitOf(discount) === 1 && { average }),
  };
}

function range(count: number): Range {
  return { least: new Float64Array(count), most: new Float64Array(count) };
}

function drawAndSolve(
  mdp: Mdp,
  source: RewardSource,
  sample: number,
  discount: Discount,
  reward: Float64Array,
): ReturnType<typeof solveAgain> {
  source.fill(sample, 1, reward);
  return solveAgain(mdp, reward, discount);
}

/** The first choice of each class that may be optimal in a state. */
function contenders({ choicePtr }: Mdp, classes: Int32Array, possible: Uint8Array, state: number): number {
  let count = 0;
  for (let c = choicePtr[state]!; c < choicePtr[state + 1]!; c++) if (classes[c] === c) count += possible[c]!;
  return count;
}

/** Whether in some state two classes of choices may be optimal. */
function hasRivals(mdp: Mdp, classes: Int32Array, possible: Uint8Array): boolean {
  return mdp.states.some((_, s) => contenders(mdp, classes, possible, s) > 1);
}

/** Counts one sample. Where two classes may be optimal and nothing was solved exactly, each of them may be, or not. */
function countOptimal(
  mdp: Mdp,
  classes: Int32Array,
  possible: Uint8Array,
  isExact: boolean,
  { optimal, strict, fractional }: { optimal: Range; strict: Range; fractional: Range },
): void {
  for (let s = 0; s < mdp.stateCount; s++) {
    const count = contenders(mdp, classes, possible, s);
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (possible[classes[c]!] === 0) continue;
      const isAlone = count === 1;
      const isSure = isExact || isAlone;
      optimal.least[c]! += isSure ? 1 : 0;
      optimal.most[c]! += 1;
      strict.least[c]! += isAlone ? 1 : 0;
      strict.most[c]! += isAlone || !isExact ? 1 : 0;
      fractional.least[c]! += isSure ? 1 / count : 0;
      fractional.most[c]! += isSure ? 1 / count : 1;
    }
  }
}
