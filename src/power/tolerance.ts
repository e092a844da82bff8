import type { Discount } from '../number/discount.js';
import { momentsOfBlock } from '../number/moments.js';
import { blockColumns } from './plan.js';
import { type SampleJob, sampleSolver } from './solved-samples.js';

/** A tolerance is this part of the smallest standard error, so that solver error never shows beside sampling error. */
const partOfStandardError = 20;
/** Reward functions solved to learn the spread of POWER: enough to know it within about 10 %. */
const pilotColumns = 128;
/** How exactly the pilot solves, relative to the spread of its rewards; the next one if a spread is still in doubt. */
const pilotPrecisions = [2 ** -20, 2 ** -30, 2 ** -40];

/**
 * The solver tolerance for `samples` samples at one gamma: a twentieth of the smallest positive standard error of POWER,
 * as estimated from the first reward functions of the law. It depends on model, law, gamma and number of samples only, so
 * that a row's digits do not depend on what else was asked for. Where the solver cannot reach so small a bound on these
 * reward functions, twice the bound that it reaches.
 *
 * @param certain  Uint8 (S): 1 for states whose POWER has no spread at all
 * @returns largest |POWER sample − exact| to ask for, in reward units, > 0
 */
export function defaultTolerance(
  law: Pick<SampleJob, 'mdp' | 'source'>,
  discount: Discount,
  samples: number,
  certain: Uint8Array,
): number {
  const { mdp, source } = law;
  const columns = Math.min(blockColumns(mdp.stateCount), pilotColumns);
  const solve = (tolerance: number): { power: Float64Array; reached: number } => {
    const solver = sampleSolver({ mdp, source, gammas: [{ discount, tolerance }] });
    const [{ power, error }] = solver(0, columns);
    return { power, reached: error.reduce((largest, bound) => Math.max(largest, bound), 0) };
  };

  const scale = rewardScale(law, columns);
  let pilot = { tolerance: 0, reached: 0, smallest: Number.POSITIVE_INFINITY };
  for (const precision of pilotPrecisions) {
    const tolerance = scale * precision;
    const { power, reached } = solve(tolerance);
    const { m2 } = momentsOfBlock(power, columns);
    const spreads = [...m2]
      .filter((_, s) => certain[s] === 0)
      .map((sumOfSquares) => Math.sqrt(sumOfSquares / (columns - 1)));
    // A spread of the order of the solver's bounds may be nothing but solver error.
    const isClear = (spread: number): boolean => spread > 4 * reached;
    pilot = {
      tolerance,
      reached,
      smallest: spreads.filter(isClear).reduce((a, b) => Math.min(a, b), Infinity),
    };
    if (reached > tolerance || spreads.every((spread) => spread === 0 || isClear(spread))) break;
  }

  const wanted = pilot.smallest / Math.sqrt(samples) / partOfStandardError;
  if (wanted === Number.POSITIVE_INFINITY) return Math.max(pilot.tolerance, 2 * pilot.reached);
  if (wanted >= pilot.tolerance) return wanted;
  const { reached } = solve(wanted);
  return reached <= wanted ? wanted : 2 * reached;
}

/** The width of the pilot's rewards; for a constant, its size; 1 where all is 0. */
function rewardScale({ mdp, source }: Pick<SampleJob, 'mdp' | 'source'>, columns: number): number {
  const values = new Float64Array(mdp.stateCount * columns);
  source.fill(0, columns, values);
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  return greatest - least || Math.abs(greatest) || 1;
}
