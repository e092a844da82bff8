import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import { momentsOfBlock } from '../number/moments.js';
import { blockColumns } from './plan.js';
import { type SampleJob, sampleSolver } from './solved-samples.js';

/**
 * A tolerance is about this part of the smallest standard error, a tenth at most, so that solver error never shows beside
 * sampling error.
 */
const partOfStandardError = 20;
/**
 * Gains are known from few sets: of the standard errors that they predict, this part is passed over, because the least of
 * thousands is luck. Of up to 20 states none is.
 */
const luckyPart = 1 / 20;
/** Reward functions solved to learn the spread of POWER: enough to know it within about 10 %. */
const pilotColumns = 128;
/** In large models, where every one takes memory. */
const fewestColumns = 8;
/** How exactly the pilot solves, relative to the spread of its rewards; the next one if a spread is still in doubt. */
const pilotPrecisions = [2 ** -20, 2 ** -30, 2 ** -40];

/**
 * The solver tolerance for `samples` samples at one gamma: about a twentieth of the smallest positive standard error of
 * POWER, as estimated from the first reward functions of the law, but not below what doubles can do (`easyTolerance`). It
 * depends on model, law, gamma and number of samples only, so that a row's digits do not depend on what else was asked for;
 * and it is the same for numbers of samples that do not differ much, so that a run can go on to more of them.
 *
 * @param certain  Uint8 (S): 1 for states whose POWER has no spread at all
 * @returns the tolerance, in reward units, > 0: the largest |POWER sample − exact| to ask for; given Float64 (S), how many
 *   times smaller the standard error of each state is expected to be than that of plain samples, the tolerance for those
 */
export function defaultTolerance(
  law: Pick<SampleJob, 'mdp' | 'source'>,
  discount: Discount,
  samples: number,
  certain: Uint8Array,
): (gains?: Float64Array) => number {
  const { mdp, source } = law;
  const columns = Math.min(blockColumns(mdp.stateCount, fewestColumns), pilotColumns);
  const rewards = new Float64Array(mdp.stateCount * columns);
  source.fill(0, columns, rewards);
  const least = rewards.reduce((a, b) => Math.min(a, b));
  const greatest = rewards.reduce((a, b) => Math.max(a, b));
  const size = Math.max(Math.abs(least), Math.abs(greatest)) || 1;
  const scale = greatest - least || size;
  const finest = easyTolerance(mdp, discount, scale, size);

  let spreads: number[] = [];
  for (const precision of pilotPrecisions) {
    const tolerance = Math.max(scale * precision, finest);
    const [{ power, error }] = sampleSolver({ mdp, source, gammas: [{ discount, tolerance }] })(0, columns);
    const reached = error.reduce((largest, bound) => Math.max(largest, bound), 0);
    const { m2 } = momentsOfBlock(power, columns);
    spreads = Array.from(m2, (squares, s) => (certain[s] === 1 ? 0 : Math.sqrt(squares / (columns - 1))));
    // A spread of the order of the solver's bounds may be nothing but solver error.
    const isClear = (spread: number): boolean => spread > 4 * reached;
    const isKnown = spreads.every((spread) => spread === 0 || isClear(spread));
    spreads = spreads.map((spread) => (isClear(spread) ? spread : 0));
    if (tolerance === finest || isKnown) break;
  }
  return (gains) => {
    const expected = spreads.map((spread, s) => spread / (gains?.[s] ?? 1)).filter((spread) => spread > 0);
    if (expected.length === 0) return finest;
    const passedOver = gains ? Math.floor(luckyPart * (expected.length - 1)) : 0;
    const smallest = Float64Array.from(expected).sort()[passedOver];
    return Math.max(smallest / Math.sqrt(roundSamples(samples)) / partOfStandardError, finest);
  };
}

/** The power of 16 that is less than four times smaller than a number of samples, and at most four times greater. */
function roundSamples(samples: number): number {
  let round = 1;
  while (4 * round <= samples) round *= 16;
  return round;
}

/**
 * A tolerance that solveAt reaches in doubles, without big integers: some times the rounding of its certificate
 * (solve/rounding.ts), with values that spread over scale/(1 − gamma); at gamma 1, relative values over scale·S.
 *
 * @param scale  width of the rewards
 * @param size   largest |reward|
 */
export function easyTolerance(mdp: Mdp, discount: Discount, scale: number, size: number): number {
  let longestRow = 0;
  for (let c = 0; c < mdp.choiceCount; c++) {
    longestRow = Math.max(longestRow, mdp.rowPtr[c + 1] - mdp.rowPtr[c]);
  }
  const horizon = limitOf(discount) === 1 ? mdp.stateCount : 1 / discount.oneMinusGamma;
  return 2 ** -50 * ((longestRow + 4) * scale * horizon + 4 * size);
}
